import { join } from 'node:path';
import { quoted } from '../../domain/text/quoted.ts';
import type { SignRequest } from '../../usecases/signing/sign-request.ts';
import { readImages } from '../action/inputs/images.ts';
import type { InputSource, Reading } from '../action/inputs/input-source.ts';
import { judgedReader } from '../action/inputs/judged-file.ts';
import { readNetwork } from '../action/inputs/network.ts';
import { DIGEST_LINE, LIKELY_CAUSES } from '../action/inputs/requested-image.ts';
import { readStepDirectory, readWritePath } from '../action/inputs/run-files.ts';
import { SHARED_INPUTS } from '../action/inputs/shared-inputs.ts';
import { refuseUnknownInputs } from '../action/inputs/unknown-inputs.ts';
import { createInputProblems } from '../inputs/input-problems.ts';
import { readAnnotations, readBoolean, readChoice } from '../inputs/read-value.ts';
import { readTrust } from '../inputs/trust.ts';
import { refuseForeignServer, refusePublicLog } from './public-log-guard.ts';

/** The default of `retry-for`, in ms. */
export const RETRY_FOR_MS = 300_000;
/** The default of `timeout`, in ms. */
export const TIMEOUT_MS = 1_800_000;

/** The inputs of action.yml that this file reads. A test compares the two. */
export const SIGN_INPUTS = [
  'images',
  'digest',
  'metadata',
  ...SHARED_INPUTS,
  'annotations',
  'format',
  'recursive',
  'summary',
  'if-signed',
  'upload',
  'dry-run',
  'allow-tags',
  'bundle-directory',
  'signing-config',
  'provenance',
  'sbom-path',
  'predicate-type',
  'predicate',
  'predicate-path',
  'attest-only',
  'github-attestations',
] as const;

/** Those that ask for attestations. Code for them is loaded only if one has a value. */
const ATTESTATION_INPUTS = [
  'provenance',
  'sbom-path',
  'predicate-type',
  'predicate',
  'predicate-path',
  'attest-only',
  'github-attestations',
] as const satisfies readonly (typeof SIGN_INPUTS)[number][];

/**
 * Reads every input of the sign action once. Throws one CodedError: INPUT_INVALID, which names every bad input with
 * its cure, or PUBLIC_LOG_REFUSED.
 */
export async function readSignInputs(source: InputSource): Promise<SignRequest> {
  const problems = createInputProblems();
  const reading: Reading = { source, problems };
  const warnings = refuseUnknownInputs(reading, { action: 'sign', own: SIGN_INPUTS });
  const images = await readImages(reading, { refuseEmptyItems: false });
  const allowTags = readBoolean(reading, 'allow-tags', false);
  if (!allowTags) refuseTags(reading, images.images);
  const directory = await readStepDirectory(source, 'sign');
  const upload = readBoolean(reading, 'upload', true);
  const request: SignRequest = {
    images: images.images,
    skipped: images.skipped,
    notices: images.notices,
    warnings,
    format: readChoice(reading, 'format', { choices: ['bundle', 'legacy', 'both'], absent: 'bundle' }),
    recursive: readBoolean(reading, 'recursive', false),
    annotations: readAnnotations(reading),
    ifSigned: readChoice(reading, 'if-signed', { choices: ['skip', 'sign'], absent: 'skip' }),
    upload,
    dryRun: readBoolean(reading, 'dry-run', false),
    bundleDirectory: (await readWritePath(reading, 'bundle-directory')) ?? join(directory, 'bundles'),
    reportPath: join(directory, 'results.json'),
    summary: readBoolean(reading, 'summary', true),
    attestations: await readAttestations(reading, { images: images.images, upload }),
    trust: await readTrust(reading, {
      withSigningConfig: true,
      offline: false,
      readDeciding: judgedReader(reading, { offline: false }),
    }),
    network: await readNetwork(reading, images, { timeoutMs: TIMEOUT_MS, retryForMs: RETRY_FOR_MS, offline: false }),
  };
  problems.throwIfAny();
  refuseForeignServer(request.trust, source.context.serverUrl);
  // Not every payload has the visibility. The id-token always has it, and is checked before a certificate is requested.
  if (source.context.visibility !== 'unknown') refusePublicLog(request.trust, source.context.visibility);
  return request;
}

async function readAttestations(
  reading: Reading,
  beside: Pick<SignRequest, 'images' | 'upload'>,
): Promise<SignRequest['attestations']> {
  const isAsked = ATTESTATION_INPUTS.some((name) => !['', 'false'].includes(reading.source.input(name)?.trim() ?? ''));
  if (!isAsked) return undefined;
  const attestations = await import('./attestation-inputs.ts');
  return attestations.readAttestations(reading, { ...beside, now: new Date() });
}

/** With a tag the registry chooses what to sign, and a stolen login controls the registry (contract §2.4). */
function refuseTags(reading: Reading, images: SignRequest['images']): void {
  for (const image of images) {
    if (image.digest !== undefined || image.tag === undefined) continue;
    reading.problems.add(
      'digest',
      `${quoted(image.original)} has a tag but no digest: whoever can push to the registry would choose what gets signed.`,
      `Add \`${DIGEST_LINE}\` (with \`id: build\` on the step that pushes), or write ` +
        `\`allow-tags: true\` to let the registry choose. ${LIKELY_CAUSES}`,
    );
  }
}
