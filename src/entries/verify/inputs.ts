import { join } from 'node:path';
import type { VerifyRequest } from '../../usecases/verifying/verify-request.ts';
import { readImages } from '../action/inputs/images.ts';
import { createInputProblems } from '../action/inputs/input-problems.ts';
import type { InputSource } from '../action/inputs/input-source.ts';
import { readNetwork } from '../action/inputs/network.ts';
import { type Reading, readBoolean, readChoice, readDuration } from '../action/inputs/read-value.ts';
import { readStepDirectory, readWritePath } from '../action/inputs/run-files.ts';
import { SHARED_INPUTS } from '../action/inputs/shared-inputs.ts';
import { readTrust } from '../action/inputs/trust.ts';
import { refuseUnknownInputs } from '../action/inputs/unknown-inputs.ts';
import { readIdentity } from './identity-inputs.ts';
import { readReportName } from './report-name.ts';

/** The default of `retry-for`, in ms. */
export const RETRY_FOR_MS = 60_000;
/** The default of `timeout`, in ms. */
export const TIMEOUT_MS = 600_000;

/** The default of `wait-for`, in ms. */
const WAIT_FOR_MS = 30_000;

/** The inputs of verify/action.yml that this folder reads. A test compares the two. */
export const VERIFY_INPUTS = [
  ...SHARED_INPUTS,
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
  'mode',
  'wait-for',
  'offline',
  'check-name',
  'status-name',
  'report',
] as const;

/**
 * Reads every input of the verify action once. Throws one CodedError INPUT_INVALID that names every bad input with
 * its cure.
 */
export async function readVerifyInputs(source: InputSource): Promise<VerifyRequest> {
  const problems = createInputProblems();
  const reading: Reading = { source, problems };
  const warnings = refuseUnknownInputs(reading, { action: 'verify', own: VERIFY_INPUTS });
  const images = await readImages(reading, { refuseEmptyItems: true });
  const offline = readBoolean(reading, 'offline', false);
  const report = await readWritePath(reading, 'report');
  const mode = readChoice(reading, 'mode', { choices: ['enforce', 'warn'], absent: 'enforce' });
  const request: VerifyRequest = {
    images: images.images,
    skipped: images.skipped,
    notices: images.notices,
    warnings,
    identity: await readIdentity(reading),
    format: readChoice(reading, 'format', { choices: ['any', 'bundle', 'legacy'], absent: 'any' }),
    mode,
    recursive: readBoolean(reading, 'recursive', false),
    // Where unsigned images are expected, each would cost the whole wait, and with `warn` it changes no outcome.
    waitForMs: readDuration(reading, 'wait-for', source.context.isPullRequest || mode === 'warn' ? 0 : WAIT_FOR_MS),
    offline,
    checkName: readReportName(reading, 'check-name'),
    statusName: readReportName(reading, 'status-name'),
    reportPath: report ?? join(await readStepDirectory(source, 'verify'), 'results.json'),
    summary: readBoolean(reading, 'summary', true),
    trust: await readTrust(reading, { withSigningConfig: false, offline }),
    network: await readNetwork(reading, images, { timeoutMs: TIMEOUT_MS, retryForMs: RETRY_FOR_MS, offline }),
  };
  problems.throwIfAny();
  return request;
}
