import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../src/coded-error.ts';
import { circles, closureOf, codeOf, FILES, importsOf, isOwnFile, ROOT } from './source-files.ts';

interface Room {
  /** Other rooms; `domain/*` = every room of that folder, `types of …` = by `import type` only. */
  readonly rooms: readonly string[];
  /** Packages besides, with their sub-paths. */
  readonly packages?: readonly string[];
}

const DOMAIN = 'domain/*';
const PORTS = 'types of usecases';

/** Which room may import which: the table of docs/architecture.md. A room is a folder, or one file of it. */
const ROOMS: Readonly<Record<string, Room>> = {
  'domain/text': { rooms: [] },
  'domain/patterns': { rooms: ['domain/text'], packages: ['re2js'] },
  'domain/yaml': { rooms: ['domain/text'], packages: ['yaml'] },
  'domain/image': { rooms: ['domain/text'], packages: ['node:crypto'] },
  'domain/signature': { rooms: ['domain/image', 'domain/text'] },
  'domain/attestation': { rooms: ['domain/identity', 'domain/image', 'domain/signature', 'domain/text'] },
  'domain/identity': { rooms: ['domain/patterns', 'domain/signature', 'domain/text'] },
  'domain/policy': {
    rooms: [
      'domain/attestation',
      'domain/identity',
      'domain/image',
      'domain/patterns',
      'domain/signature',
      'domain/text',
      'domain/yaml',
      'types of domain',
    ],
    packages: ['node:crypto'],
  },
  'domain/audit': { rooms: ['domain', 'domain/image', 'domain/patterns', 'domain/text'] },
  'domain/calls': { rooms: [] },
  domain: { rooms: ['domain/image', 'domain/signature'] },
  workloads: { rooms: ['domain/image', 'domain/text', 'domain/yaml'] },
  admission: { rooms: ['workloads', DOMAIN] },
  report: { rooms: [DOMAIN] },
  usecases: { rooms: [DOMAIN] },
  'usecases/examining': { rooms: ['usecases', DOMAIN] },
  'usecases/judging': { rooms: ['usecases', 'usecases/examining', DOMAIN] },
  'usecases/auditing': { rooms: ['usecases', 'usecases/examining', DOMAIN] },
  'usecases/verifying': { rooms: ['usecases', 'usecases/examining', 'usecases/judging', DOMAIN] },
  'usecases/admitting': { rooms: ['usecases', 'usecases/examining', 'usecases/judging', DOMAIN] },
  'usecases/rejudging': { rooms: ['usecases', 'usecases/examining', 'types of usecases/admitting', DOMAIN] },
  'usecases/signing': { rooms: ['usecases', 'usecases/examining', DOMAIN] },
  http: { rooms: [DOMAIN], packages: ['undici', 'node:*'] },
  programs: { rooms: ['http'], packages: ['node:*'] },
  'oci/transport': { rooms: ['http', DOMAIN, PORTS], packages: ['tldts'] },
  'oci/credentials': { rooms: ['oci/transport', 'programs', DOMAIN, PORTS] },
  oci: { rooms: ['oci/transport', 'http', DOMAIN, PORTS] },
  'oci/writing': { rooms: ['oci', 'oci/transport', 'http', DOMAIN, PORTS] },
  'oci/registry.ts': { rooms: ['oci', 'oci/transport', 'oci/writing', 'http', DOMAIN, PORTS] },
  sigstore: { rooms: [DOMAIN] },
  'sigstore/trust': { rooms: ['sigstore', 'http', DOMAIN, PORTS], packages: ['@sigstore/*', 'tuf-js', 'node:*'] },
  'sigstore/verifying': {
    rooms: ['sigstore', 'types of sigstore/trust', DOMAIN, PORTS],
    packages: ['@sigstore/*', 'node:*'],
  },
  'sigstore/signing': {
    rooms: ['sigstore', 'sigstore/trust', 'http', DOMAIN, PORTS],
    packages: ['@sigstore/*', 'node:*'],
  },
  kubernetes: { rooms: ['http', 'usecases/rejudging', DOMAIN, PORTS], packages: ['node:*'] },
  github: { rooms: ['http', DOMAIN, PORTS], packages: ['@actions/core', '@octokit/core', 'node:*'] },
  'entries/compose': {
    rooms: [
      'http',
      'oci/credentials',
      'oci/registry.ts',
      'types of oci/transport',
      'sigstore/trust',
      'sigstore/verifying',
      'usecases',
      DOMAIN,
    ],
    packages: ['node:*'],
  },
  'entries/inputs': { rooms: ['usecases', 'workloads', DOMAIN], packages: ['node:*'] },
  'entries/action': {
    rooms: [
      'entries/compose',
      'entries/inputs',
      'github',
      'http',
      'types of oci/transport',
      'report',
      'usecases/*',
      DOMAIN,
    ],
    packages: ['node:*'],
  },
  'entries/sign': {
    rooms: [
      'entries/action',
      'entries/compose',
      'entries/inputs',
      'github',
      'http',
      'report',
      'sigstore',
      'sigstore/signing',
      'usecases/*',
      DOMAIN,
    ],
    packages: ['node:*'],
  },
  'entries/gate': {
    rooms: ['entries/action', 'entries/compose', 'entries/inputs', 'github', 'http', 'report', 'usecases/*', DOMAIN],
    packages: ['node:*'],
  },
  'entries/audit': {
    rooms: ['entries/action', 'entries/gate', 'entries/inputs', 'report', 'usecases/*', DOMAIN],
    packages: ['node:*'],
  },
  'entries/verify': {
    rooms: ['entries/action', 'entries/gate', 'entries/inputs', 'usecases/*', DOMAIN],
  },
  'entries/webhook': {
    rooms: ['admission', 'entries/compose', 'entries/inputs', 'http', 'kubernetes', 'workloads', 'usecases/*', DOMAIN],
    packages: ['prom-client', 'node:*'],
  },
  'entries/verify-files': {
    rooms: [
      'entries/action',
      'entries/gate',
      'entries/inputs',
      'github',
      'programs',
      'workloads',
      'usecases/*',
      DOMAIN,
    ],
    packages: ['node:*'],
  },
};
const NAMES = Object.keys(ROOMS);

/** The room with the longest name that the path lies in. */
function roomOf(path: string): string {
  return (
    NAMES.filter((name) => path === name || path.startsWith(`${name}/`)).sort((a, b) => b.length - a.length)[0] ?? ''
  );
}

/** `domain/*` as every room of the folder, itself included. */
function expand(room: string): string[] {
  const folder = room.replace(/^types of /, '').replace(/\/\*$/, '');
  return room.endsWith('/*') ? NAMES.filter((name) => name === folder || name.startsWith(`${folder}/`)) : [folder];
}

function isPackage(name: string, target: string): boolean {
  return name.endsWith('*') ? target.startsWith(name.slice(0, -1)) : target === name || target.startsWith(`${name}/`);
}

/** Arrows between rooms as the files draw them. */
const ARROWS = FILES.flatMap((file) =>
  file.imports
    // package.json defines name and version, and one file reads them.
    .filter(({ target }) => !(target === '../package.json' && file.path === 'entries/compose/product.ts'))
    .filter(({ target }) => isOwnFile(target) && target !== 'coded-error.ts')
    .map(({ target, typeOnly }) => ({
      file: file.path,
      target,
      from: roomOf(file.path),
      to: roomOf(target),
      typeOnly,
    })),
).filter(({ from, to }) => from !== to);

test('there are files to look at, and their imports are seen', () => {
  expect(FILES.length).toBeGreaterThan(40);
  expect(FILES.flatMap((file) => file.imports).length).toBeGreaterThan(200);
  expect(ARROWS.length).toBeGreaterThan(200);
});

test('every file is in a room, but for the coded error, which imports nothing and everything may import', () => {
  expect(FILES.filter(({ path }) => roomOf(path) === '').map(({ path }) => path)).toEqual(['coded-error.ts']);
  expect(FILES.find(({ path }) => path === 'coded-error.ts')?.imports).toEqual([]);
});

test.each(NAMES)('%s imports only what it may', (name) => {
  const room = ROOMS[name] ?? { rooms: [] };
  const values = room.rooms.filter((one) => !one.startsWith('types of ')).flatMap(expand);
  const types = room.rooms.filter((one) => one.startsWith('types of ')).flatMap(expand);
  const wrong = ARROWS.filter(({ from, to, typeOnly }) => {
    return from === name && !values.includes(to) && !(typeOnly && types.includes(to));
  });
  expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  const packages = FILES.filter(({ path }) => roomOf(path) === name).flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => !isOwnFile(target) && !room.packages?.some((one) => isPackage(one, target)))
      .map(({ target }) => `${path} imports ${target}`),
  );
  expect(packages).toEqual([]);
});

test('the table allows no room that is not there, and nothing that nobody needs', () => {
  for (const [name, { rooms, packages = [] }] of Object.entries(ROOMS)) {
    expect(
      FILES.some(({ path }) => roomOf(path) === name),
      name,
    ).toBe(true);
    const imported = FILES.filter(({ path }) => roomOf(path) === name).flatMap(({ imports }) => imports);
    for (const one of packages) {
      expect(
        imported.some(({ target }) => isPackage(one, target)),
        `${name} → ${one}`,
      ).toBe(true);
    }
    for (const room of rooms) {
      expect(
        expand(room).every((one) => NAMES.includes(one)),
        `${name} → ${room}`,
      ).toBe(true);
      // A floor, or the ports, may be allowed before each of its rooms needs them.
      if (room.endsWith('/*') || room === PORTS) continue;
      const isUsed = ARROWS.some(({ from, to }) => from === name && expand(room).includes(to));
      expect(isUsed, `${name} → ${room}`).toBe(true);
    }
  }
});

test('no rooms import each other in a circle, neither by the table nor in fact', () => {
  expect(circles(new Map(Object.entries(ROOMS).map(([name, { rooms }]) => [name, rooms.flatMap(expand)])))).toEqual([]);
  const drawn = new Map(NAMES.map((name) => [name, ARROWS.filter(({ from }) => from === name).map(({ to }) => to)]));
  expect(circles(drawn)).toEqual([]);
});

test('no files import each other in a circle, types included', () => {
  const drawn = FILES.map(
    ({ path, imports }) => [path, imports.map(({ target }) => target).filter(isOwnFile)] as const,
  );
  expect(circles(new Map(drawn))).toEqual([]);
});

test('a circle would be found', () => {
  const arrows = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', []],
    ['d', ['b']],
  ]);
  expect(circles(arrows)).toEqual(['b → d → b']);
});

test('docs/architecture.md shows this table', () => {
  const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
  const shown = [...page.matchAll(/^\| `src\/([^`]+)` \| [^|]+ \| (.*) \|$/gm)].map(([, name, may]) => [name, may]);
  const table = Object.entries(ROOMS).map(([name, { rooms, packages = [] }]) => {
    return [name, [...rooms, ...packages.map((one) => `\`${one}\``)].join(', ') || 'nothing'];
  });
  expect(shown).toEqual(table);
});

// ── a composition root without GitHub ───────────────────────────────────────────────────────────

const COMPOSE = FILES.map(({ path }) => path).filter((path) => /^entries\/(?:compose|inputs)\//.test(path));
const SECOND_ROOT = join(ROOT, '__tests__/unit/entries/second-root.ts');

/** What the second root imports, and everything that leads to. */
function secondRoot(): Set<string> {
  const imports = importsOf(SECOND_ROOT, readFileSync(SECOND_ROOT, 'utf8')).map(({ target }) => target);
  return closureOf([...COMPOSE, ...imports]);
}

test('what composes adapters leads to nothing of GitHub, of the actions or of their reports', () => {
  const reached = secondRoot();
  expect(reached.size).toBeGreaterThan(100);
  const strange = /^(?:github|report|entries\/(?!(?:compose|inputs)\/))|^(?:sigstore\/signing|usecases\/signing)\//;
  expect([...reached].filter((path) => strange.test(path))).toEqual([]);
  // Twin: an action's root leads there.
  expect([...closureOf(['entries/verify/run-verify.ts'])].some((path) => strange.test(path))).toBe(true);
});

test('what composes adapters asks neither the process nor the environment of a runner', () => {
  // Error codes, and constants about GitHub as an issuer and a Sigstore, are no variables.
  const constants = new RegExp(
    `\\b(?:${ERROR_CODES.join('|')}|GITHUB_(?:ALIASES|ISSUERS?|ORGANIZATION|TUF_ROOT)|ACTIONS_BUILD_TYPE)\\b`,
    'g',
  );
  const asking = (paths: Iterable<string>): Record<string, string[]> => {
    const found: Record<string, string[]> = {};
    for (const { path, text } of FILES.filter((file) => new Set(paths).has(file.path))) {
      const code = codeOf(text).replace(constants, '');
      const words = code.match(/\bprocess\.\w+|\b(?:GITHUB|RUNNER|ACTIONS|INPUT)_[A-Z_]+|node:process/g) ?? [];
      if (words.length > 0) found[path] = [...new Set(words)].sort();
    }
    return found;
  };
  expect(asking(secondRoot())).toEqual({
    // Which system it is, and an end for a program that does not end by itself.
    'programs/run-program.ts': ['process.kill', 'process.platform'],
    // Which system it is: Windows needs no hint for the lookup of addresses.
    'http/race-addresses.ts': ['process.platform'],
  });
  // Twin: an action asks both.
  expect(Object.values(asking(['entries/action/run-environment.ts', 'entries/action/surroundings.ts'])).flat()).toEqual(
    expect.arrayContaining(['process.env', 'RUNNER_TEMP', 'GITHUB_OUTPUT']),
  );
});

// ── where things go ─────────────────────────────────────────────────────────────────────────────

const FOLDERS = [...new Set(FILES.map(({ folder }) => folder))].filter((folder) => folder !== '');
const READMES = [...FOLDERS.map((folder) => `src/${folder}/README.md`), 'sandbox/README.md'];

/** Where "where would I add …?" is answered. */
const ANSWERS: Readonly<Record<string, string>> = {
  'an input': 'src/entries/README.md',
  'a claim': 'src/domain/README.md',
  'a registry quirk': 'src/oci/README.md',
  'a reason code': 'src/domain/README.md',
  'a predicate type': 'src/domain/README.md',
  'a policy field': 'src/domain/README.md',
  'a report line': 'src/report/README.md',
  'a service of the sandbox': 'sandbox/README.md',
};

test.each(FOLDERS)('src/%s has a README of about ten lines', (folder) => {
  const text = readFileSync(join(ROOT, `src/${folder}/README.md`), 'utf8');
  expect(text.split('\n').length).toBeLessThan(18);
  // Files that it names are there.
  for (const [, path = ''] of text.matchAll(/`([a-z][\w/-]*(?:\.ts|\/))`/g)) {
    expect(existsSync(join(ROOT, 'src', folder, path)), path).toBe(true);
  }
});

const ANSWERED = Object.entries(ANSWERS).filter(([, where]) => existsSync(join(ROOT, where)));

test.each(ANSWERED)('"where would I add %s?" has one answer, in %s', (phrase, where) => {
  const answering = READMES.filter((path) => {
    const text = existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : '';
    return text.includes(`**${phrase}**`) || text.includes(`add ${phrase}?`);
  });
  expect(answering).toEqual([where]);
});
