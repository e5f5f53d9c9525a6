import { createHash } from 'node:crypto';
import { createProgramRunner, type RunProgram } from '../../programs/run-program.ts';

/** Reads files of a commit from a local git repository. */
export interface CommitReader {
  /**
   * The content of each path in the commit; a path that is not a regular file there is left out, as is a file of more
   * than `FILE_MAX_BYTES`. Undefined if the repository does not hold the commit and all it needs, as in a shallow clone.
   * `gitDirectory` is absolute; paths are relative to the top and separated by `/`.
   */
  readonly read: (
    gitDirectory: string,
    commit: string,
    paths: readonly string[],
  ) => Promise<ReadonlyMap<string, Uint8Array> | undefined>;
}

/** Limits: time of one run of git, in ms, and the total of what one run may print, in bytes. */
const TIMEOUT_MS = 60_000;
const OUTPUT_MAX_BYTES = 128 * 1024 * 1024;
const FILE_MAX_BYTES = 16 * 1024 * 1024;

/**
 * Reads objects by `git cat-file --batch`. Every object is hashed and compared with the name by which it was asked for,
 * from the commit down to the file, so that neither the configuration of the repository nor replaced, grafted or damaged
 * objects change what the commit holds. Git gets no configuration but the repository's own, which may neither run a
 * program nor fetch anything: no hooks, no file system monitor, no lazy fetch, no protocol.
 */
export function createCommitReader(
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal = new AbortController().signal,
): CommitReader {
  return {
    async read(gitDirectory, commit, paths) {
      const run = createProgramRunner({
        env: gitEnvironment(env, gitDirectory),
        timeoutMs: TIMEOUT_MS,
        outputMaxBytes: OUTPUT_MAX_BYTES,
      });
      try {
        return await readCommit((names) => readObjects(run, signal, names), commit, paths);
      } catch (error) {
        // Without git, or with another one than this reader knows, there are no local objects. The end of the call counts.
        signal.throwIfAborted();
        if (error instanceof Error) return undefined;
        throw error;
      }
    },
  };
}

/** What git may know: where programs are, and nothing that changes what or how it reads. */
function gitEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  gitDirectory: string,
): Readonly<Record<string, string | undefined>> {
  const kept = Object.entries(env).filter(([name]) => /^(?:PATH|PATHEXT|SystemRoot|TEMP|TMP)$/i.test(name));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_DIR: gitDirectory,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: NO_FILE,
    GIT_CONFIG_GLOBAL: NO_FILE,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    // Older than git 2.44, the only way to forbid a lazy fetch.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_PAGER: '',
  };
}

const NO_FILE = process.platform === 'win32' ? 'NUL' : '/dev/null';
/** Constants only: nothing of the run becomes an argument. */
const ARGS = ['-c', 'core.fsmonitor=', '-c', `core.hooksPath=${NO_FILE}`, 'cat-file', '--batch', '--buffer'];

interface GitObject {
  readonly type: string;
  readonly content: Uint8Array;
}

/** The objects by their names; a name that git does not know is left out. */
type ReadObjects = (names: readonly string[]) => Promise<ReadonlyMap<string, GitObject>>;

async function readObjects(
  run: RunProgram,
  signal: AbortSignal,
  names: readonly string[],
): Promise<ReadonlyMap<string, GitObject>> {
  const found = new Map<string, GitObject>();
  const wanted = [...new Set(names)];
  if (wanted.length === 0) return found;
  const stdin = wanted.map((name) => `${name}\n`).join('');
  const { exitCode, stdout } = await run(signal, { program: 'git', args: ARGS, stdin });
  if (exitCode !== 0) throw new Error(`git cat-file ended with ${exitCode}`);
  let at = 0;
  for (const name of wanted) {
    const end = stdout.indexOf(NEW_LINE, at);
    if (end < 0) throw new Error('git cat-file printed too little');
    const [named, type = '', size = ''] = latin1(stdout.subarray(at, end)).split(' ');
    at = end + 1;
    if (named !== name) throw new Error('git cat-file printed something else');
    if (type === 'missing') continue;
    const length = /^\d{1,9}$/.test(size) ? Number(size) : Number.NaN;
    const content = stdout.subarray(at, at + length);
    if (content.length !== length || stdout[at + length] !== NEW_LINE)
      throw new Error('git cat-file printed too little');
    at += length + 1;
    if (hashOf(type, content, name.length) !== name) throw new Error(`git has another object under the name ${name}`);
    found.set(name, { type, content });
  }
  return found;
}

const NEW_LINE = 0x0a;

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** The name of an object (gitformat-pack(5)): the hash of its type, size and content. 40 hex digits: SHA-1, 64: SHA-256. */
function hashOf(type: string, content: Uint8Array, nameLength: number): string {
  const algorithm = nameLength === 64 ? 'sha256' : 'sha1';
  return createHash(algorithm).update(`${type} ${content.length}\0`).update(content).digest('hex');
}

/** One entry of a tree. */
interface TreeEntry {
  readonly mode: string;
  readonly object: string;
}

async function readCommit(
  readNames: ReadObjects,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  const found = (await readNames([commit])).get(commit);
  const [, root] = /^tree ([0-9a-f]+)\n/.exec(found?.type === 'commit' ? latin1(found.content) : '') ?? [];
  if (root === undefined || root.length !== commit.length) return undefined;
  // Level by level, one run of git for each, however many paths there are.
  let level = paths.map((path) => ({ path, tree: root, rest: path.split('/') }));
  const files = new Map<string, string>();
  while (level.length > 0) {
    const trees = await readNames(level.map(({ tree }) => tree));
    const next: typeof level = [];
    const parsed = new Map<string, ReadonlyMap<string, TreeEntry>>();
    for (const { path, tree, rest } of level) {
      const object = trees.get(tree);
      // A commit without its trees, as in a partial clone: then nothing is known about any path.
      if (object?.type !== 'tree') return undefined;
      const entries = parsed.get(tree) ?? parseTree(object.content, root.length / 2);
      parsed.set(tree, entries);
      const [name = '', ...more] = rest;
      const entry = entries.get(Buffer.from(name, 'utf8').toString('latin1'));
      if (entry === undefined) continue;
      if (more.length === 0) {
        if (REGULAR.includes(entry.mode)) files.set(path, entry.object);
      } else if (entry.mode === DIRECTORY) {
        next.push({ path, tree: entry.object, rest: more });
      }
    }
    level = next;
  }
  const blobs = await readNames([...files.values()]);
  const contents = new Map<string, Uint8Array>();
  for (const [path, name] of files) {
    const blob = blobs.get(name);
    if (blob?.type !== 'blob') return undefined;
    if (blob.content.length <= FILE_MAX_BYTES) contents.set(path, blob.content);
  }
  return contents;
}

const DIRECTORY = '40000';
/** Links (120000) and submodules (160000) are not files. */
const REGULAR: readonly string[] = ['100644', '100755', '100664'];

/** Entries by their names as bytes (latin1). Throws for anything that is not a tree. */
function parseTree(content: Uint8Array, hashBytes: number): ReadonlyMap<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>();
  for (let at = 0; at < content.length; ) {
    const end = content.indexOf(0, at);
    const header = end < 0 ? '' : latin1(content.subarray(at, end));
    const space = header.indexOf(' ');
    const object = content.subarray(end + 1, end + 1 + hashBytes);
    if (space < 1 || object.length !== hashBytes) throw new Error('git has a tree that cannot be parsed');
    entries.set(header.slice(space + 1), {
      mode: header.slice(0, space),
      object: Buffer.from(object).toString('hex'),
    });
    at = end + 1 + hashBytes;
  }
  return entries;
}
