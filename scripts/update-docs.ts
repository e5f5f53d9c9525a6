import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';
import { workflowClaims } from '../sandbox/github/claims.ts';
import { workflowPrincipal } from '../sandbox/sigstore/fulcio-extensions.ts';
import { CLAIM_NAMES, type ClaimName, type ClaimNumber } from '../src/domain/signature/claims.ts';
import { SETTINGS, variableOf } from '../src/entries/webhook/settings-table.ts';
import { markdownTable } from './common/markdown-table.ts';

/**
 * Writes the tables of the READMEs: inputs and outputs from action.yml, claims and the webhook's settings from the code. A
 * test compares them.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A README with the action whose tables it holds. */
export const DOCUMENTS = [
  { readme: 'README.md', action: 'action.yml' },
  { readme: 'verify/README.md', action: 'verify/action.yml' },
  { readme: 'verify-files/README.md', action: 'verify-files/action.yml' },
  { readme: 'audit/README.md', action: 'audit/action.yml' },
] as const;

interface Entry {
  readonly description?: string;
  readonly default?: string;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The groups of inputs in the order of the README, the same for every action. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'Common inputs': words(`
    images digest metadata files changed-only pin baseline format recursive annotations if-signed dry-run
    certificate-identity certificate-identity-regexp certificate-oidc-issuer certificate-oidc-issuer-regexp
    source-repository workflow source-ref signer-workflow claims max-age allow-any-identity policy no-match-policy
    mode wait-for timeout`),
  'Inputs for attestations': words(`
    attestations require-signature provenance sbom-path predicate-type predicate predicate-path attest-only
    github-attestations`),
  'Inputs for files and reports': words(`
    base-files image-paths build-args allow-empty upload allow-tags bundle-directory check-name status-name report
    summary`),
  'Inputs for trust': words('instance signing-config trusted-root tuf-mirror tuf-root offline'),
  'Inputs for the network': words(`
    registry registry-username registry-password github-token token-hosts insecure-registries ca-certificates
    client-certificate client-key retry-for concurrency signature-repository`),
};

/** The README with the text between its markers replaced by the tables of the action, and of the claims if it has them. */
export function withTables(readme: string, actionYaml: string): string {
  const action = parseYaml(actionYaml) as {
    readonly inputs: Readonly<Record<string, Entry>>;
    readonly outputs: Readonly<Record<string, Entry>>;
  };
  const outputs = Object.entries(action.outputs).map(([name, { description = '' }]) => [`\`${name}\``, description]);
  const withInputs = replaceBetween(readme, 'inputs', inputTables(action.inputs));
  const withOutputs = replaceBetween(withInputs, 'outputs', markdownTable(['Output', 'Meaning'], outputs));
  return withOutputs.includes('<!-- claims:begin -->')
    ? replaceBetween(withOutputs, 'claims', claimTable())
    : withOutputs;
}

function inputTables(inputs: Readonly<Record<string, Entry>>): readonly string[] {
  const grouped = new Set(Object.values(GROUPS).flat());
  const missing = Object.keys(inputs).filter((name) => !grouped.has(name));
  if (missing.length > 0) throw new Error(`no group of inputs has ${missing.join(', ')}`);
  return Object.entries(GROUPS).flatMap(([title, names]) => {
    const rows = Object.entries(inputs).flatMap(([name, { description = '', default: fallback }]) =>
      names.includes(name) ? [[`\`${name}\``, description, fallback === undefined ? '' : `\`${fallback}\``]] : [],
    );
    return rows.length === 0 ? [] : ['', `### ${title}`, '', ...markdownTable(['Input', 'Meaning', 'Default'], rows)];
  });
}

/** What each claim says, in the words of the Fulcio specification (docs/oid-info.md) made shorter. */
const CLAIM_MEANINGS: Readonly<Record<ClaimName, string>> = {
  issuer: 'who vouched for the signer',
  'build-signer-uri': 'the workflow that held the key: the called one of a reusable workflow',
  'build-signer-digest': 'the commit of that workflow',
  'runner-environment': 'the kind of machine',
  'source-repository-uri': 'the repository whose workflow ran',
  'source-repository-digest': 'its commit',
  'source-repository-ref': 'its branch or tag',
  'source-repository-identifier': 'its number, which a rename does not change',
  'source-repository-owner-uri': 'its owner',
  'source-repository-owner-identifier': "the owner's number",
  'build-config-uri': 'the top-level workflow file',
  'build-config-digest': 'the commit of that file',
  'build-trigger': 'the event',
  'run-invocation-uri': 'the run',
  'source-repository-visibility-at-signing': 'whether the repository was public',
  'deployment-environment': 'the environment of the job; absent if it has none',
  'token-subject': 'the subject of the id-token; do not rely on its form',
  'issuer-deprecated': 'as `issuer`; old certificates have only this one',
  'github-workflow-trigger': 'as `build-trigger`; old certificates have only this one',
  'github-workflow-sha': 'as `source-repository-digest`; old certificates have only this one',
  'github-workflow-name': 'the display name of the workflow, which anybody may give to any workflow',
  'github-workflow-repository': 'the repository without its host',
  'github-workflow-ref': 'as `source-repository-ref`; old certificates have only this one',
};

/** The claims of a certificate, current ones first, with those that a job of acme/app has. */
function claimTable(): readonly string[] {
  const run = { repository: 'acme/app', environment: 'production' };
  const claims = { ...workflowClaims(run), iss: 'https://token.actions.githubusercontent.com' };
  const { extensions } = workflowPrincipal(claims, 'https://github.com');
  const numbers = Object.keys(CLAIM_NAMES).map((number) => Number(number) as ClaimNumber);
  const rows = [...numbers.filter((number) => number >= 8), ...numbers.filter((number) => number < 8)].map((number) => {
    const name = CLAIM_NAMES[number];
    return [`\`${name}\``, CLAIM_MEANINGS[name], `\`${extensions[number]}\``];
  });
  return markdownTable(['Claim', 'What it says', 'Example'], rows);
}

/** The page of the webhook's settings with their table. */
export function withSettings(page: string): string {
  const rows = SETTINGS.map(({ name, meaning, absent }) => [
    `\`${variableOf(name)}\``,
    meaning,
    absent === undefined ? '' : `\`${absent}\``,
  ]);
  return replaceBetween(page, 'settings', markdownTable(['Variable', 'Meaning', 'Default'], rows));
}

function replaceBetween(text: string, name: string, lines: readonly string[]): string {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the markers ${begin} and ${end} are missing`);
  return `${text.slice(0, from + begin.length)}\n${lines.join('\n')}\n${text.slice(to)}`;
}

async function main(): Promise<void> {
  const settings = join(ROOT, 'docs/webhook-settings.md');
  await writeFile(settings, withSettings(await readFile(settings, 'utf8')));
  for (const { readme, action } of DOCUMENTS) {
    const path = join(ROOT, readme);
    const before = await readFile(path, 'utf8');
    const after = withTables(before, await readFile(join(ROOT, action), 'utf8'));
    if (after === before) continue;
    await writeFile(path, after);
    console.log(`updated ${readme}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
