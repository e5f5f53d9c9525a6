import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder as the kubelet mounts a Secret or a ConfigMap: files are links, and all of them change at once. */
export interface MountedVolume {
  readonly path: string;
  /** Puts these files in the place of all others. */
  replace(files: Readonly<Record<string, string>>): Promise<void>;
}

/** Makes the folder (Kubernetes pkg/volume/util/atomic_writer.go: names link to `..data/`, which is renamed over). */
export async function mountVolume(path: string, files: Readonly<Record<string, string>>): Promise<MountedVolume> {
  await mkdir(path, { recursive: true });
  let generation = 0;
  let names: readonly string[] = [];
  const replace: MountedVolume['replace'] = async (next) => {
    generation += 1;
    const folder = `..generation_${generation}`;
    await mkdir(join(path, folder));
    for (const [name, text] of Object.entries(next)) await writeFile(join(path, folder, name), text, { mode: 0o600 });
    await symlink(folder, join(path, '..data_tmp'));
    await rename(join(path, '..data_tmp'), join(path, '..data'));
    for (const name of Object.keys(next)) {
      if (!names.includes(name)) await symlink(join('..data', name), join(path, name));
    }
    for (const name of names.filter((one) => !Object.hasOwn(next, one))) await rm(join(path, name));
    if (generation > 1) await rm(join(path, `..generation_${generation - 1}`), { recursive: true });
    names = Object.keys(next);
  };
  await replace(files);
  return { path, replace };
}
