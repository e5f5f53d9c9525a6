import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** GITHUB_SHA of the sandbox's runner unless told otherwise. */
export const RUN_COMMIT = '0123456789abcdef0123456789abcdef01234567';

/**
 * Writes files into a directory and makes it a checkout of a commit, as far as those see who do not run git: as
 * actions/checkout leaves a branch, or a commit alone (`isDetached`).
 */
export async function checkOut(
  directory: string,
  files: Readonly<Record<string, string>>,
  options: { readonly commit?: string; readonly isDetached?: boolean } = {},
): Promise<void> {
  const { commit = RUN_COMMIT, isDetached = false } = options;
  const git = isDetached
    ? { '.git/HEAD': `${commit}\n` }
    : { '.git/HEAD': 'ref: refs/heads/main\n', '.git/refs/heads/main': `${commit}\n` };
  for (const [path, content] of Object.entries({ ...files, ...git })) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
}
