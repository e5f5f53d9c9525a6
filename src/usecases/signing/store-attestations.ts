import { CodedError, toCodedError } from '../../coded-error.ts';
import { within } from '../../domain/calls/within.ts';
import { formatPinned } from '../../domain/image/reference.ts';
import type { CallContext } from '../call-context.ts';
import { mapLimited } from '../map-limited.ts';
import type { AttestationStoreWriter, StoredAttestation } from '../ports.ts';
import type { SignedImage, SignOutcome } from './sign-images.ts';
import type { TaskOutcome } from './sign-task.ts';

/** Bundles sent to the store in parallel. GitHub asks its clients to write few at a time. */
const WRITE_LIMIT = 4;
/** Images named in an error. */
const IMAGES_SHOWN = 10;

/** One attestation for the store. */
interface Entry {
  readonly predicateType: string;
  readonly digest: string;
  readonly bundle: Uint8Array;
  readonly outcomes: TaskOutcome[];
}

/**
 * Adds every attestation that is in the registry by now, new or found there, to GitHub's store: once per digest and
 * predicate, whatever number of repositories and formats it is in. Readers of the store match by digest alone. Never
 * rejects: the registry has the attestations, so a failure is a value of each image that it concerns.
 */
export async function storeAttestations(
  call: CallContext,
  signed: SignOutcome,
  { store, concurrency }: { readonly store: AttestationStoreWriter; readonly concurrency: number },
): Promise<SignOutcome> {
  const { entries, unsent } = entriesOf(signed);
  const added = new Map<TaskOutcome, StoredAttestation>();
  const failures = new Map<TaskOutcome, CodedError>();
  let stop: CodedError | undefined;
  await mapLimited(entries, { limit: Math.min(concurrency, WRITE_LIMIT) }, async (entry) => {
    let failure = stop;
    if (failure === undefined) {
      try {
        const one = await within(call.signal, () => store.add(call, entry.bundle));
        if (!('refused' in one)) {
          for (const outcome of entry.outcomes) added.set(outcome, one);
          return;
        }
        failure = withRegistry(one.refused, entry, signed);
      } catch (thrown) {
        failure = withRegistry(toCodedError(thrown), entry, signed);
        stop ??= failure;
      }
    }
    for (const outcome of entry.outcomes) failures.set(outcome, failure);
  });
  const images = signed.images.map((image): SignedImage => {
    const storeError = image.outcomes.map((one) => failures.get(one)).find((one) => one !== undefined);
    const outcomes = image.outcomes.map((one): TaskOutcome => {
      const github = added.get(one);
      return github === undefined || one.kind === 'failed' ? one : { ...one, github };
    });
    return { ...image, outcomes, storeError };
  });
  return { ...signed, images, warnings: [...signed.warnings, ...unsent] };
}

function entriesOf({ images }: SignOutcome): {
  readonly entries: readonly Entry[];
  readonly unsent: readonly string[];
} {
  const entries = new Map<string, Entry>();
  const missed = new Map<string, string>();
  for (const outcome of images.flatMap(({ outcomes }) => outcomes)) {
    const { attestation, digest } = outcome.task;
    if (attestation === undefined || !isInRegistry(outcome)) continue;
    const { predicateType, key } = attestation;
    const name = `${digest} ${key}`;
    const entry = entries.get(name);
    const bundle = outcome.kind === 'signed' ? outcome.made.bundle : outcome.own.bundle;
    if (entry !== undefined) entry.outcomes.push(outcome);
    else if (bundle !== undefined) entries.set(name, { predicateType, digest, bundle, outcomes: [outcome] });
    else missed.set(name, `${predicateType} about ${digest}`);
  }
  const unsent = [...missed].flatMap(([name, what]) =>
    entries.has(name)
      ? []
      : [
          `${what} was found only under the \`.att\` tag, whose form GitHub's attestation store does not accept. To send a ` +
            'new one, set `if-signed: sign` or `format: both`.',
        ],
  );
  return { entries: [...entries.values()], unsent };
}

function isInRegistry(outcome: TaskOutcome): outcome is Exclude<TaskOutcome, { kind: 'failed' }> {
  return outcome.kind === 'present' || (outcome.kind === 'signed' && outcome.storedAs !== undefined);
}

/** Says which attestation it is, and what the registry has already, because that stays. */
function withRegistry(error: CodedError, { predicateType, digest }: Entry, { images }: SignOutcome): CodedError {
  const stored = images.flatMap(({ image, outcomes }) => {
    const names = new Set(
      outcomes.filter(isInRegistry).map(({ task }) => task.attestation?.predicateType ?? 'image signature'),
    );
    if (image === undefined || names.size === 0) return [];
    return [`${formatPinned(image.repository, image.digest)} (${[...names].join(', ')})`];
  });
  const more = stored.length > IMAGES_SHOWN ? ` and ${stored.length - IMAGES_SHOWN} more images` : '';
  const registry = `in the registry already: ${stored.slice(0, IMAGES_SHOWN).join('; ')}${more}`;
  const { code, message, hint, cause } = error;
  return new CodedError(
    code,
    `GitHub's attestation store did not take ${predicateType} about ${digest}: ${message}; ${registry}`,
    { hint, cause: cause ?? error },
  );
}
