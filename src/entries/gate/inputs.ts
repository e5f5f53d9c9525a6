import { join } from 'node:path';
import type { AttestationRequirement } from '../../domain/attestation/evaluate-attestation.ts';
import type { VerifyRequest } from '../../usecases/verifying/verify-request.ts';
import type { ImagesInput } from '../action/inputs/images.ts';
import type { Reading } from '../action/inputs/input-source.ts';
import { judgedReader } from '../action/inputs/judged-file.ts';
import { readNetwork } from '../action/inputs/network.ts';
import { LIKELY_CAUSES } from '../action/inputs/requested-image.ts';
import { readStepDirectory, readWritePath } from '../action/inputs/run-files.ts';
import { readBoolean, readChoice, readDuration, readText } from '../inputs/read-value.ts';
import { readTrust } from '../inputs/trust.ts';
import type { Gate } from './gate.ts';
import { readIdentity } from './identity-inputs.ts';
import { readReportName } from './report-name.ts';

/** The default of `retry-for`, in ms. */
export const RETRY_FOR_MS = 60_000;
/** The default of `timeout`, in ms. */
export const TIMEOUT_MS = 600_000;

/** The default of `wait-for`, in ms. */
const WAIT_FOR_MS = 30_000;

/** The inputs of every gate besides the shared ones and those that name the images. */
export const GATE_INPUTS = [
  'annotations',
  'format',
  'recursive',
  'summary',
  'certificate-identity',
  'certificate-identity-regexp',
  'certificate-oidc-issuer',
  'certificate-oidc-issuer-regexp',
  'source-repository',
  'workflow',
  'source-ref',
  'signer-workflow',
  'claims',
  'max-age',
  'allow-any-identity',
  'policy',
  'no-match-policy',
  'mode',
  'wait-for',
  'offline',
  'check-name',
  'status-name',
  'report',
  'attestations',
  'require-signature',
  'github-attestations',
] as const;

/**
 * Reads every input of a gate but those that name its images, which were read before. Collects every bad input; the
 * caller ends the run if there is one.
 */
export async function readGateInputs(
  reading: Reading,
  {
    action,
    images,
    warnings,
  }: { readonly action: Gate['action']; readonly images: ImagesInput; readonly warnings: readonly string[] },
): Promise<VerifyRequest> {
  const { source } = reading;
  const offline = readBoolean(reading, 'offline', false);
  const report = await readWritePath(reading, 'report');
  const mode = readChoice(reading, 'mode', { choices: ['enforce', 'warn'], absent: 'enforce' });
  const { identity, attestations, policies, storeSources, notices } = await readRules(reading, { offline, action });
  return {
    images: images.images,
    skipped: images.skipped,
    notices: [...images.notices, ...notices],
    warnings,
    identity,
    attestations,
    policies,
    storeSources,
    format: readChoice(reading, 'format', { choices: ['any', 'bundle', 'legacy'], absent: 'any' }),
    mode,
    recursive: readBoolean(reading, 'recursive', false),
    // Where unsigned images are expected, each would cost the whole wait, and with `warn` it changes no outcome.
    waitForMs: readDuration(reading, 'wait-for', source.context.isPullRequest || mode === 'warn' ? 0 : WAIT_FOR_MS),
    offline,
    checkName: readReportName(reading, 'check-name'),
    statusName: readReportName(reading, 'status-name'),
    reportPath: report ?? join(await readStepDirectory(source, action), 'results.json'),
    summary: readBoolean(reading, 'summary', true),
    trust: await readTrust(reading, {
      withSigningConfig: false,
      offline,
      readDeciding: judgedReader(reading, { offline }),
    }),
    network: await readNetwork(reading, images, { timeoutMs: TIMEOUT_MS, retryForMs: RETRY_FOR_MS, offline }),
  };
}

type Rules = Pick<VerifyRequest, 'identity' | 'attestations' | 'policies' | 'notices' | 'storeSources'>;

const STORE = 'github-attestations';

/** Who must have signed, and which attestations are required; or the policies that say both. */
async function readRules(
  reading: Reading,
  { offline, action }: { readonly offline: boolean; readonly action: Gate['action'] },
): Promise<Rules> {
  const asksStore = readBoolean(reading, STORE, false);
  if (asksStore && offline) {
    reading.problems.add(STORE, 'the store cannot be asked with `offline`.', 'Remove one of the two.');
  }
  const noMatch = readText(reading, 'no-match-policy');
  if ((reading.source.input('policy') ?? '') !== '') {
    const { readPolicyRules } = await import('./policy-inputs.ts');
    const { policies, notices, sourceRepositories } = await readPolicyRules(reading, { offline, action });
    const storeSources = asksStore ? sourcesOf(reading, sourceRepositories) : [];
    return { identity: { kind: 'of-policies' }, attestations: undefined, policies, storeSources, notices };
  }
  if (noMatch !== undefined) {
    const what = 'it says what happens to an image that no policy matches, and there is no `policy`.';
    reading.problems.add('no-match-policy', what, `Give \`policy\`, or remove it. ${LIKELY_CAUSES}`);
  }
  return { ...(await readStepRules(reading, asksStore)), policies: undefined };
}

async function readStepRules(reading: Reading, asksStore: boolean): Promise<Omit<Rules, 'policies'>> {
  const step = await readIdentity(reading);
  const requireSignature = readBoolean(reading, 'require-signature', true);
  const value = reading.source.input('attestations') ?? '';
  // If the identity is invalid, the problems end the run, so its value is never used.
  const identity = step.identity === 'invalid' ? NOBODY : step.identity;
  if (value.trim() === '') {
    if (!requireSignature)
      reading.problems.add('require-signature', NOTHING_REQUIRED, 'Add at least one line to `attestations`.');
    if (asksStore)
      reading.problems.add(STORE, 'no attestation is required.', 'Add at least one line to `attestations`.');
    return {
      identity,
      storeSources: [],
      attestations: undefined,
      notices: ['No attestation is required: `attestations` is empty.'],
    };
  }
  const { readRequirements } = await import('./attestation-inputs.ts');
  const { requirements, nameTheirSigners } = readRequirements(reading, value, step);
  const storeSources = asksStore
    ? sourcesOf(reading, [...step.inputs.sourceRepository, ...lineSources(requirements)])
    : [];
  if (requireSignature)
    return { identity, storeSources, attestations: { requirements, requireSignature }, notices: [] };
  if (step.inputs.annotations.length > 0) {
    reading.problems.add(
      'annotations',
      'only image signatures have annotations, and none is required.',
      'Remove one of `annotations` and `require-signature: false`.',
    );
  }
  const attestations = { requirements, requireSignature };
  if (!nameTheirSigners) return { identity, storeSources, attestations, notices: [] };
  const unused =
    'Every line of `attestations` names its own signer, so the identity inputs of the step have no effect.';
  if (identity.kind === 'requirement') return { identity, storeSources, attestations, notices: [unused] };
  const { narrowing } = identity.problem;
  if (narrowing.length > 0 && step.identity !== 'invalid') {
    reading.problems.add(
      narrowing[0] ?? 'attestations',
      'it has no effect, because every line of `attestations` names its own signer.',
      'Write it as a condition into these lines.',
    );
  }
  return { identity: { kind: 'of-each-line' }, storeSources, attestations, notices: [] };
}

const NOBODY = {
  kind: 'no-identity',
  problem: { kind: 'no-signer', narrowing: [] },
  conditions: { claims: new Map(), annotations: new Map(), maxAgeMs: undefined },
} as const;
const NOTHING_REQUIRED = 'without an image signature and without a line in `attestations`, nothing would be required.';

function lineSources(requirements: readonly AttestationRequirement[]): string[] {
  return requirements.flatMap(({ signers }) => signers.flatMap(({ sourceRepositories }) => sourceRepositories));
}

/** The repositories of this server, as `owner/name`, whose part of the store is asked. */
function sourcesOf(reading: Reading, given: readonly string[]): readonly string[] {
  const { serverUrl } = reading.source.context;
  const names = given.map((one) => (one.startsWith(`${serverUrl}/`) ? one.slice(serverUrl.length + 1) : one));
  const sources = [...new Set(names)].filter((name) => /^[A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+$/.test(name));
  if (sources.length === 0) {
    const cure = 'Add `source-repository`, or write it as a condition into a line of `attestations`.';
    reading.problems.add(STORE, 'no `source-repository` of this server says whose part of the store to ask.', cure);
  }
  return sources;
}
