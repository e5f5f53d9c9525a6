import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bundledPackages, unresolvedModules } from '../../scripts/bundle/bundled-packages.ts';
import { billOfMaterials, licensesText } from '../../scripts/bundle/documents.ts';
import { layUsedParts } from '../../scripts/bundle/used-parts.ts';

const ROOT = join(import.meta.dirname, '../..');
const APACHE = 'Apache License, Version 2.0';

describe('what a bundle contains', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'bundle-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function install(folder: string, manifest: object, license?: string): string {
    const path = join(root, 'node_modules', folder);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'package.json'), JSON.stringify(manifest));
    if (license !== undefined) writeFileSync(join(path, 'LICENSE.md'), license);
    return join(path, 'index.js');
  }
  const packagesOf = (...files: string[]) =>
    bundledPackages({ modules: files.map((nameForCondition) => ({ nameForCondition })) }, { root, apache: APACHE });

  test('packages with a scope, below another package, and in concatenated modules are found', () => {
    const core = install('@a/core', { name: '@a/core', version: '1.0.0', license: 'MIT' }, 'of a\r\n');
    const inner = install('@a/core/node_modules/b', { name: 'b', version: '2.0.0', license: 'ISC' }, 'of b');
    const packages = bundledPackages(
      {
        modules: [
          { nameForCondition: join(root, 'src/main.js'), modules: [{ nameForCondition: core }] },
          { nameForCondition: inner },
        ],
      },
      { root, apache: APACHE },
    );
    expect(packages).toEqual([
      { name: '@a/core', version: '1.0.0', license: 'MIT', licenseText: 'of a\n' },
      { name: 'b', version: '2.0.0', license: 'ISC', licenseText: 'of b' },
    ]);
    expect(licensesText(packages)).toContain('@a/core 1.0.0\nMIT\n\nof a\n');
    expect(JSON.parse(billOfMaterials('x', packages))).toMatchObject({
      components: [
        { group: '@a', name: 'core', purl: 'pkg:npm/%40a/core@1.0.0' },
        { name: 'b', purl: 'pkg:npm/b@2.0.0' },
      ],
    });
  });

  test('only Apache-2.0 may come without its text', () => {
    const apache = install('c', { name: 'c', version: '1.0.0', license: 'Apache-2.0' });
    expect(packagesOf(apache)).toMatchObject([{ licenseText: APACHE }]);
    const mit = install('d', { name: 'd', version: '1.0.0', license: 'MIT' });
    expect(() => packagesOf(mit)).toThrow('d@1.0.0 is under MIT and ships no license file');
  });

  test.each(['GPL-3.0-only', 'SEE LICENSE IN x', undefined])('the license %s is refused', (license) => {
    const file = install('e', { name: 'e', version: '1.0.0', license }, 'text');
    expect(() => packagesOf(file)).toThrow('e@1.0.0 has the license');
  });

  test('a module that the bundler could not find is named', () => {
    const stats = { modules: [{ modules: [{ identifier: '/x/node_modules/@vercel/ncc/@@notfound.js?left-pad' }] }] };
    expect(unresolvedModules(stats)).toEqual(['left-pad']);
    expect(unresolvedModules({ modules: [{ identifier: '/x/src/main.js' }] })).toEqual([]);
  });
});

describe.each(['sign', 'verify', 'audit', 'webhook'])('dist/%s', (program) => {
  const folder = join(ROOT, 'dist', program);
  const sbom = JSON.parse(readFileSync(join(folder, 'sbom.cdx.json'), 'utf8')) as {
    readonly components: readonly { readonly group?: string; readonly name: string; readonly version: string }[];
  };
  const named = sbom.components.map(({ group, name, version }) => ({
    name: group === undefined ? name : `${group}/${name}`,
    version,
  }));

  test('lists packages that are locked, each with its license', () => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
      readonly packages: Readonly<Record<string, { readonly version?: string }>>;
    };
    const licenses = readFileSync(join(folder, 'LICENSES.txt'), 'utf8');
    expect(named.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['@sigstore/core', '@sigstore/verify', 'undici']),
    );
    for (const { name, version } of named) {
      const locked = Object.entries(packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
      expect(locked.map(([, one]) => one.version)).toContain(version);
      expect(`\n${licenses}`).toContain(`\n${name} ${version}\n`);
    }
  });

  test('asks for no module outside itself', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.js'));
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(readFileSync(join(folder, file), 'utf8')).not.toContain('eval("require")');
  });
});

test('dist/webhook holds nothing of GitHub Actions', () => {
  const textOf = (program: string): string => {
    const folder = join(ROOT, 'dist', program);
    const files = readdirSync(folder).filter((name) => name.endsWith('.js') || name.endsWith('.json'));
    return files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  };
  const marks = ['@actions/', '%40actions', 'GITHUB_STEP_SUMMARY', 'GITHUB_OUTPUT', 'RUNNER_TEMP', '::add-mask::'];
  const found = (program: string): string[] => marks.filter((mark) => textOf(program).includes(mark));
  expect(found('webhook')).toEqual([]);
  // Twin: an action holds them.
  expect(found('verify')).toEqual(
    expect.arrayContaining(['%40actions', 'GITHUB_OUTPUT', 'RUNNER_TEMP', '::add-mask::']),
  );
});

describe('a package of which a bundle holds the used parts', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parts-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const textOf = (root: string, file: string): string => readFileSync(join(root, 'node_modules', file), 'utf8');
  const differing = (packageName: string): string[] =>
    readdirSync(join(ROOT, 'node_modules', packageName), { encoding: 'utf8', recursive: true })
      .filter((file) => file.endsWith('.js'))
      .filter((file) => textOf(folder, join(packageName, file)) !== textOf(ROOT, join(packageName, file)));

  test('@actions/core is whole but for two files, whose functions throw', async () => {
    layUsedParts({ root: ROOT, compiled: folder });
    expect(differing('@actions/core')).toEqual(['lib/oidc-utils.js', 'lib/platform.js']);
    const core = (await import(
      join(folder, 'node_modules/@actions/core/lib/core.js')
    )) as typeof import('@actions/core');
    await expect(core.getIDToken()).rejects.toThrow('getIDToken is not part of this bundle');
    expect(() => core.platform.getDetails()).toThrow('platform.getDetails is not part of this bundle');
    expect(core.toPosixPath('a\\b')).toBe('a/b');
  });

  test('undici is whole but for FormData and HTTP/2, which throw, and a default that is read when it is needed', async () => {
    layUsedParts({ root: ROOT, compiled: folder });
    expect(differing('undici')).toEqual([
      'lib/core/util.js',
      'lib/dispatcher/client-h2.js',
      'lib/dispatcher/client.js',
      'lib/web/fetch/body.js',
    ]);
    const part = async <Part>(file: string): Promise<Part> =>
      ((await import(join(folder, 'node_modules/undici/lib', file))) as { default: Part }).default;
    const Pool = await part<typeof import('undici').Pool>('dispatcher/pool.js');
    type Send = (this: object, options: object) => Promise<{ readonly body: { text(): Promise<string> } }>;
    const send = await part<Send>('api/api-request.js');
    const server = createServer((request, response) => void request.pipe(response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    try {
      const { body } = await send.call(pool, { method: 'POST', path: '/', body: 'echo' });
      expect(await body.text()).toBe('echo');
    } finally {
      await pool.destroy();
      await new Promise((resolve) => server.close(resolve));
    }
    const { extractBody } = await part<{ extractBody: () => void }>('web/fetch/body.js');
    expect(extractBody).toThrow('FormData is not part of this bundle');
    const connect = await part<() => Promise<void>>('dispatcher/client-h2.js');
    await expect(connect()).rejects.toThrow('HTTP/2 is not part of this bundle');
  });

  test.each([
    ['@actions/core', 'lib/core.js', './platform.js', 'lib/platform.js'],
    ['undici', 'lib/dispatcher/client-h1.js', '../web/fetch/body.js', 'lib/web/fetch/body.js'],
    ['undici', 'lib/dispatcher/client.js', './client-h2.js', 'lib/dispatcher/client-h2.js'],
    ['undici', 'lib/dispatcher/client.js', 'node:http', 'what is not used'],
    ['undici', 'lib/core/util.js', 'node:http', 'what is not used'],
  ])('a new version of %s whose %s loads %s in another way stops the build', (packageName, loader, path, file) => {
    for (const one of ['@actions/core', 'undici'])
      cpSync(join(ROOT, 'node_modules', one), join(folder, 'node_modules', one), { recursive: true });
    const changed = join(folder, 'node_modules', packageName, loader);
    writeFileSync(changed, readFileSync(changed, 'utf8').replaceAll(path, `./elsewhere/${path}`));
    expect(() => layUsedParts({ root: folder, compiled: join(folder, 'compiled') })).toThrow(
      `${packageName} does not load ${file} where it is expected`,
    );
  });

  test.each(['sign', 'verify', 'verify-files', 'audit', 'webhook'])(
    'dist/%s starts no program, and has one HTTP client',
    (program) => {
      const bill = readFileSync(join(ROOT, 'dist', program, 'sbom.cdx.json'), 'utf8');
      expect(bill).toContain('pkg:npm/undici@');
      if (program !== 'webhook') expect(bill).toContain('pkg:npm/%40actions/core@');
      expect(bill).not.toContain('pkg:npm/%40actions/exec@');
      expect(bill).not.toContain('http-client');
      const code = readdirSync(join(ROOT, 'dist', program))
        .filter((name) => name.endsWith('.js'))
        .map((name) => readFileSync(join(ROOT, 'dist', program, name), 'utf8'))
        .join('\n');
      expect(code).not.toContain('"node:http2"');
      for (const left of ['FormData', 'HTTP/2']) expect(code).toContain(`${left} is not part of this bundle`);
    },
  );
});
