import { lstat, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { PolicyFile } from '../../domain/policy/read-policies.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { SourceState } from '../../usecases/admitting/policy-keeper.ts';
import { readRegularFile, whyUnreadable } from '../inputs/regular-file.ts';

export interface PolicyFolder {
  /** Absolute path: a mounted ConfigMap, or any folder. */
  readonly folder: string;
  readonly clock: { sleep(ms: number, signal?: AbortSignal): Promise<void> };
  /** Called with what is there now, after the first look and after every change. */
  readonly onState: (state: SourceState) => void;
}

/** How often the folder is read, in ms. kubelet takes about a minute to bring a changed ConfigMap. */
const POLL_MS = 5_000;
/** How long the files of a folder that is not replaced as a whole must stay the same before they count, in ms. */
const SETTLE_MS = 500;
/** Largest file, in bytes, and the most files. */
const FILE_MAX_BYTES = 1024 * 1024;
const FILES_MAX = 1000;
/** How often a folder that is replaced while it is read is read again at once. */
const REPLACED_MAX = 5;

/** What kubelet makes of a ConfigMap: a link to a folder that is never written to again, replaced by renaming. */
const LINK = '..data';

/**
 * Reads the policy files of a folder again and again until the signal ends: every `*.yaml`, `*.yml` and `*.json`. Names
 * that begin with a dot are not read. By polling, because no notification of every file system tells of a replaced link.
 */
export function watchPolicyFolder(signal: AbortSignal, { folder, clock, onState }: PolicyFolder): void {
  void (async () => {
    let said: string | undefined;
    let seen: string | undefined;
    while (!signal.aborted) {
      const { state, isWhole } = await readPolicyFolder(folder);
      const text = JSON.stringify(state);
      // Whoever writes files one after the other must not have half of them take effect.
      const isSettled = isWhole || text === seen;
      seen = text;
      if (signal.aborted) return;
      if (isSettled && text !== said) {
        said = text;
        onState(state);
      }
      await clock.sleep(isSettled ? POLL_MS : SETTLE_MS, signal).catch(() => undefined);
    }
  })();
}

export interface ReadFolder {
  readonly state: SourceState;
  /** True if no file can have been missing or half written. */
  readonly isWhole: boolean;
}

/** Never rejects. */
export async function readPolicyFolder(folder: string): Promise<ReadFolder> {
  try {
    for (let tries = 0; tries < REPLACED_MAX; tries += 1) {
      const at = await linkedFolder(folder);
      const files = await readFiles(at ?? folder, folder);
      if (at === (await linkedFolder(folder))) return { state: { kind: 'files', files }, isWhole: at !== undefined };
    }
    return failed(`${folder} is replaced faster than it can be read`);
  } catch (error) {
    if (error instanceof UnreadableFolder) return failed(error.message);
    return failed(`the folder ${folder} ${isAbsent(error) ? 'does not exist' : whyUnreadable(error)}`);
  }
}

const failed = (why: string): ReadFolder => ({ state: { kind: 'failed', why }, isWhole: true });

class UnreadableFolder extends Error {
  override readonly name = 'UnreadableFolder';
}

/** The folder that kubelet's link leads to; undefined if there is no link. */
async function linkedFolder(folder: string): Promise<string | undefined> {
  const link = join(folder, LINK);
  const found = await lstat(link).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  return found === undefined ? undefined : realpath(link);
}

/** Not ENOTDIR: a file stands where the folder should. */
function isAbsent(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, 'code') === 'ENOENT';
}

/** `shown`: the folder as it is named in messages. */
async function readFiles(folder: string, shown: string): Promise<PolicyFile[]> {
  const entries = (await readdir(folder, { withFileTypes: true }))
    .filter(({ name }) => !name.startsWith('.'))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const inside = entries.find((entry) => entry.isDirectory());
  if (inside !== undefined) {
    throw new UnreadableFolder(
      `${shown} has the folder ${quoted(inside.name)}, whose files would not be read: move them`,
    );
  }
  const names = entries.map(({ name }) => name).filter((name) => /\.(?:ya?ml|json)$/i.test(name));
  if (names.length > FILES_MAX) throw new UnreadableFolder(`${shown} has more than ${FILES_MAX} files`);
  const files: PolicyFile[] = [];
  for (const name of names) {
    const file = join(shown, name);
    files.push({ file, text: await readText(join(folder, name), file) });
  }
  return files;
}

async function readText(path: string, shown: string): Promise<string> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await readRegularFile(path, FILE_MAX_BYTES);
  } catch (error) {
    throw new UnreadableFolder(`${shown}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (bytes === undefined) throw new UnreadableFolder(`${shown} was removed while it was read`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableFolder(`${shown} is not UTF-8 text`);
  }
}
