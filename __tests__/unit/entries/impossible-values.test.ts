import { describe, expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import { readSignInputs } from '../../../src/entries/sign/inputs.ts';
import { readVerifyInputs } from '../../../src/entries/verify/inputs.ts';
import { DIGEST_A, type FakeSource, fakeSource } from './fake-input-source.ts';

/*
 * Values that cannot be right end in INPUT_INVALID before any call, with the input, the value and the line to write. Values
 * next to them that may be right are accepted.
 */

type Inputs = Readonly<Record<string, string>>;

const PINNED = `ghcr.io/acme/app@${DIGEST_A}`;
const HEX = DIGEST_A.slice(7);
const SHA = '0123456789abcdef0123456789abcdef01234567';
const OURS: Inputs = { images: PINNED, 'source-repository': 'acme/app' };
const GITHUB = 'https://token.actions.githubusercontent.com';
const RELEASE = 'https://github.com/acme/app/.github/workflows/release.yml';
const GITLAB: Inputs = { images: PINNED, 'certificate-oidc-issuer': 'https://gitlab.com' };
const FILE = '.github/workflows/release.yml';
const SIGN = 'acme/ci/.github/workflows/sign.yml';

async function refusal(readInputs: typeof readVerifyInputs | typeof readSignInputs, fake: FakeSource): Promise<string> {
  const error = await readInputs(fakeSource(fake)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CodedError)) throw new Error(`expected a CodedError, got ${String(error)}`);
  expect(error.code).toBe('INPUT_INVALID');
  return `${error.message} ${error.hint ?? ''}`;
}

/** Without the quotation marks that YAML needs around some values. */
const unquoted = (text: string): string => text.replaceAll('"', '');

/** Input, value, the line to write; the values beside it. */
type Wrong = readonly [input: string, value: string, line: string | RegExp, others?: Inputs];

const WRONG: readonly Wrong[] = [
  ['workflow', 'release.yml', `Write \`workflow: ${FILE}\``],
  ['workflow', 'release.yaml', '`workflow: .github/workflows/release.yaml`'],
  ['workflow', 'release', `\`workflow: ${FILE}\` or \`workflow: .github/workflows/release.yaml\``],
  ['workflow', 'Release images', /is not the path of a workflow file/],
  ['workflow', '*.yml', '`workflow: ".github/workflows/*.yml"`'],
  ['workflow', 'workflows/release.yml', `\`workflow: ${FILE}\``],
  ['workflow', '.github/release.yml', `\`workflow: ${FILE}\``],
  ['workflow', '.github/workflow/release.yml', `\`workflow: ${FILE}\``],
  ['workflow', 'github/workflows/release.yml', `\`workflow: ${FILE}\``],
  ['workflow', '.github\\workflows\\release.yml', `\`workflow: ${FILE}\``],
  ['workflow', './.github/workflows/release.yml', `\`workflow: ${FILE}\``],
  ['workflow', '/.github/workflows/release.yml', `\`workflow: ${FILE}\``],
  ['workflow', 'acme/app/.github/workflows/release.yml', `\`workflow: ${FILE}\``],
  ['workflow', `https://github.com/acme/app/blob/main/${FILE}`, `\`workflow: ${FILE}\``],
  ['workflow', '.github/workflows/release', `\`workflow: ${FILE}\``],
  ['workflow', '.github/workflows/', '`workflow: ".github/workflows/*"`'],
  [
    'workflow',
    `${FILE}, .github/workflows/b.yml`,
    `\`workflow: |\` and below it the lines \`${FILE}\`, \`.github/workflows/b.yml\``,
  ],
  ['workflow', `"${FILE}"`, `has quotation marks around it. Write \`workflow: ${FILE}\``],
  ['workflow', `- ${FILE}`, `\`workflow: ${FILE}\``],
  ['workflow', 'release.yml', `\`workflow: ${FILE}\``, { 'certificate-oidc-issuer': 'https://issuer.example' }],

  ['source-ref', 'refs/head/main', 'Write `source-ref: refs/heads/main`'],
  ['source-ref', 'ref/heads/main', '`source-ref: refs/heads/main`'],
  ['source-ref', 'heads/main', '`source-ref: refs/heads/main`'],
  ['source-ref', '/refs/heads/main', '`source-ref: refs/heads/main`'],
  ['source-ref', 'refs//heads/main', '`source-ref: refs/heads/main`'],
  ['source-ref', 'Refs/Heads/main', '`source-ref: refs/heads/main`'],
  ['source-ref', 'tags/v1', '`source-ref: refs/tags/v1`'],
  ['source-ref', 'refs/tag/v1', '`source-ref: refs/tags/v1`'],
  ['source-ref', 'refs/hads/main', '`source-ref: refs/heads/main`'],
  ['source-ref', 'refs/branches/main', '`source-ref: refs/heads/main`'],
  ['source-ref', 'refs/pulls/7/merge', '`source-ref: refs/pull/7/merge`'],
  ['source-ref', 'refs/remotes/origin/main', '`source-ref: refs/heads/main`'],
  ['source-ref', 'refs/main', '`source-ref: refs/heads/main` or `source-ref: refs/tags/main`'],
  ['source-ref', 'refs/heads', '`source-ref: "refs/heads/**"`'],
  ['source-ref', 'refs/heads/', '`source-ref: "refs/heads/**"`'],
  ['source-ref', 'refs/heads/main/', '`source-ref: refs/heads/main`'],
  ['source-ref', 'main', 'write refs/heads/main for a branch, refs/tags/main for a tag'],
  ['source-ref', 'origin/main', 'write refs/heads/main for a branch'],
  ['source-ref', 'v*', 'write refs/heads/v* for a branch, refs/tags/v* for a tag'],
  ['source-ref', '*', '`source-ref: "**"`'],
  ['source-ref', '*/main', '`source-ref: "**/main"`'],
  ['source-ref', 'refs/*', '`source-ref: "refs/**"`'],
  ['source-ref', 'refs/tags/v[0-9]*', 'globs know * and ** only'],
  ['source-ref', SHA, `\`claims: "source-repository-digest=${SHA}"\``],
  ['source-ref', SHA.slice(0, 7), 'is a commit'],
  [
    'source-ref',
    'refs/heads/main,refs/tags/v1',
    '`source-ref: |` and below it the lines `refs/heads/main`, `refs/tags/v1`',
  ],
  ['source-ref', "'refs/heads/main'", '`source-ref: refs/heads/main`'],
  [
    'source-ref',
    'refs/heads/main\u200b',
    'contains the invisible character U+200B. Write `source-ref: refs/heads/main`',
  ],

  ['certificate-oidc-issuer', 'token.actions.githubusercontent.com', `\`certificate-oidc-issuer: ${GITHUB}\``],
  ['certificate-oidc-issuer', `${GITHUB}/`, `\`certificate-oidc-issuer: ${GITHUB}\``],
  ['certificate-oidc-issuer', `http${GITHUB.slice(5)}`, `\`certificate-oidc-issuer: ${GITHUB}\``],
  ['certificate-oidc-issuer', 'https://Token.actions.githubusercontent.com', `\`certificate-oidc-issuer: ${GITHUB}\``],
  ['certificate-oidc-issuer', 'https://token.action.githubusercontent.com', `\`certificate-oidc-issuer: ${GITHUB}\``],
  ['certificate-oidc-issuer', `${GITHUB}/.well-known/openid-configuration`, `\`certificate-oidc-issuer: ${GITHUB}\``],
  ['certificate-oidc-issuer', 'github', `\`certificate-oidc-issuer: ${GITHUB}\``],
  ['certificate-oidc-issuer', 'https://github.com', `\`certificate-oidc-issuer: ${GITHUB}\` or`],
  ['certificate-oidc-issuer', 'gitlab.com', '`certificate-oidc-issuer: https://gitlab.com`'],
  ['certificate-oidc-issuer', 'https://issuer.example/', '`certificate-oidc-issuer: https://issuer.example`'],
  [
    'certificate-oidc-issuer',
    'https://ghes.example/_services/token/',
    '`certificate-oidc-issuer: https://ghes.example/_services/token`',
  ],
  ['certificate-oidc-issuer', 'issuer.example', '`certificate-oidc-issuer: https://issuer.example`'],
  ['certificate-oidc-issuer', 'https://*.example', '`certificate-oidc-issuer-regexp: "https://.*\\\\.example"`'],
  ['certificate-oidc-issuer', `"${GITHUB}"`, `\`certificate-oidc-issuer: ${GITHUB}\``],
  ['certificate-oidc-issuer', `${GITHUB}\u00a0x`, 'invisible character U+00A0'],
  ['certificate-oidc-issuer', `${GITHUB}, https://gitlab.com`, 'write one value per line'],

  [
    'certificate-identity',
    'https://github.com/acme/*',
    '`certificate-identity-regexp: "https://github\\\\.com/acme/.*"`',
  ],
  ['certificate-identity', `^${RELEASE}@.*$`, 'belongs into certificate-identity-regexp'],
  ['certificate-identity', 'https://github\\.com/acme/app/x', 'belongs into certificate-identity-regexp'],
  ['certificate-identity', 'https://github.com/acme/app', '`source-repository: acme/app`'],
  ['certificate-identity', RELEASE, `\`certificate-identity: ${RELEASE}@refs/heads/main\``],
  [
    'certificate-identity',
    `${RELEASE}@main`,
    `\`certificate-identity: ${RELEASE}@refs/tags/main\` or \`certificate-identity: ${RELEASE}@refs/heads/main\``,
  ],
  ['certificate-identity', `${RELEASE}@${SHA.toUpperCase()}`, `\`certificate-identity: ${RELEASE}@${SHA}\``],
  [
    'certificate-identity',
    `${RELEASE.slice(8)}@refs/heads/main`,
    `\`certificate-identity: ${RELEASE}@refs/heads/main\``,
  ],
  ['certificate-identity', `"${RELEASE}@refs/heads/main"`, `\`certificate-identity: ${RELEASE}@refs/heads/main\``],
  ['certificate-identity', `${RELEASE}@refs/heads/main, ${RELEASE}@refs/tags/v1`, 'write one value per line'],
  ['certificate-identity', 'jane@example.com,joe@example.com', 'the lines `jane@example.com`, `joe@example.com`'],
  ['certificate-identity-regexp', 'https://github.com/acme/*', 'is a glob'],
  ['certificate-identity-regexp', '/https:\\/\\/github\\.com\\/acme\\/.*/', 'slashes of another language'],
  ['certificate-identity-regexp', `"^https://github\\.com/acme/.*"`, 'has quotation marks around it'],
  ['certificate-identity-regexp', 'https://github\\.com/acme/app$/.*', 'matches nothing'],
  ['certificate-identity-regexp', 'x^https://github\\.com/acme/.*', 'matches nothing'],

  ['signer-workflow', 'acme/ci/sign.yml@refs/tags/v3', `\`signer-workflow: ${SIGN}@refs/tags/v3\``],
  ['signer-workflow', 'acme/ci/.github/sign.yml', `\`signer-workflow: ${SIGN}\``],
  ['signer-workflow', `${SIGN} refs/tags/v3`, `\`signer-workflow: ${SIGN}@refs/tags/v3\``],
  ['signer-workflow', `${SIGN}:refs/tags/v3`, `\`signer-workflow: ${SIGN}@refs/tags/v3\``],
  ['signer-workflow', `${SIGN}@v3`, `write ${SIGN}@refs/tags/v3 or ${SIGN}@refs/heads/v3`],
  ['signer-workflow', `${SIGN}@refs/tag/v3`, `\`signer-workflow: ${SIGN}@refs/tags/v3\``],
  ['signer-workflow', `${SIGN}@tags/v3`, `\`signer-workflow: ${SIGN}@refs/tags/v3\``],
  ['signer-workflow', `${SIGN}@${SHA.slice(0, 7)}`, 'has a short commit'],
  ['signer-workflow', `${SIGN}@${SHA.toUpperCase()}`, `\`signer-workflow: ${SIGN}@${SHA}\``],
  ['signer-workflow', './.github/workflows/sign.yml', 'owner/name/path'],
  [
    'signer-workflow',
    'https://github.com/acme/ci/blob/main/.github/workflows/sign.yml',
    `\`signer-workflow: ${SIGN}\``,
  ],
  ['signer-workflow', `${SIGN},${SIGN}@refs/tags/v3`, 'write one value per line'],

  ['source-repository', 'https://github.com/acme/app/tree/main', '`source-repository: https://github.com/acme/app`'],
  ['source-repository', 'https://github.com/acme/app?tab=readme', '`source-repository: https://github.com/acme/app`'],
  ['source-repository', 'acme/app@main', '`source-repository: acme/app` and `source-ref: refs/heads/main`'],
  [
    'source-repository',
    'acme/app/.github/workflows/release.yml',
    `\`source-repository: acme/app\` and \`workflow: ${FILE}\``,
  ],
  ['source-repository', 'acme/app, acme/other', 'the lines `acme/app`, `acme/other`'],
  ['source-repository', 'acme', '`claims: "source-repository-owner-uri=https://github.com/acme"`'],
  ['source-repository', 'acme/*', '`claims: "source-repository-owner-uri=https://github.com/acme"`'],
  ['source-repository', '"acme/app"', '`source-repository: acme/app`'],
  ['source-repository', 'acme/app\u200b', '`source-repository: acme/app`'],
  ['source-repository', 'acme/\u00adapp', '`source-repository: acme/app`'],
  [
    'source-repository',
    'gitlab.com/acme/app',
    '`source-repository: https://gitlab.com/acme/app` and `certificate-oidc-issuer: https://gitlab.com`',
  ],
  ['source-repository', 'git@git.example:acme/app.git', '`source-repository: https://git.example/acme/app`'],
  ['source-repository', 'acme/..', 'is not owner/name'],

  [
    'claims',
    'source_repository_uri=https://github.com/acme/app',
    '`claims: "source-repository-uri=https://github.com/acme/app"`',
  ],
  ['claims', 'sourceRepositoryURI=https://github.com/acme/app', 'did you mean source-repository-uri?'],
  ['claims', 'source-repositry-uri=https://github.com/acme/app', 'did you mean source-repository-uri?'],
  ['claims', 'runner-enviroment=github-hosted', '`claims: "runner-environment=github-hosted"`'],
  ['claims', '1.3.6.1.4.1.57264.1.11=github-hosted', '`claims: "runner-environment=github-hosted"`'],
  ['claims', 'repository=acme/app', '`claims: "source-repository-uri=https://github.com/acme/app"`'],
  ['claims', 'repository_owner_id=7', '`claims: "source-repository-owner-identifier=7"`'],
  ['claims', 'event_name=push', '`claims: "build-trigger=push"`'],
  ['claims', 'certificate-github-workflow-trigger=push', '`claims: "github-workflow-trigger=push"`'],
  ['claims', 'runner-environment: github-hosted', '`claims: "runner-environment=github-hosted"`'],
  [
    'claims',
    'runner-environment=github-hosted,build-trigger=push',
    'the lines `runner-environment=github-hosted`, `build-trigger=push`',
  ],
  ['claims', 'runner-environment="github-hosted"', '`claims: "runner-environment=github-hosted"`'],
  ['claims', 'runner-environment=github_hosted', '`claims: "runner-environment=github-hosted"`'],
  [
    'claims',
    'source-repository-visibility-at-signing=Public',
    '`claims: "source-repository-visibility-at-signing=public"`',
  ],
  ['claims', 'source-repository-identifier=acme/app', '`claims: "source-repository-uri=https://github.com/acme/app"`'],
  ['claims', `source-repository-digest=${SHA.toUpperCase()}`, `\`claims: "source-repository-digest=${SHA}"\``],
  ['claims', `source-repository-digest=${SHA.slice(0, 7)}`, 'is not a commit of 40 lower-case hex digits'],
  ['claims', 'source-repository-ref=main', '`claims: "source-repository-ref=refs/heads/main"` or'],
  ['claims', 'source-repository-ref=refs/tags/v*', '`source-ref: "refs/tags/v*"`'],
  ['claims', 'source-repository-uri=acme/app', '`claims: "source-repository-uri=https://github.com/acme/app"`'],
  [
    'claims',
    'source-repository-uri=github.com/acme/app',
    '`claims: "source-repository-uri=https://github.com/acme/app"`',
  ],
  [
    'claims',
    'source-repository-uri=https://github.com/acme/app/',
    '`claims: "source-repository-uri=https://github.com/acme/app"`',
  ],
  [
    'claims',
    'source-repository-uri=https://github.com/acme/app.git',
    '`claims: "source-repository-uri=https://github.com/acme/app"`',
  ],
  ['claims', 'source-repository-owner-uri=acme', '`claims: "source-repository-owner-uri=https://github.com/acme"`'],
  ['claims', 'issuer=token.actions.githubusercontent.com', `\`claims: "issuer=${GITHUB}"\``],
  ['claims', 'nonsense=1', '"nonsense" is not a claim; the claims are'],

  ['annotations', 'commit: abc', '`annotations: "commit=abc"`'],
  ['annotations', 'url: https://a.example/?x=1', 'is not key=value'],
  ['annotations', 'commit:abc', '`annotations: "commit=abc"`'],

  ['max-age', '30', '`max-age: "30s"` or `max-age: "30m"` or `max-age: "30h"` or `max-age: "30d"`'],
  ['max-age', '30 days', '`max-age: "30d"`'],
  ['max-age', '5M', 'such as `30d`'],
  ['wait-for', '30 s', '`wait-for: "30s"`'],
  ['wait-for', '5min', '`wait-for: "5m"`'],
  ['wait-for', '1h30m', '`wait-for: "90m"`'],
  ['timeout', '15', '`timeout: "15s"` or'],
  ['offline', 'yes', '`offline: "true"`'],
  ['recursive', 'on', '`recursive: "true"`'],
  ['mode', 'Warn', 'Write one of enforce, warn. Write `mode: "warn"`'],
  ['format', 'bundel', '`format: "bundle"`'],
];

describe('the gate', () => {
  test.each<Wrong>([...WRONG])('refuses %s: %j', async (...row) => {
    const [input, value, line, others = {}] = row as unknown as Wrong;
    const text = await refusal(readVerifyInputs, { inputs: { ...OURS, ...others, [input]: value } });
    expect(text).toContain(`input ${input}: `);
    if (line instanceof RegExp) expect(text).toMatch(line);
    else expect(unquoted(text)).toContain(unquoted(line));
  });

  test('never writes a login of a URL into a message', async () => {
    for (const host of ['github.com', 'git.example']) {
      const value = `https://jane:hunter2@${host}/acme/app`;
      const text = await refusal(readVerifyInputs, { inputs: { ...OURS, 'source-repository': value } });
      expect(text).toContain('contains a login');
      expect(text).not.toContain('hunter2');
      expect(text).toContain(`Write \`source-repository: https://${host}/acme/app\``);
    }
  });

  test.each<[string, Inputs]>([
    ['a workflow in a folder of its own', { workflow: 'ci/required.yml' }],
    ['a workflow of GitHub itself', { workflow: 'dynamic/github-code-scanning/codeql' }],
    ['any workflow', { workflow: '**' }],
    ['a glob of folders', { workflow: '**/release.yml' }],
    ['a workflow with @ in its name', { workflow: '.github/workflows/ci@2.yml' }],
    [
      'a workflow of Forgejo',
      { workflow: '.forgejo/workflows/release.yml', 'certificate-oidc-issuer': 'https://git.example' },
    ],
    ["GitLab's file", { workflow: '.gitlab-ci.yml', 'certificate-oidc-issuer': 'https://gitlab.com' }],
    ['a GitLab file at the top', { workflow: 'ci.yml', 'certificate-oidc-issuer': 'https://gitlab.com' }],
    ['another dot file', { workflow: '.drone.yml', 'certificate-oidc-issuer': 'https://ci.example' }],
    ['a branch with a comma', { 'source-ref': 'refs/heads/a,b' }],
    ['a branch like a namespace', { 'source-ref': 'refs/heads/heads/main' }],
    ['a branch of hex digits', { 'source-ref': 'refs/heads/0123456' }],
    ['any branch', { 'source-ref': 'refs/heads/**' }],
    ['any ref', { 'source-ref': '**' }],
    ['a glob for the namespace', { 'source-ref': 'refs/*/main' }],
    ['a glob that starts with a star', { 'source-ref': '**/main' }],
    ['an emoji with a joiner', { 'source-ref': 'refs/heads/\u{1f469}\u200d\u{1f4bb}' }],
    ["Codefresh's ref", { 'source-ref': 'main', 'certificate-oidc-issuer': 'https://oidc.codefresh.io' }],
    [
      'a folder of another system',
      { workflow: '.gitlab/workflows/a.yml', 'certificate-oidc-issuer': 'https://git.example' },
    ],
    [
      'refs like tags of another system',
      { 'source-ref': 'refs/tasks/1/2', 'certificate-oidc-issuer': 'https://ci.example' },
    ],
    ['refs of another system', { 'source-ref': 'refs/changes/01/1', 'certificate-oidc-issuer': 'https://ci.example' }],
    ["an enterprise's issuer", { 'certificate-oidc-issuer': `${GITHUB}/acme` }],
    ["CircleCI's issuer", { 'certificate-oidc-issuer': 'https://oidc.circleci.com/org/3f0a' }],
    ['an issuer on loopback', { 'certificate-oidc-issuer': 'http://127.0.0.1:8000' }],
    ["people's issuer at GitHub", { 'certificate-oidc-issuer': 'https://github.com/login/oauth' }],
    ['an issuer that resembles a short one', { 'certificate-oidc-issuer': 'https://gitlab.org' }],
    ['a subject elsewhere', { 'certificate-identity': 'https://ci.example/acme/app' }],
    ['another address on this server', { 'certificate-identity': 'https://github.com/acme/app/x' }],
    ['an e-mail address', { 'certificate-identity': 'jane+ci@example.com' }],
    ['a subject with a comma', { 'certificate-identity': 'https://ci.example/a,b' }],
    ['a subject with a dollar', { 'certificate-identity': `${RELEASE}@refs/heads/a$b` }],
    ['a pattern without ^', { 'certificate-identity-regexp': 'https://github.com/acme/.*' }],
    ['a pattern with anchors', { 'certificate-identity-regexp': '^https://github\\.com/acme/.*$' }],
    [
      'a pattern with alternatives',
      { 'certificate-identity-regexp': '^https://github\\.com/acme/.*$|^https://github\\.com/other/.*$' },
    ],
    ['a pattern with an optional slash', { 'certificate-identity-regexp': 'https://github\\.com/acme/app/*x' }],
    ['a signer on any ref', { 'signer-workflow': SIGN }],
    ['a signer whose file contains @', { 'signer-workflow': 'acme/ci/.github/workflows/ci@2.yml' }],
    ['the same at a tag', { 'signer-workflow': 'acme/ci/.github/workflows/ci@2.yml@refs/tags/v3' }],
    ['a signer at a commit', { 'signer-workflow': `${SIGN}@${SHA}` }],
    ['a signer by its URL without a scheme', { 'signer-workflow': `github.com/${SIGN}@refs/tags/v*` }],
    ['a workflow name with quotes', { claims: 'github-workflow-name="Release"' }],
    ['an environment with a comma', { claims: 'deployment-environment=a,b=c' }],
    ['a trigger of another system', { claims: 'build-trigger=webhook' }],
    ['a kind of runner that is new', { claims: 'runner-environment=partner-operated' }],
    [
      'a ref of Codefresh as a claim',
      { claims: 'source-repository-ref=main', 'certificate-oidc-issuer': 'https://oidc.codefresh.io' },
    ],
    [
      'a repository of CircleCI as a claim',
      {
        claims: 'source-repository-uri=github.com/acme/app',
        'certificate-oidc-issuer': 'https://oidc.circleci.com/org/3f0a',
      },
    ],
    ['an annotation with a colon in its key', { annotations: 'org.example:commit=abc' }],
    ['an annotation with a comma and a quote', { annotations: 'note="a=1,b: 2"' }],
    ['a boolean in capitals', { recursive: 'True' }],
  ])('accepts %s', async (_what, inputs) => {
    const { identity } = await readVerifyInputs(fakeSource({ inputs: { ...OURS, ...inputs } }));
    expect(identity.kind).toBe('requirement');
  });

  test.each<[string, string, Inputs, string]>([
    ['github.com/acme/app', 'https://github.com/acme/app', {}, 'https://github.com'],
    ['https://github.com/acme/app.git', 'https://github.com/acme/app', {}, 'https://github.com'],
    ['https://github.com/acme/app/', 'https://github.com/acme/app', {}, 'https://github.com'],
    ['http://github.com/acme/app', 'https://github.com/acme/app', {}, 'https://github.com'],
    ['git@github.com:acme/app.git', 'https://github.com/acme/app', {}, 'https://github.com'],
    ['ssh://git@github.com/acme/app.git', 'https://github.com/acme/app', {}, 'https://github.com'],
    ['ssh://git@ssh.github.com:443/acme/app.git', 'https://github.com/acme/app', {}, 'https://github.com'],
    ['git+https://github.com/acme/app.git', 'https://github.com/acme/app', {}, 'https://github.com'],
    ['git://github.com/acme/app.git', 'https://github.com/acme/app', {}, 'https://github.com'],
    ['https://GitHub.com/acme/app', 'https://github.com/acme/app', {}, 'https://github.com'],
    ['www.github.com/acme/app', 'https://github.com/acme/app', {}, 'https://github.com'],
    ['acme/app', 'https://ghes.example/acme/app', {}, 'https://ghes.example'],
    ['ghes.example/acme/app', 'https://ghes.example/acme/app', {}, 'https://ghes.example'],
    ['git@ghes.example:acme/app.git', 'https://ghes.example/acme/app', {}, 'https://ghes.example'],
    ['ssh://git@ghes.example:2222/acme/app', 'https://ghes.example:8443/acme/app', {}, 'https://ghes.example:8443'],
    ['ghes.example:8443/acme/app', 'https://ghes.example:8443/acme/app', {}, 'https://ghes.example:8443'],
    ['github.com/acme/app', 'https://github.com/acme/app', {}, 'https://ghes.example'],
    [
      'ghes.example/acme/app',
      'https://ghes.example/acme/app',
      { 'certificate-oidc-issuer': 'https://ghes.example/_services/token' },
      'https://github.com',
    ],
    [
      'acme.ghe.com/acme/app',
      'https://acme.ghe.com/acme/app',
      { 'certificate-oidc-issuer': 'https://token.actions.acme.ghe.com' },
      'https://github.com',
    ],
    ['git@gitlab.com:acme/group/app.git', 'https://gitlab.com/acme/group/app', GITLAB, 'https://github.com'],
    ['gitlab.com/acme/group/app', 'https://gitlab.com/acme/group/app', GITLAB, 'https://github.com'],
    [
      'github.com/acme/app',
      'github.com/acme/app',
      { 'certificate-oidc-issuer': 'https://oidc.circleci.com/org/3f0a' },
      'https://github.com',
    ],
    ['https://git.example/acme/app', 'https://git.example/acme/app', {}, 'https://github.com'],
  ])('reads the source-repository %s as %s', async (value, uri, others, serverUrl) => {
    const env = { GITHUB_SERVER_URL: serverUrl };
    const { identity } = await readVerifyInputs(
      fakeSource({ env, inputs: { ...OURS, ...others, 'source-repository': value } }),
    );
    expect(identity).toMatchObject({ requirement: { sourceRepositories: [uri] } });
  });
});

describe('signing', () => {
  test.each<Wrong>([
    ['images', DIGEST_A, 'it is a digest without the name of its image'],
    ['images', `@${DIGEST_A}`, 'it is a digest without the name of its image'],
    ['images', HEX, '64 hex digits are an image ID'],
    ['images', `https://${PINNED}`, `\`images: ${PINNED}\``],
    ['images', `docker://${PINNED}`, `\`images: ${PINNED}\``],
    ['images', `oci://${PINNED}`, `\`images: ${PINNED}\``],
    ['images', 'https://hub.docker.com/r/acme/app', '`images: docker.io/acme/app`'],
    ['images', 'https://github.com/acme/app', 'Write registry/repository'],
    ['images', `quay.io/Acme/App@${DIGEST_A}`, `\`images: quay.io/acme/app@${DIGEST_A}\``],
    ['images', `Acme/app@${DIGEST_A}`, `\`images: acme/app@${DIGEST_A}\``],
    ['images', `ghcr.io/acme/app@${HEX}`, `\`images: ${PINNED}\``],
    ['images', `ghcr.io/acme/app:${DIGEST_A}`, `\`images: ${PINNED}\``],
    ['images', `ghcr.io/acme/app@SHA256:${HEX.toUpperCase()}`, 'write sha256: and 64 lower-case hex digits after @'],
    ['images', `ghcr.io/acme/app@sha256:${HEX.toUpperCase()}`, `\`images: ${PINNED}\``],
    ['images', 'ghcr.io/acme/app@1.2', '`images: ghcr.io/acme/app:1.2`'],
    ['images', `ghcr.io\\acme\\app@${DIGEST_A}`, `\`images: ${PINNED}\``],
    ['images', `ghcr.io/acme/app/@${DIGEST_A}`, 'is not an image reference'],
    ['images', 'ghcr.io/acme/app/', '`images: ghcr.io/acme/app`'],
    ['images', `'${PINNED}'`, `has quotation marks around it. Write \`images: ${PINNED}\``],
    ['images', `- ${PINNED}`, `starts with a dash, as in a list of YAML. Write \`images: ${PINNED}\``],
    ['images', `${PINNED} ${PINNED}`, 'it contains a space; write one image per line'],
    [
      'images',
      `ghcr.io/acme/\u200bapp@${DIGEST_A}`,
      `it contains the invisible character U+200B. Write \`images: ${PINNED}\``,
    ],
    ['images', `ghcr.io/acme/\u00a0app@${DIGEST_A}`, 'U+00A0'],
    ['images', 'from_runner', '`images: from-runner`'],
    ['digest', HEX, `Write \`digest: "${DIGEST_A}"\``, { images: 'ghcr.io/acme/app' }],
    ['digest', DIGEST_A.toUpperCase(), `Write \`digest: "${DIGEST_A}"\``, { images: 'ghcr.io/acme/app' }],
    ['digest', `"${DIGEST_A}"`, `Write \`digest: "${DIGEST_A}"\``, { images: 'ghcr.io/acme/app' }],
    ['digest', PINNED, `Write \`digest: "${DIGEST_A}"\``, { images: 'ghcr.io/acme/app' }],
    ['digest', 'sha256:abc', 'is not a digest', { images: 'ghcr.io/acme/app' }],
    ['annotations', 'commit: abc', '`annotations: "commit=abc"`'],
    ['annotations', 'url: https://a.example/?x=1', 'does not have the form key=value'],
    ['retry-for', '5 minutes', '`retry-for: "5m"`'],
    ['retry-for', '1.5h', '`retry-for: "90m"`'],
    ['upload', 'no', '`upload: "false"`'],
    ['if-signed', 'Skip', '`if-signed: "skip"`'],
    ['registry', 'https://ghcr.io/', '`registry: "ghcr.io"`', { 'registry-username': 'u', 'registry-password': 'p' }],
    ['registry', 'ghcr.io/acme', '`registry: "ghcr.io"`', { 'registry-username': 'u', 'registry-password': 'p' }],
    ['token-hosts', 'https://auth.example/token', '`token-hosts: "auth.example"`'],
    ['insecure-registries', 'http://registry.example:5000', '`insecure-registries: "registry.example:5000"`'],
    ['tuf-mirror', 'tuf.example.com', '`tuf-mirror: https://tuf.example.com`'],
  ])('refuses %s: %j', async (...row) => {
    const [input, value, line, others = {}] = row as unknown as Wrong;
    const text = await refusal(readSignInputs, { inputs: { images: PINNED, ...others, [input]: value } });
    expect(text).toContain(`input ${input}: `);
    expect(text).toContain(line);
  });

  test.each<[string, Inputs]>([
    ['a byte order mark and a non-breaking space around an image', { images: `\ufeff${PINNED}\u00a0\r\n` }],
    ['Windows line ends', { images: `${PINNED}\r\nacme/x@${DIGEST_A}\r\n` }],
    ['an image whose name starts like a digest', { images: `sha256/app@${DIGEST_A}` }],
    ['an image called sha256', { images: `ghcr.io/sha256:abc@${DIGEST_A}` }],
    ['spaces around a digest', { images: 'ghcr.io/acme/app', digest: ` ${DIGEST_A}\n` }],
    ['an annotation with a colon', { images: PINNED, annotations: 'a:b=c' }],
  ])('accepts %s', async (_what, inputs) => {
    expect((await readSignInputs(fakeSource({ inputs }))).images.length).toBeGreaterThan(0);
  });
});
