import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readManifest } from '../sandbox/runner/runner.ts';
import { DOCUMENTS, withTables } from '../scripts/update-docs.ts';
import { ERROR_CODES } from '../src/coded-error.ts';
import { REFUSAL_REASONS } from '../src/domain/signature/refusal.ts';
import type { InputSource } from '../src/entries/action/inputs/input-source.ts';
import { readSignInputs, SIGN_INPUTS } from '../src/entries/sign/inputs.ts';
import { readVerifyInputs, VERIFY_INPUTS } from '../src/entries/verify/inputs.ts';
import { readVerifyFilesInputs, VERIFY_FILES_INPUTS } from '../src/entries/verify-files/inputs.ts';
import { closureOf, codeOf, FILES, ROOT } from './source-files.ts';
import { DIGEST_A, fakeSource } from './unit/entries/fake-input-source.ts';

test.each([
  ['process.env', /\bprocess\.(?:env|exit|stdout|argv)\b/],
  ['the clock', /\bDate\.now\(|\bnew Date\(\)/],
  ['randomness that is no secret', /\bMath\.random\b/],
  // A parameter may be called fetch; the global one may not be used.
  ['the global fetch', /\bglobalThis\.fetch\b|^(?![\s\S]*\bfetch[:,])[\s\S]*(?<![.\w])fetch\(/],
])('%s is touched only by entries', (_name, pattern) => {
  const touching = FILES.filter((file) => file.folder !== 'entries' && pattern.test(codeOf(file.text)));
  expect(touching.map((file) => file.path)).toEqual([]);
});

/** Every file that lets anything out of the process but by HTTP, and by what. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  'entries/action/run-environment.ts': 'process.stdout',
  // Waits until all is written; writes nothing itself.
  'entries/action/guard-crash.ts': 'process.stdout',
  // Only json-log.ts is given its writer, and conceals.
  'entries/webhook/process-environment.ts': 'process.stdout',
  'github/outputs.ts': 'appendFileSync',
  // From publishing on; what it is given has passed the outlet.
  'github/toolkit-writer.ts': "'@actions/core'",
  'github/job-summary.ts': 'appendFileSync',
  // Results, concealed before, bundles and statements, as they were signed, and files with digests.
  'entries/action/confined-files.ts': 'writeFile',
  // What a TUF repository published, checked by hash; no credential goes there.
  'sigstore/trust/tuf-cache.ts': 'writeFile',
  'sigstore/trust/tuf-client.ts': 'writeFile',
  'sigstore/trust/tuf-fetcher.ts': 'writeFile',
};

test('code behind a URL or a glob is looked at, comments are not', () => {
  expect(codeOf("const a = 'https://x'; console.log(a); // console")).toBe("const a = 'https://x'; console.log(a); ");
  expect(codeOf("a('**/*.ts'); /* it's\none */ b('*/');")).toBe("a('**/*.ts');  b('*/');");
});

test('text leaves the process in no other file than those that conceal secrets', () => {
  const out =
    /\bconsole\b|\bprocess\.(?:stdout|stderr|emitWarning|report)\b|\b(?:writeFile|appendFile|writeFileSync|appendFileSync|writeSync|createWriteStream|copyFile|symlink)\b|'@actions\/core'/g;
  const found = FILES.flatMap(({ path, text }) => {
    const ways = [...new Set(codeOf(text).match(out) ?? [])];
    return ways.length === 0 ? [] : [[path, ways.join()] as const];
  });
  expect(Object.fromEntries(found)).toEqual(WAYS_OUT);
});

/** Every file that opens connections, waits for them, or starts a program. */
const opensWays = (): string[] =>
  FILES.filter(({ imports }) =>
    imports.some(
      ({ target, typeOnly }) =>
        !typeOnly &&
        /^(?:undici|node:(?:https?|http2|net|tls|dgram|dns|child_process|cluster|worker_threads))/.test(target),
    ),
  ).map(({ path }) => path);

test('docs/architecture.md names every way out, and no other file', () => {
  const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
  const [, section = ''] = /^## Ways out\n([\s\S]*?)^## /m.exec(page) ?? [];
  const named = [...section.matchAll(/`([a-z-]+(?:\/[a-z-]+)*\.ts)`/g)].map(([, path = '']) => path);
  const paths = FILES.map(({ path }) => path);
  expect(named.filter((path) => !paths.includes(path))).toEqual([]);
  // Waits until all is written, and parses what others send or show.
  const silent = [
    ...['entries/action/guard-crash.ts', 'entries/webhook/request-body.ts'],
    ...['entries/webhook/listen-on.ts', 'entries/webhook/tls-files.ts', 'entries/inputs/client-identity.ts'],
  ];
  const ways = [...Object.keys(WAYS_OUT), ...opensWays()].filter(
    (path) => !path.startsWith('http/') && !silent.includes(path),
  );
  expect(section).toContain('the folder `http`');
  const concealing = ['github/outlet.ts', 'entries/webhook/json-log.ts'];
  expect([...new Set(named)].sort()).toEqual([...new Set([...ways, ...concealing])].sort());
});

test.each([
  // What writes raw is made only where it is wrapped.
  ['createJsonLog', ['entries/webhook/run-webhook.ts']],
  ['createLog', ['github/outlet.ts']],
  ['createAnnotations', ['github/outlet.ts']],
  ['createCommandWriter', ['github/outlet.ts']],
  ['createMask', ['github/outlet.ts']],
  ['createSetOutput', ['entries/action/run-environment.ts']],
  ['appendJobSummary', ['entries/action/run-environment.ts']],
  ['resultsFile', ['entries/action/publish-results.ts']],
  ['resultsOutput', ['entries/action/publish-results.ts']],
  [
    'writeConfined',
    [
      'entries/action/publish-results.ts',
      'entries/audit/publish-audit.ts',
      'entries/gate/statement-files.ts',
      'entries/sign/bundle-directory.ts',
    ],
  ],
  // What a file of the checkout holds already, with digests.
  ['prepareReplacement', ['entries/verify-files/pin-files.ts']],
])('%s is used only where secrets are concealed', (name, files) => {
  const users = FILES.filter(({ text }) => new RegExp(`import [^;]*\\b${name}\\b[^;]*;`).test(text));
  expect(users.map(({ path }) => path)).toEqual(files);
});

const ADAPTERS = ['oci', 'sigstore', 'github'];
/** Adapters that belong to one call, or one attempt of it, and hold its signal while it lasts. */
const OF_ONE_CALL = ['http/attempt.ts', 'oci/writing/tag-merge.ts', 'oci/writing/tag-writer-context.ts'];

test('no adapter is made with the signal, retry budget or log of a call', () => {
  const made =
    /^ {2}readonly (?:signal|due|retries|budget|log)\??: (?:AbortSignal|RetryBudget|Pick<RetryBudget|Log)\b/m;
  const holding = FILES.filter(({ folder, text }) => ['http', ...ADAPTERS].includes(folder) && made.test(text));
  expect(holding.map(({ path }) => path)).toEqual(OF_ONE_CALL);
});

test('whatever is remembered is in the table of lifetimes', () => {
  const table = readFileSync(join(ROOT, 'docs/decisions/0016-lifetimes.md'), 'utf8');
  const remembers = /\bcreate(?:Memo|CallMemory|ExpiringMap|SharedWork)\b[<(]|\bnew WeakMap\b/;
  const users = FILES.filter(({ folder, text }) => ['http', ...ADAPTERS].includes(folder) && remembers.test(text));
  expect(users.length).toBeGreaterThan(4);
  for (const { path } of users) expect(table, path).toContain(`\`${path}\``);
  for (const [, path = ''] of table.matchAll(/`((?:http|oci|sigstore|domain|usecases)\/[\w/-]+\.ts)`/g)) {
    expect(
      FILES.map((file) => file.path),
      'named in the table',
    ).toContain(path);
  }
});

test('the toolkit is loaded on use: its HTTP client would come before the first request', () => {
  const loading = /^import (?!type)[^;]*toolkit-writer\.ts'|import\('[^']*toolkit-writer\.ts'\)/gm;
  const found = FILES.flatMap(({ path, text }) => [...text.matchAll(loading)].map(([how]) => [path, how]));
  expect(found).toEqual([['entries/action/run-environment.ts', "import('../../github/toolkit-writer.ts')"]]);
});

test.each(['sign', 'verify'])('%s opens connections before anything is loaded that takes time', (action) => {
  const first = closureOf([`entries/${action}/main.ts`], ({ typeOnly, onUse }) => !typeOnly && !onUse);
  expect([...first].sort()).toEqual([
    'entries/action/begin-run.ts',
    'entries/action/guard-crash.ts',
    `entries/${action}/main.ts`,
    'http/early-connections.ts',
    'http/race-addresses.ts',
  ]);
  expect(statSync(join(ROOT, 'dist', action, 'index.js')).size).toBeLessThan(40_000);
});

test('a gate without attestations loads none of the code that judges and reports them', () => {
  const ofAttestations =
    /^domain\/attestation\/|\/(?:attest\w*|buildkit-statements|judge-line|read-attestations|statement-files)[\w-]*\.ts$/;
  const loaded = (start: string): string[] =>
    [...closureOf([start], ({ typeOnly, onUse }) => !typeOnly && !onUse)].filter((path) => ofAttestations.test(path));
  // Says what counts as an attestation, for every verifier.
  const always = ['domain/signature/attestation.ts'];
  for (const start of [
    'entries/verify/start-verify.ts',
    'entries/gate/publish.ts',
    'usecases/verifying/verify-images.ts',
  ]) {
    expect(
      loaded(start).filter((path) => !always.includes(path)),
      start,
    ).toEqual([]);
  }
  // Twin: what is loaded on use leads there.
  expect(loaded('usecases/judging/attestation-gate.ts')).toContain('domain/attestation/evaluate-attestation.ts');
});

test('a gate that is given images loads nothing that reads files, base or policies', () => {
  const ofFiles = /^(?:workloads|entries\/verify-files|domain\/(?:yaml|policy)|programs)\//;
  const always = ['programs/run-program.ts'];
  const loaded = (start: string): string[] =>
    [...closureOf([start], ({ typeOnly, onUse }) => !typeOnly && !onUse)].filter(
      (path) => ofFiles.test(path) && !always.includes(path),
    );
  for (const start of [
    'entries/verify/start-verify.ts',
    'entries/gate/publish.ts',
    'usecases/verifying/verify-images.ts',
  ]) {
    expect(loaded(start), start).toEqual([]);
  }
  // Not even on use, but for policies.
  const reached = [...closureOf(['entries/verify/main.ts'], ({ typeOnly }) => !typeOnly)];
  expect(reached.filter((path) => /^(?:workloads|entries\/verify-files)\//.test(path))).toEqual([]);
  // Twin: the gate for files needs them.
  expect(loaded('entries/verify-files/main.ts')).toContain('workloads/read-file.ts');
});

test('a gate without policies loads none of the code that reads, judges and offers them', () => {
  const ofPolicies =
    /^domain\/(?:policy|yaml)\/|\/(?:polic(?:y|ies)|annotated|authority|judged-files|path-glob|committed-folder)[\w-]*\.ts$|^report\/(?:policy-help|admission-policies)\.ts$/;
  const loaded = (start: string): string[] =>
    [...closureOf([start], ({ typeOnly, onUse }) => !typeOnly && !onUse)].filter((path) => ofPolicies.test(path));
  // A few words, for every report.
  const always = ['report/policy-words.ts'];
  for (const start of [
    'entries/verify/start-verify.ts',
    'entries/gate/publish.ts',
    'usecases/verifying/verify-images.ts',
  ]) {
    expect(
      loaded(start).filter((path) => !always.includes(path)),
      start,
    ).toEqual([]);
  }
  // Twin: what is loaded on use leads there.
  expect(loaded('entries/gate/policy-inputs.ts')).toContain('domain/yaml/read-yaml.ts');
  expect(loaded('usecases/judging/policy-gate.ts')).toContain('domain/policy/decide.ts');
});

test.each(['utils', 'helpers', 'common', 'shared', 'types', 'index', 'misc'])(
  'no file or folder is called %s',
  (name) => {
    const named = FILES.filter((file) => file.path.split('/').some((part) => part.replace(/\.ts$/, '') === name));
    expect(named.map((file) => file.path)).toEqual([]);
  },
);

test.each([
  [
    '.',
    SIGN_INPUTS,
    [
      'images',
      'digests',
      'issuer',
      'subject',
      'bundle-paths',
      'attestation-ids',
      'attestation-urls',
      'results',
      'report-path',
    ],
  ],
  [
    'verify',
    VERIFY_INPUTS,
    ['verified', 'verdict', 'reason', 'images', 'issuer', 'subject', 'results', 'report-path', 'attestations-path'],
  ],
  [
    'verify-files',
    VERIFY_FILES_INPUTS,
    [
      'verified',
      'verdict',
      'reason',
      'images',
      'issuer',
      'subject',
      'results',
      'report-path',
      'attestations-path',
      'pinned-files',
    ],
  ],
])(
  '%s/action.yml declares exactly the inputs that are read and the outputs of the contract',
  async (dir, inputs, outputs) => {
    const manifest = await readManifest(join(ROOT, dir));
    expect(Object.keys(manifest.inputs).sort()).toEqual([...inputs].sort());
    expect([...manifest.outputs].sort()).toEqual([...outputs].sort());
    expect(manifest.using).toBe('node24');
  },
);

const IMAGES = { images: `ghcr.io/acme/app@${DIGEST_A}` };
const NO_COMMITS = { read: async () => undefined };

test.each([
  ['.', IMAGES, readSignInputs],
  ['verify', IMAGES, readVerifyInputs],
  ['verify-files', { files: 'Dockerfile' }, (source: InputSource) => readVerifyFilesInputs(source, NO_COMMITS)],
])('the defaults of %s/action.yml are those of the code', async (dir, given, read) => {
  const manifest = await readManifest(join(ROOT, dir));
  const defaults = Object.fromEntries(
    Object.entries(manifest.inputs).map(([name, input]) => [
      name,
      name === 'github-token' ? '' : (input.default ?? ''),
    ]),
  );
  const files = { '/runner/app/Dockerfile': 'FROM ghcr.io/acme/app:1\n' };
  // Identity rules carry a random word that is new each time.
  const plain = async (inputs: Record<string, string>): Promise<string> =>
    JSON.stringify(await read(fakeSource({ inputs, files })), (key, value: unknown) =>
      key === 'randomWord' ? '' : value,
    );
  expect(await plain({ ...defaults, ...given })).toBe(await plain(given));
});

test.each([...ERROR_CODES, ...REFUSAL_REASONS])('docs/troubleshooting.md has a heading for %s', (code) => {
  const headings = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8').match(/^## .*$/gm) ?? [];
  expect(headings.filter((heading) => heading === `## ${code}`)).toHaveLength(1);
});

test('docs/troubleshooting.md has no heading for a code that does not exist', () => {
  const headings = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8').match(/^## .*$/gm) ?? [];
  const codes = new Set<string>([...ERROR_CODES, ...REFUSAL_REASONS].map((code) => `## ${code}`));
  expect(headings.filter((heading) => !codes.has(heading))).toEqual([]);
});

test.each(DOCUMENTS)('the tables of $readme are those of $action', ({ readme, action }) => {
  const text = readFileSync(join(ROOT, readme), 'utf8');
  expect(withTables(text, readFileSync(join(ROOT, action), 'utf8'))).toBe(text);
  expect(text).toMatch(/\| `(?:images|files)` \|/);
});
