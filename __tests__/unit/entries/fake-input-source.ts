import { resolve } from 'node:path';
import type { InputSource } from '../../../src/entries/inputs/input-source.ts';
import { readContext } from '../../../src/github/context.ts';

export const DIGEST_A = `sha256:${'a'.repeat(64)}`;
export const DIGEST_B = `sha256:${'b'.repeat(64)}`;

export interface FakeSource {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly event?: unknown;
  /** Absolute path → text, bytes, or the error that reading it throws. */
  readonly files?: Readonly<Record<string, string | Uint8Array | Error>>;
  /** Pattern → absolute paths. */
  readonly globs?: Readonly<Record<string, readonly string[]>>;
  /** Symbolic links: absolute path → absolute path. */
  readonly links?: Readonly<Record<string, string>>;
  /** Files of the base commit, or the error that reading one throws. */
  readonly base?: Readonly<Record<string, string>> | Error;
}

export const PUBLIC_PUSH = { repository: { full_name: 'acme/app', private: false, visibility: 'public' } };

export const PULL_REQUEST = {
  ...PUBLIC_PUSH,
  pull_request: {
    base: { sha: '1'.repeat(40), repo: { full_name: 'acme/app' } },
    head: { sha: '2'.repeat(40), repo: { full_name: 'acme/app' } },
  },
};

/** An input source in memory; `masked` and `basePaths` record what was asked. */
export function fakeSource(fake: FakeSource): InputSource & { masked: string[]; basePaths: string[] } {
  const env = {
    GITHUB_WORKSPACE: '/runner/app',
    GITHUB_REPOSITORY: 'acme/app',
    GITHUB_ACTOR: 'octocat',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_EVENT_NAME: 'push',
    RUNNER_TEMP: '/runner/_temp',
    ...fake.env,
  };
  const masked: string[] = [];
  const basePaths: string[] = [];
  const bytesOf = (content: string | Uint8Array | undefined): Uint8Array | undefined =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    masked,
    basePaths,
    input: (name) => fake.inputs?.[name],
    env,
    context: readContext(env, fake.event ?? PUBLIC_PUSH),
    files: {
      read: async (path) => {
        const content = fake.files?.[resolve('/runner/app', path)];
        if (content instanceof Error) throw content;
        return bytesOf(content);
      },
      glob: async (pattern) => fake.globs?.[pattern] ?? [],
      realPath: async (path) => fake.links?.[path] ?? path,
      leadsTo: async (path) => fake.links?.[path] ?? resolve(path),
    },
    readBaseFile: async (path) => {
      basePaths.push(path);
      if (fake.base instanceof Error) throw fake.base;
      return bytesOf(fake.base?.[path]);
    },
    mask: (value) => {
      masked.push(value);
    },
  };
}
