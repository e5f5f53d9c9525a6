import type { Finding } from '../domain/identity/evaluation.ts';
import { NO_OUTSIDER_TRIGGER, NO_PULL_REF, REPOSITORY_OF_SUBJECT } from '../domain/identity/identity-rules.ts';
import { parseWorkflowUri, repositoryOfSubject } from '../domain/identity/workflow-uri.ts';
import type { ImageResult } from '../domain/results.ts';
import { isRefusalReason } from '../domain/signature/refusal.ts';
import { NEXT_STEPS } from './next-steps.ts';
import type { ImageDetails } from './verify-details.ts';

/**
 * Why one image was refused and what to do about it, in a sentence or two each. Untrusted text with our own backticks:
 * each channel escapes it. The cure names inputs but no values, so nothing in it can be pasted.
 */
export interface RefusalWords {
  readonly cause: string;
  readonly cure: string;
  /** More about the cause, if the cause does not say it already. */
  readonly detail: string | undefined;
}

/** The words for an image that did not pass. */
export function refusalWords(image: Pick<ImageResult, 'reason' | 'message'>, details: ImageDetails): RefusalWords {
  const { reason, message } = image;
  const where = details.platform === undefined ? '' : `Platform ${cut(details.platform.name)}: `;
  if (reason === null) {
    return { cause: `${where}${message}`, cure: 'Check the platforms of the image.', detail: undefined };
  }
  if (reason === 'NO_SIGNATURE') return unsigned(details);
  const unmet = (details.signatures[0]?.findings ?? []).filter(({ ok }) => !ok);
  const { meaning, doThis } = NEXT_STEPS[reason];
  if (unmet.length > 0) {
    const words = unmet.slice(0, CAUSES_MAX).map(wordsFor);
    const more = unmet.length - words.length;
    const rest = more > 0 ? [`${more} more ${more === 1 ? 'value differs' : 'values differ'}.`] : [];
    return {
      cause: `${where}${[...words.map(({ cause }) => cause), ...rest].join(' ')}`,
      cure: details.hint ?? cureFor(unmet, words),
      detail: message,
    };
  }
  const cure = details.hint ?? doThis;
  // The message of an error is the cause, and names the platform itself. That of a refusal is for experts.
  const isRefusal = isRefusalReason(reason);
  return isRefusal
    ? { cause: `${where}${meaning}`, cure, detail: message }
    : { cause: message, cure, detail: undefined };
}

/** One sentence for several inputs that a change of this step would meet; otherwise one line each. */
function cureFor(unmet: readonly Finding[], words: readonly Words[]): string {
  const inputs = [...new Set(unmet.map(inputOf))];
  const isSigner = unmet.every((one) => SIGNER_INPUTS.includes(inputOf(one)) && !isRule(one));
  if (inputs.length > 1 && isSigner) return ifRight('this signer', inputs.map((input) => `\`${input}\``).join(' and '));
  return [...new Set(words.map(({ cure }) => cure))].join('\n');
}

/** The inputs about the signer. */
const SIGNER_INPUTS: readonly string[] = [
  'certificate-identity',
  'certificate-identity-regexp',
  'certificate-oidc-issuer',
  'certificate-oidc-issuer-regexp',
  'signer-workflow',
  'source-repository',
  'workflow',
  'source-ref',
  'claims',
];

const inputOf = ({ field }: Finding): string => field.split(' ')[0] ?? field;

/** True for a finding of identity rule 3 or 4, which no input asked for. */
function isRule({ field, expected }: Finding): boolean {
  return field === REPOSITORY_OF_SUBJECT || expected === NO_PULL_REF || expected === NO_OUTSIDER_TRIGGER;
}

/** The number of unmet rules that are put into words. All of them are listed field by field. */
const CAUSES_MAX = 2;

// ── no signature ────────────────────────────────────────────────────────────────────────────────

function unsigned({ platform, search, others, hint }: ImageDetails): RefusalWords {
  const digest = platform === undefined ? 'this digest' : `the platform image ${cut(platform.name)}`;
  const place = search.isRedirected
    ? ` in ${search.repository}, where \`signature-repository\` says that signatures are`
    : ` in ${search.repository}`;
  const signed = platform?.isIndexSigned === true ? ' The index itself is signed, but `recursive` asks for both.' : '';
  const kinds = [...new Set(others)];
  const more = kinds.length > OTHERS_SHOWN ? ` and ${kinds.length - OTHERS_SHOWN} more` : '';
  const beside =
    kinds.length === 0
      ? ''
      : ` What is attached is not an image signature: ${kinds.slice(0, OTHERS_SHOWN).map(cut).join(', ')}${more}.`;
  return {
    cause: `No signature was found for ${digest}${place}.${signed}${beside}`,
    cure: hint ?? listed(curesUnsigned(platform, search)),
    detail: undefined,
  };
}

/** The number of attached artifacts that the cause of NO_SIGNATURE names. */
export const OTHERS_SHOWN = 3;

/** The likeliest first. */
function curesUnsigned(platform: ImageDetails['platform'], search: ImageDetails['search']): string[] {
  const sameRepository =
    'Check that the sign step stores its signatures in the same `signature-repository`. If they are beside the image, remove the input from this step.';
  const recursive = 'Sign with `recursive: true`, which also signs every platform image.';
  const isSigned =
    'Check that the workflow that built this image also signed it after the push, and that it signed this digest: the tag may have moved since.';
  const bothFormats = `This step looks only for signatures of \`format: ${search.format}\`. Remove \`format\` to look for both.`;
  const index =
    platform?.isIndexSigned === true
      ? [`${recursive} If the signature of the index is enough for you, remove \`recursive\` from this step.`]
      : [...(search.isRedirected ? [sameRepository] : []), isSigned, ...(platform === undefined ? [] : [recursive])];
  return [
    ...index,
    ...(search.format === 'any' ? [] : [bothFormats]),
    ...(search.waited ? [] : ['If it was signed a moment ago, set `wait-for: 30s`.']),
  ];
}

function listed(cures: readonly string[]): string {
  return cures.length === 1
    ? cures.join('')
    : ['Check, the likeliest first:', ...cures.map((cure) => `- ${cure}`)].join('\n');
}

// ── a signer, or a signature, other than the expected one ───────────────────────────────────────

type Words = Pick<RefusalWords, 'cause' | 'cure'>;

function wordsFor(finding: Finding): Words {
  const { field, expected } = finding;
  if (field === REPOSITORY_OF_SUBJECT) return calledWorkflow(finding);
  if (expected === NO_PULL_REF) return pullRequestCode(finding);
  if (expected === NO_OUTSIDER_TRIGGER) return outsiderTrigger(finding);
  const input = inputOf(finding);
  const key = field.slice(input.length + 1);
  switch (input) {
    case 'certificate-oidc-issuer':
    case 'certificate-oidc-issuer-regexp':
      return wrongIssuer(input, finding);
    case 'certificate-identity':
    case 'signer-workflow':
      return wrongSigner(input, finding);
    case 'certificate-identity-regexp':
      return {
        cause: `Signed by ${shown(finding.found)}, which the pattern in \`${input}\` does not accept.`,
        cure: ifRight('this signer', `\`${input}\``),
      };
    case 'source-repository':
    case 'workflow':
    case 'source-ref':
      return wrongSource(input, finding);
    case 'annotations':
      return wrongAnnotation(key, finding);
    case 'max-age':
      return wrongAge(finding);
    default:
      return wrongClaim(key === '' ? field : key, finding);
  }
}

/** The cure for a signer that is not the one expected. */
function ifRight(what: string, inputs: string): string {
  return `If ${what} may sign this image, change ${inputs} in this step. Otherwise do not deploy the image, and find out who pushed it.`;
}

function wrongIssuer(input: string, { expected, found }: Finding): Words {
  const only =
    input === 'certificate-oidc-issuer'
      ? `this step accepts only ${issuerName(expected)}`
      : `the pattern in \`${input}\` does not accept it`;
  return {
    cause: `Signed with an id-token from ${found === undefined ? 'an unnamed issuer' : issuerName(found)}; ${only}.`,
    cure: `If that issuer is right, name it in \`certificate-oidc-issuer\`. Otherwise do not deploy the image, and find out who signed it.`,
  };
}

/** An issuer with what people know it by. */
function issuerName(issuer: string): string {
  const known = ISSUERS.find(([form]) => form.test(issuer))?.[1];
  return known === undefined ? cut(issuer) : `${cut(issuer)} (${known})`;
}

const ISSUERS: readonly (readonly [RegExp, string])[] = [
  [/^https:\/\/token\.actions\.githubusercontent\.com$/, 'GitHub Actions on github.com'],
  [/^https:\/\/token\.actions\.githubusercontent\.com\/[^/ ]+$/, 'GitHub Actions of one enterprise'],
  [/^https:\/\/token\.actions\.[a-z0-9-]+\.ghe\.com$/, 'GitHub Actions on ghe.com'],
  [/^https?:\/\/[^/ ]+\/_services\/token$/, 'GitHub Actions on an Enterprise Server'],
  [/^https:\/\/github\.com\/login\/oauth$/, 'a person with a GitHub account'],
  [/^https:\/\/accounts\.google\.com$/, 'a Google account'],
  [/^https:\/\/login\.microsoftonline\.com(?:\/[^ ]*)?$/, 'a Microsoft account'],
  [/^https:\/\/gitlab\.com$/, 'GitLab CI'],
];

/** Compares two workflow URIs part by part, and says the first part that differs. */
function wrongSigner(input: string, { expected, found }: Finding): Words {
  const cure = ifRight('this signer', `\`${input}\``);
  const plain = { cause: `Signed by ${shown(found)}; this step allows only ${cut(expected)}.`, cure };
  if (found === undefined || expected.includes(' or ')) return plain;
  const signer = partsOf(found);
  const origin = /^https?:\/\/[^/]+\//.exec(found)?.[0] ?? '';
  const wanted = partsOf(/^https?:/.test(expected) ? expected : `${origin}${expected}`);
  if (signer === undefined || wanted === undefined) return plain;
  const [repository, wantedRepository] = withoutServer(signer.repository, wanted.repository);
  if (signer.repository !== wanted.repository) {
    return {
      cause: `Signed by a workflow of ${cut(repository)}; this step allows only ${cut(wantedRepository)}.`,
      cure,
    };
  }
  const [file, wantedFile] = withoutFolder(signer.path, wanted.path);
  if (signer.path !== wanted.path) {
    return { cause: `Signed by ${cut(file)} of ${cut(repository)}; this step allows only ${cut(wantedFile)}.`, cure };
  }
  if (wanted.ref === undefined || signer.ref === wanted.ref) return plain;
  const at = `Signed by ${cut(file)} of ${cut(repository)} at ${shown(signer.ref)}`;
  return { cause: `${at}; this step allows only ${cut(wanted.ref)}.`, cure };
}

interface WorkflowParts {
  readonly repository: string;
  readonly path: string;
  /** As written: a pattern, or nothing that is a full ref, too. */
  readonly ref: string | undefined;
}

function partsOf(uri: string): WorkflowParts | undefined {
  const repository = repositoryOfSubject(uri);
  if (repository === undefined) return undefined;
  const parsed = parseWorkflowUri(uri, repository);
  if (parsed !== undefined) return { repository, ...parsed };
  const [path = '', ...ref] = uri.slice(repository.length + 1).split('@');
  return { repository, path, ref: ref.length === 0 ? undefined : ref.join('@') };
}

/** Both without the server if they share it: `acme/app` instead of `https://github.com/acme/app`. */
function withoutServer(one: string, other: string): readonly [string, string] {
  const server = /^https?:\/\/[^/ ]+\//.exec(one)?.[0];
  const isShared = server !== undefined && other.split(' or ').every((each) => each.startsWith(server));
  return isShared ? [one.slice(server.length), other.replaceAll(server, '')] : [one, other];
}

const FOLDER = '.github/workflows/';

/** Both without the folder of workflows if they share it: `release.yml`. */
function withoutFolder(one: string, other: string): readonly [string, string] {
  const isShared = [one, ...other.split(' or ')].every(
    (each) => each.startsWith(FOLDER) && each.length > FOLDER.length,
  );
  return isShared ? [one.slice(FOLDER.length), other.replaceAll(FOLDER, '')] : [one, other];
}

function wrongSource(input: 'source-repository' | 'workflow' | 'source-ref', { expected, found }: Finding): Words {
  const cure = {
    'source-repository': ifRight('that repository', `\`${input}\``),
    workflow: ifRight('that workflow', `\`${input}\``),
    'source-ref':
      'If images from there may pass, add it to `source-ref` in this step. Otherwise build and sign the image on a branch or tag that is allowed.',
  }[input];
  if (found === undefined) {
    const what = { 'source-repository': 'repository', workflow: 'workflow', 'source-ref': 'branch or tag' }[input];
    return { cause: `The certificate names no ${what}; this step allows only ${cut(expected)}.`, cure };
  }
  const [is, allowed] = input === 'workflow' ? withoutFolder(found, expected) : withoutServer(found, expected);
  const signed = { 'source-repository': 'Signed by a run of', workflow: 'Signed by', 'source-ref': 'Signed on' }[input];
  return { cause: `${signed} ${cut(is)}; this step allows only ${cut(allowed)}.`, cure };
}

/** Identity rule 3. */
function calledWorkflow({ expected, found }: Finding): Words {
  const [signer, source] = withoutServer(shown(found), expected);
  return {
    cause: `Signed by a workflow of ${cut(signer)} that ran for ${cut(source)}; this step does not allow that pair.`,
    cure: 'If that is a reusable workflow which you call on purpose, give both `signer-workflow` (the called workflow) and `source-repository` (the caller). Otherwise do not deploy the image, and find out who pushed it.',
  };
}

/** Identity rule 4. */
function pullRequestCode({ found }: Finding): Words {
  return {
    cause: `Signed by a run of pull-request code (${shown(found)}), which anyone can propose.`,
    cure: 'Sign the image in a run on a branch or tag instead. To allow this ref all the same, write it out in `source-ref`.',
  };
}

/** Identity rule 4. */
function outsiderTrigger({ found }: Finding): Words {
  return {
    cause: `Signed by a run that the event ${shown(found)} started, which any account can cause.`,
    cure: 'Sign the image in a run on another event, such as `push`. To allow this event all the same, name it in `claims` as `build-trigger`.',
  };
}

function wrongClaim(name: string, { expected, found }: Finding): Words {
  const cure =
    'If that value may pass, add a line for it to `claims` in this step. Otherwise sign the image in a run that has the expected value.';
  if (found === undefined) {
    return { cause: `The certificate has no claim ${cut(name)}; this step requires ${cut(expected)}.`, cure };
  }
  return { cause: `Signed with ${cut(name)} ${cut(found)}; this step allows only ${cut(expected)}.`, cure };
}

function wrongAnnotation(key: string, { expected, found }: Finding): Words {
  const has = found === undefined ? `has no annotation ${cut(key)}` : `has the annotation ${cut(key)}=${cut(found)}`;
  return {
    cause: `The signature ${has}; this step requires ${cut(key)}=${cut(expected)}.`,
    cure: 'Annotations are fixed when signing: sign the image again with the expected `annotations`, or change `annotations` in this step.',
  };
}

function wrongAge({ expected, found }: Finding): Words {
  const [when, limit] = [shown(found), expected].map(inLargerUnits);
  if (/ in the future/.test(when ?? '')) {
    return {
      cause: 'Signed in the future, by the clock of this runner.',
      cure: 'Check the clock of this runner, and that of the signer.',
    };
  }
  return {
    cause: `The image was ${when}; this step allows ${limit}.`,
    cure: 'Build and sign the image again, or allow a longer `max-age`.',
  };
}

/** `43200 minutes` as `30 days`. */
function inLargerUnits(text: string): string {
  return text.replace(/\b(\d{1,12}) minutes\b/, (_, digits: string) => {
    const minutes = Number(digits);
    const [count, unit] =
      minutes >= 2 * 1440 ? [minutes / 1440, 'days'] : minutes >= 120 ? [minutes / 60, 'hours'] : [minutes, 'minutes'];
    return `${Math.round(count * 10) / 10} ${unit}`;
  });
}

/** Characters shown of a value. The table and the results file have it in full. */
const VALUE_MAX = 160;

/** True for a text that is too long for a sentence of ours. */
export function isCut(text: string): boolean {
  return text.length > VALUE_MAX;
}

function cut(text: string): string {
  return isCut(text) ? `${text.slice(0, VALUE_MAX)}…` : text;
}

function shown(found: string | undefined): string {
  return found === undefined ? 'an unnamed signer' : cut(found);
}
