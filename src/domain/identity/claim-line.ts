import { CLAIM_NAMES, type ClaimName, FULCIO_ARC, isClaimName } from '../signature/claims.ts';
import { splitKeyValue } from '../text/key-value.ts';
import { nearName } from '../text/near-name.ts';
import { quoted } from '../text/quoted.ts';
import { JUDGED_MAX_CHARS } from '../text/text-fault.ts';
import { CorrectedValueError, EmptyValueError, ListedValuesError, ValueError } from '../text/value-error.ts';
import { issuerKind, parseIssuer, serverOfIssuer } from './known-issuers.ts';

const INPUT = 'claims';
const NAMES: readonly ClaimName[] = Object.values(CLAIM_NAMES);

/** Where a line is read. */
export interface ClaimContext {
  /** The one issuer that is compared exactly; undefined if there is none or several. */
  readonly issuer: string | undefined;
  /** `GITHUB_SERVER_URL` without a trailing slash. */
  readonly serverUrl: string;
}

/**
 * Parses one `name=value` line. Throws ValueError for an unknown name, an empty value, and a value that the claim never has
 * in certificates of this issuer.
 */
export function parseClaimLine(
  line: string,
  context: ClaimContext,
): { readonly name: ClaimName; readonly value: string } {
  const pair = splitKeyValue(line);
  if (pair === undefined) {
    const [, key = '', value = ''] = /^([^:]+):\s*(.+)$/.exec(line) ?? [];
    const name = key === '' ? undefined : meantName(key);
    if (name === undefined) throw new ValueError(`${quoted(line)} is not name=value`);
    throw corrected(`${quoted(line)} is not name=value`, [`${name}=${value}`]);
  }
  const { key: name, value } = pair;
  if (!isClaimName(name)) {
    const meant = meantName(name);
    const guess = meant === undefined ? ';' : `; did you mean ${meant}?`;
    const what = `${quoted(name)} is not a claim${guess} the claims are: ${NAMES.join(', ')}`;
    if (meant === undefined) throw new ValueError(what);
    throw corrected(what, [`${meant}=${claimed(meant, value, context)}`]);
  }
  if (value === '') throw new EmptyValueError(name);
  if (line.length > JUDGED_MAX_CHARS) return { name, value };
  refuseList(line, value);
  refuseWrongValue(name, value, context);
  return { name, value };
}

function refuseList(line: string, value: string): void {
  const [, next] = /,\s*([a-z-]+)=/.exec(value) ?? [];
  if (next === undefined || !isClaimName(next)) return;
  const parts = line.split(/,\s*(?=[a-z-]+=)/);
  throw new ListedValuesError(line, INPUT, parts);
}

/** The names of the same facts in the tokens of GitHub, and in the options of cosign and gh. */
const OTHER_NAMES: Readonly<Record<string, ClaimName>> = {
  iss: 'issuer',
  sub: 'token-subject',
  subject: 'token-subject',
  repository: 'source-repository-uri',
  repo: 'source-repository-uri',
  repository_id: 'source-repository-identifier',
  repository_owner: 'source-repository-owner-uri',
  owner: 'source-repository-owner-uri',
  repository_owner_id: 'source-repository-owner-identifier',
  repository_visibility: 'source-repository-visibility-at-signing',
  visibility: 'source-repository-visibility-at-signing',
  ref: 'source-repository-ref',
  branch: 'source-repository-ref',
  sha: 'source-repository-digest',
  commit: 'source-repository-digest',
  workflow: 'github-workflow-name',
  workflow_ref: 'build-config-uri',
  workflow_sha: 'build-config-digest',
  job_workflow_ref: 'build-signer-uri',
  job_workflow_sha: 'build-signer-digest',
  event: 'build-trigger',
  event_name: 'build-trigger',
  trigger: 'build-trigger',
  environment: 'deployment-environment',
  runner: 'runner-environment',
};

/** The claim that was probably meant: by its number, another spelling, another tool's name, or a typing error. */
function meantName(written: string): ClaimName | undefined {
  const text = written.trim();
  const number = /^(?:\.|OID\.)?(?:[\d.]*\.)?(\d{1,2})$/i.exec(
    text.startsWith(`${FULCIO_ARC}.`) || /^\.?\d+$/.test(text) ? text : '',
  )?.[1];
  if (number !== undefined)
    return NAMES.find((name) => CLAIM_NAMES[Number(number) as keyof typeof CLAIM_NAMES] === name);
  const bare = text.replace(/^(?:--)?certificate-/i, '');
  const other = bare.toLowerCase().replaceAll('-', '_');
  return nearName(bare, NAMES) ?? (Object.hasOwn(OTHER_NAMES, other) ? OTHER_NAMES[other] : undefined);
}

/** The value as the claim has it, for a value of a token. */
function claimed(name: ClaimName, value: string, { issuer, serverUrl }: ClaimContext): string {
  const isUri = name.endsWith('-uri') && /^[\w-][\w./@-]*$/.test(value);
  return isUri ? `${serverOfIssuer(issuer) ?? serverUrl}/${value}` : value;
}

/** Claims with a text of people's own. */
const FREE: readonly ClaimName[] = ['github-workflow-name', 'deployment-environment', 'token-subject'];

function refuseWrongValue(name: ClaimName, value: string, context: ClaimContext): void {
  if (FREE.includes(name)) return;
  const inner = /^(["'`])(.+)\1$/.exec(value)?.[2];
  if (inner !== undefined) throw corrected(`${quoted(value)} has quotation marks around it`, [`${name}=${inner}`]);
  if (name === 'issuer' || name === 'issuer-deprecated') refuseWrongIssuer(name, value);
  // Only for these issuers is the form of each claim known.
  const problem = issuerKind(context.issuer) === 'github' ? problemWithGithubValue(name, value, context) : undefined;
  if (problem !== undefined) throw problem;
}

function refuseWrongIssuer(name: ClaimName, value: string): void {
  try {
    parseIssuer(value);
  } catch (error) {
    if (!(error instanceof CorrectedValueError)) throw error;
    throw corrected(
      error.message,
      error.instead.filter(({ input }) => input === 'certificate-oidc-issuer').map((one) => `${name}=${one.value}`),
    );
  }
}

/** The values that a claim of GitHub's tokens may have (docs.github.com, "OpenID Connect reference"). */
const WORDS: Readonly<Partial<Record<ClaimName, readonly string[]>>> = {
  'runner-environment': ['github-hosted', 'self-hosted'],
  'source-repository-visibility-at-signing': ['public', 'private', 'internal'],
};

function problemWithGithubValue(
  name: ClaimName,
  value: string,
  context: ClaimContext,
): CorrectedValueError | undefined {
  const refuse = (what: string, ...right: readonly string[]): CorrectedValueError =>
    corrected(
      `${name}: ${quoted(value)} ${what}`,
      right.map((one) => `${name}=${one}`),
    );
  const words = WORDS[name];
  if (words !== undefined) {
    const meant = nearName(value, words);
    if (meant !== undefined && meant !== value) return refuse(`is not one of ${words.join(', ')}`, meant);
    return undefined;
  }
  if (name.endsWith('-identifier')) {
    if (/^\d+$/.test(value)) return undefined;
    const uri = name.replace('identifier', 'uri');
    const right = isClaimName(uri) ? [`${uri}=${claimed(uri, value, context)}`] : [];
    return corrected(`${name}: ${quoted(value)} is not a number, as GitHub's identifiers are`, right);
  }
  if (name.endsWith('-digest') || name === 'github-workflow-sha') {
    if (/^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(value)) return undefined;
    const bare = value.toLowerCase().replace(/^(?:sha1|sha256|gitcommit):/, '');
    const isWhole = /^[0-9a-f]{40}$/.test(bare);
    return refuse('is not a commit of 40 lower-case hex digits', ...(isWhole ? [bare] : []));
  }
  if (name === 'source-repository-ref' || name === 'github-workflow-ref') {
    if (value.startsWith('refs/') && !value.includes('*')) return undefined;
    if (value.includes('*')) {
      return new CorrectedValueError(`${name}: ${quoted(value)} contains *, but claims are compared exactly`, [
        { input: 'source-ref', value },
      ]);
    }
    return refuse('is not a full ref', `refs/heads/${value}`, `refs/tags/${value}`);
  }
  if (name === 'github-workflow-repository') {
    const bare = value.replace(/^(?:https?:\/\/)?[^/]+\/(?=[^/]+\/)/, '').replace(/\/$/, '');
    return /^[^/]+\/[^/]+$/.test(value) ? undefined : refuse('is not owner/name', bare);
  }
  if (!name.endsWith('-uri')) return undefined;
  if (value.includes('*')) return refuse('contains *, but claims are compared exactly');
  if (!/^https?:\/\//.test(value)) {
    const server = serverOfIssuer(context.issuer) ?? context.serverUrl;
    const host = server.replace(/^https?:\/\//, '');
    const path = value.startsWith(`${host}/`) ? value.slice(host.length + 1) : value;
    return refuse('is not a URI', `${server}/${path.replace(/^\/+/, '')}`);
  }
  if (value.endsWith('/')) return refuse('ends with a slash', value.replace(/\/+$/, ''));
  if (name === 'source-repository-uri' && value.endsWith('.git')) {
    return refuse('ends with .git, which certificates do not contain', value.replace(/\.git$/, ''));
  }
  return undefined;
}

function corrected(message: string, values: readonly string[]): CorrectedValueError {
  return new CorrectedValueError(
    message,
    values.map((value) => ({ input: INPUT, value })),
  );
}
