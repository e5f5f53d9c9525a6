import { buildImage, storeImage } from '../../../sandbox/registry/image-builder.ts';
import type { World } from '../../../sandbox/world.ts';
import { expectThat } from '../../common/report.ts';
import { shownRun } from '../../common/sandbox-identity.ts';

/** One image in the registry of the sandbox, with a tag. */
export interface StoredImage {
  /** `localhost:1234/acme/app`. */
  readonly name: string;
  readonly digest: string;
  /** `name:1.0`. */
  readonly tagged: string;
  /** `name@sha256:…`. */
  readonly pinned: string;
}

/** What the checks deploy. */
export interface Images {
  /** Signed by the workflow of the policies. */
  readonly app: StoredImage;
  /** The same signer. */
  readonly tool: StoredImage;
  /** The same signer. */
  readonly sidecar: StoredImage;
  readonly unsigned: StoredImage;
  /** Signed by the workflow of another repository. */
  readonly foreign: StoredImage;
  /** Signed, in the repository of one tenant. */
  readonly victim: StoredImage;
}

export const TAG = '1.0';
/** The repository of whoever signs `foreign`. */
export const FOREIGN_REPOSITORY = 'other-org/other-repo';
const SIGNED = { app: 'acme/app', tool: 'acme/tool', sidecar: 'acme/sidecar', victim: 'victim/app' };

/** Puts the images into the registry, and has the committed sign action sign them. */
export async function signImages(world: World): Promise<Images> {
  const put = (repository: string): StoredImage => putImage(world, repository);
  const images = {
    ...{ app: put(SIGNED.app), tool: put(SIGNED.tool), sidecar: put(SIGNED.sidecar), victim: put(SIGNED.victim) },
    ...{ unsigned: put('acme/unsigned'), foreign: put('acme/foreign') },
  };
  const { app, tool, sidecar, victim, foreign } = images;
  await sign(world, [app, tool, sidecar, victim]);
  world.sigstore.oidc.setJob({ repository: FOREIGN_REPOSITORY });
  await sign(world, [foreign]);
  world.sigstore.oidc.setJob({});
  return images;
}

/** Puts an image into a repository; another content makes another digest. */
export function putImage(world: World, repository: string, content = repository, tag = TAG): StoredImage {
  const digest = storeImage(world.registry.store, repository, buildImage({ content }), tag);
  const name = `${world.host}/${repository}`;
  return { name, digest, tagged: `${name}:${tag}`, pinned: `${name}@${digest}` };
}

/** Has the committed sign action sign images, in one step. */
export async function sign(world: World, images: readonly StoredImage[]): Promise<void> {
  const run = await world.sign({ images: images.map(({ pinned }) => pinned).join('\n'), summary: 'false' });
  expectThat(run.exitCode === 0, 'images that are signed', shownRun(run));
}
