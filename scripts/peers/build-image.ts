import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../common/run-program.ts';

export interface ImageToBuild {
  /** Scratch directory. */
  readonly directory: string;
  /** `host/repository:tag`. */
  readonly destination: string;
  /** Path of a config.json that is logged in. */
  readonly authFile: string;
  /** Of its one file. */
  readonly content: string;
}

/**
 * Builds a two-platform image with umoci and pushes it with skopeo, as a build job without Docker
 * would; returns the digest of the index, which skopeo leaves as it is.
 */
export async function buildAndPush({
  directory,
  destination,
  authFile,
  content,
}: ImageToBuild): Promise<`sha256:${string}`> {
  const layout = join(directory, 'layout');
  const rootfs = join(directory, 'hello');
  await mkdir(directory, { recursive: true });
  await writeFile(rootfs, content);
  await mustRun('umoci', ['init', '--layout', layout]);
  const manifests = [];
  for (const architecture of ['amd64', 'arm64']) {
    const image = `${layout}:${architecture}`;
    await mustRun('umoci', ['new', '--image', image]);
    await mustRun('umoci', ['insert', '--rootless', '--image', image, rootfs, '/hello']);
    await mustRun('umoci', ['config', '--image', image, '--architecture', architecture, '--os', 'linux']);
    manifests.push({ ...(await taggedDescriptor(layout, architecture)), platform: { os: 'linux', architecture } });
  }
  const index = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests,
  });
  const hex = createHash('sha256').update(index).digest('hex');
  await writeFile(join(layout, 'blobs', 'sha256', hex), index);
  await writeFile(
    join(layout, 'index.json'),
    JSON.stringify({
      schemaVersion: 2,
      manifests: [
        {
          mediaType: 'application/vnd.oci.image.index.v1+json',
          digest: `sha256:${hex}`,
          size: index.length,
          annotations: { 'org.opencontainers.image.ref.name': 'index' },
        },
      ],
    }),
  );
  await mustRun('skopeo', [
    ...['copy', '--all', '--dest-tls-verify=false', '--dest-authfile', authFile],
    ...[`oci:${layout}:index`, `docker://${destination}`],
  ]);
  return `sha256:${hex}`;
}

async function taggedDescriptor(
  layout: string,
  tag: string,
): Promise<{ mediaType: string; digest: string; size: number }> {
  const index: unknown = JSON.parse(await readFile(join(layout, 'index.json'), 'utf8'));
  const { manifests } = index as {
    manifests: { mediaType: string; digest: string; size: number; annotations?: Record<string, string> }[];
  };
  const found = manifests.find((one) => one.annotations?.['org.opencontainers.image.ref.name'] === tag);
  if (found === undefined) throw new Error(`umoci wrote no image ${tag}`);
  return { mediaType: found.mediaType, digest: found.digest, size: found.size };
}
