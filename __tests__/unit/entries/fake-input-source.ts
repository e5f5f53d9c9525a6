import { resolve } from 'node:path';
import type { InputSource } from '../../../src/entries/action/inputs/input-source.ts';
import { readContext } from '../../../src/github/context.ts';

export const DIGEST_A = `sha256:${'a'.repeat(64)}`;
export const DIGEST_B = `sha256:${'b'.repeat(64)}`;

export interface FakeSource {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly event?: unknown;
  /**
   * Absolute path → text, bytes, or the error that reading it throws. The workspace is a checkout of RUN_COMMIT
   * unless its `.git/HEAD` is given, or undefined.
   */
  readonly files?: Readonly<Record<string, string | Uint8Array | Error | undefined>>;
  /** Pattern → absolute paths. */
  readonly globs?: Readonly<Record<string, readonly string[]>>;
  /** Symbolic links of files and directories: absolute path → absolute path. */
  readonly links?: Readonly<Record<string, string>>;
  /** Files of the commit or branch that is asked for, whichever it is, or the error that reading one throws. */
  readonly committed?: Readonly<Record<string, string>> | Error;
}

export const PUBLIC_PUSH = { repository: { full_name: 'acme/app', private: false, visibility: 'public' } };

/** GITHUB_SHA of a fake run. */
export const RUN_COMMIT = 'c'.repeat(40);

export const PULL_REQUEST = {
  ...PUBLIC_PUSH,
  pull_request: {
    base: { sha: '1'.repeat(40), repo: { full_name: 'acme/app' } },
    head: { sha: '2'.repeat(40), repo: { full_name: 'acme/app' } },
  },
};

/** An input source in memory; `masked` and `asked` (`<ref> <path>`) record what was asked. */
export function fakeSource(fake: FakeSource): InputSource & { masked: string[]; asked: string[] } {
  const env = {
    GITHUB_WORKSPACE: '/runner/app',
    GITHUB_REPOSITORY: 'acme/app',
    GITHUB_ACTOR: 'octocat',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_SHA: RUN_COMMIT,
    RUNNER_TEMP: '/runner/_temp',
    ...fake.env,
  };
  const masked: string[] = [];
  const asked: string[] = [];
  const follow = (path: string): string => {
    const link = Object.keys(fake.links ?? {}).find((one) => path === one || path.startsWith(`${one}/`));
    return link === undefined ? path : follow(`${fake.links?.[link]}${path.slice(link.length)}`);
  };
  const files: FakeSource['files'] = { '/runner/app/.git/HEAD': `${RUN_COMMIT}\n`, ...fake.files };
  const isThere = (path: string): boolean =>
    Object.entries(files).some(([one, content]) => content !== undefined && `${one}/`.startsWith(`${path}/`));
  const bytesOf = (content: string | Uint8Array | undefined): Uint8Array | undefined =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    masked,
    asked,
    input: (name) => fake.inputs?.[name],
    env,
    context: readContext(env, fake.event ?? PUBLIC_PUSH),
    files: {
      read: async (path) => {
        const content = files[follow(resolve('/runner/app', path))];
        if (content instanceof Error) throw content;
        return bytesOf(content);
      },
      glob: async (pattern) => fake.globs?.[pattern] ?? [],
      realPath: async (path) => (isThere(follow(path)) ? follow(path) : undefined),
      leadsTo: async (path) => follow(resolve(path)),
    },
    readCommittedFile: async ({ ref }, path) => {
      asked.push(`${ref} ${path}`);
      if (fake.committed instanceof Error) throw fake.committed;
      return bytesOf(fake.committed?.[path]);
    },
    listCommittedFolder: async ({ ref }, path) => {
      asked.push(`${ref} ${path}/`);
      if (fake.committed instanceof Error) throw fake.committed;
      const prefix = path === '' ? '' : `${path}/`;
      const below = Object.keys(fake.committed ?? {}).filter((one) => one.startsWith(prefix));
      const rest = below.map((one) => one.slice(prefix.length).split('/'));
      if (rest.length === 0) return undefined;
      return {
        files: rest.flatMap((one) => (one.length === 1 ? (one[0] ?? []) : [])),
        folders: [...new Set(rest.flatMap((one) => (one.length > 1 ? (one[0] ?? []) : [])))],
      };
    },
    mask: (value) => {
      masked.push(value);
    },
  };
}
