import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGithubApi } from '../sandbox/github/api.ts';
import { type Served, serve } from '../sandbox/http/serve.ts';
import { buildImage, pushImage } from '../sandbox/registry/image-builder.ts';
import { startWorld, type WorldOptions } from '../sandbox/world.ts';
import { knownRegistry } from '../src/oci/transport/known-registries.ts';
import { registryOrigin } from '../src/oci/transport/registry-origin.ts';
import { shown } from './e2e/sign-world.ts';
import { withoutProcesses } from './in-process.ts';
import { ROOT } from './source-files.ts';

/* docs/hosts.md against the code, and against what a dry run prints. */

const PAGE = readFileSync(join(ROOT, 'docs/hosts.md'), 'utf8');

/** The rows of the table under a heading, as plain cells. */
function rowsUnder(heading: string): string[][] {
  const section = PAGE.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

test('the hosts of Sigstore are those in the code, all of them', () => {
  const code = readFileSync(join(ROOT, 'src/sigstore/trust/trust-source.ts'), 'utf8');
  const hosts = [...code.matchAll(/'https:\/\/([a-z0-9.-]+)[^']*'/g)].map(([, host = '']) => host);
  expect(hosts.length).toBeGreaterThan(5);
  expect(
    rowsUnder('Sigstore')
      .map(([host]) => host)
      .sort(),
  ).toEqual([...new Set(hosts)].sort());
});

test('the hosts of registries are those in the code', () => {
  const rows = rowsUnder('Registries').slice(0, -1);
  expect(rows.length).toBeGreaterThan(5);
  for (const [images = '', api = '', tokens = '', blobs = ''] of rows) {
    for (const pattern of images.split(', ')) {
      const registry = pattern.replace('*', 'acme');
      const origin = registryOrigin(registry, []);
      const known = knownRegistry(origin);
      const realm = new URL(known?.challenge.parameters['realm'] ?? 'https://none.example');
      expect([pattern, origin.host]).toEqual([pattern, api === 'the same' ? registry : api]);
      expect([pattern, realm.host]).toEqual([pattern, tokens === 'the same' ? registry : tokens]);
      const storage = known?.storage === undefined ? 'wherever it redirects' : new URL(known.storage).host;
      expect([pattern, blobs]).toEqual([pattern, storage]);
    }
  }
  const source = readFileSync(join(ROOT, 'src/oci/transport/known-registries.ts'), 'utf8');
  expect(rows).toHaveLength([...source.matchAll(/^ {4}host: /gm)].length);
});

let api: Served;
beforeAll(async () => {
  const github = createGithubApi({ tokens: {}, repositories: { 'acme/app': { refs: {} } } });
  api = await serve(github, { name: "GitHub's API" });
});
afterAll(() => api.close());

const CONFIGURATIONS: Readonly<Record<string, { readonly world: WorldOptions; readonly inputs?: object }>> = {
  'services with Rekor v1 and a timestamp authority': { world: { variant: 'v1' } },
  'services with Rekor v2': { world: { variant: 'v2' } },
  'services with a timestamp authority alone': { world: { variant: 'tsa' } },
  'a registry without a login, Rekor v1': { world: { variant: 'v1', auth: 'none' } },
  'github-attestations with Rekor v1': {
    world: { variant: 'v1' },
    inputs: { 'github-attestations': 'true', provenance: 'true' },
  },
};

test('every configuration of the page is tried', () => {
  expect(rowsUnder('What `dry-run` prints').map(([name]) => name)).toEqual(Object.keys(CONFIGURATIONS));
});

test.each(rowsUnder('What `dry-run` prints'))('with %s, a dry run prints: %s', async (name, roles) => {
  const { world: options, inputs = {} } = CONFIGURATIONS[name ?? ''] ?? { world: {} };
  await using started = await startWorld(options);
  const world = withoutProcesses(started);
  const image = buildImage();
  await pushImage(world.registryUrl, 'acme/app', image, await world.pushLogin('acme/app'));
  const run = await world.sign(
    { images: `${world.host}/acme/app@${image.digest}`, 'dry-run': 'true', ...inputs },
    { env: { GITHUB_API_URL: api.url } },
  );
  expect(run.exitCode, shown(run)).toBe(0);
  const { oidc, ca, rekorV1, rekorV2, tsa } = world.sigstore.urls;
  const tokenServer = world.log.requests().find(({ server }) => server === 'token server')?.headers['host'] ?? 'none';
  const roleOf = new Map([
    [new URL(oidc).host, 'id-token'],
    [world.host, 'registry'],
    [tokenServer, 'token server'],
    [new URL(ca).host, 'certificate authority'],
    [new URL(rekorV1).host, 'Rekor v1'],
    [new URL(rekorV2).host, 'Rekor v2'],
    [new URL(tsa).host, 'timestamp authority'],
    [new URL(api.url).host, "GitHub's API"],
  ]);
  const printed = /^Hosts: (.*)$/m.exec(run.log.join('\n'))?.[1]?.split(', ') ?? [];
  expect(printed.map((host) => roleOf.get(host) ?? host).sort()).toEqual(roles?.split(', ').sort());
});
