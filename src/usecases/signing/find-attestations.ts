import { samePredicate } from '../../domain/attestation/predicate.ts';
import { statementName } from '../../domain/attestation/statement.ts';
import type { Descriptor } from '../../domain/image/descriptor.ts';
import { type Digest, hexOf } from '../../domain/image/digest.ts';
import {
  BUNDLE_PREDICATE_ANNOTATION,
  CREATED_ANNOTATION,
  LAYER_PREDICATE_ANNOTATION,
} from '../../domain/image/media-types.ts';
import type { Repository } from '../../domain/image/reference.ts';
import { rankReferrer } from '../../domain/image/referrer-rank.ts';
import type { AttestationFacts } from '../../domain/signature/facts.ts';
import { mapLimited } from '../map-limited.ts';
import type { CandidateSet, ExpectedIdentity } from '../ports.ts';
import type { Slots } from '../slots.ts';
import { isOwnSigner } from './find-own-signature.ts';
import type { FoundBefore, SignCall, SignTask } from './sign-task.ts';

export interface FindAttestationsOptions {
  readonly ports: SignCall;
  readonly slots: Slots;
  /** The place to which this run would write. */
  readonly store: Repository;
  readonly digest: Digest;
  readonly identity: ExpectedIdentity;
  /** Attestations that this run would write to that place. */
  readonly tasks: readonly SignTask[];
  /** True if the bundles that are found will be written elsewhere too. */
  readonly keepBundles: boolean;
}

/** Attestations of one place that are read to find equal ones, the newest first. */
const READ_MAX = 100;
/** Attestations that are read in parallel. */
const READ_LIMIT = 8;

/**
 * Looks for attestations that this run would only repeat, among listed referrers. Descriptors only choose what is read;
 * the verified statement decides. What cannot be read counts as absent: attesting again is the safe choice.
 */
export function findAmongReferrers(
  options: FindAttestationsOptions,
  listed: readonly Descriptor[],
): Promise<ReadonlyMap<SignTask, FoundBefore>> {
  const { ports, store, digest } = options;
  const types = wantedTypes(options);
  const likely = listed
    .filter((one) => rankReferrer(one) !== 'never' && isWanted(types, one, BUNDLE_PREDICATE_ANNOTATION))
    .sort((one, other) => createdAt(other).localeCompare(createdAt(one)));
  const where = { repository: store, subject: digest };
  return findEqual(options, likely, (descriptor) =>
    ports.registry.fetchReferrer(ports.call, where, { descriptor, place: 'referrers-api', wants: 'attestations' }),
  );
}

/** The same among the layers of the `.att` tag. */
export function findAmongLayers(
  options: FindAttestationsOptions,
  layers: readonly Descriptor[],
): Promise<ReadonlyMap<SignTask, FoundBefore>> {
  const { ports, store } = options;
  const types = wantedTypes(options);
  // Writers append, so the newest is the last one.
  const likely = layers.filter((one) => isWanted(types, one, LAYER_PREDICATE_ANNOTATION)).reverse();
  return findEqual(options, likely, (layer) => ports.registry.fetchAttestationLayer(ports.call, store, layer));
}

function wantedTypes({ tasks }: FindAttestationsOptions): ReadonlySet<string> {
  return new Set(tasks.flatMap(({ attestation }) => (attestation === undefined ? [] : [attestation.predicateType])));
}

/** An annotation names a type, or the writer annotates none. */
function isWanted(types: ReadonlySet<string>, { annotations }: Descriptor, name: string): boolean {
  const type = annotations !== undefined && Object.hasOwn(annotations, name) ? annotations[name] : undefined;
  return type === undefined || types.has(type);
}

function createdAt({ annotations }: Descriptor): string {
  return annotations?.[CREATED_ANNOTATION] ?? '';
}

async function findEqual(
  options: FindAttestationsOptions,
  likely: readonly Descriptor[],
  fetch: (descriptor: Descriptor) => Promise<CandidateSet>,
): Promise<ReadonlyMap<SignTask, FoundBefore>> {
  const found = new Map<SignTask, FoundBefore>();
  await mapLimited(likely.slice(0, READ_MAX), { limit: READ_LIMIT }, async (descriptor) => {
    if (found.size === options.tasks.length) return;
    await options.slots(async () => {
      for (const [task, before] of await compare(options, () => fetch(descriptor))) {
        if (!found.has(task)) found.set(task, before);
      }
    });
  });
  return found;
}

async function compare(
  { ports, digest, identity, tasks, keepBundles }: FindAttestationsOptions,
  fetch: () => Promise<CandidateSet>,
): Promise<(readonly [SignTask, FoundBefore])[]> {
  try {
    const [candidate] = (await fetch()).candidates;
    if (candidate === undefined) return [];
    const verification = await ports.verifier.verifyAttestation(ports.call, candidate, digest);
    if (verification.kind !== 'verified' || !isOwnSigner(verification.facts.identity, identity)) return [];
    const { facts } = verification;
    const before: FoundBefore = {
      candidate: { format: candidate.format, digest: candidate.digest },
      facts: { identity: facts.identity, provenTimes: facts.provenTimes, log: facts.log, annotations: {} },
      bundle: keepBundles && candidate.format === 'bundle' ? candidate.bundle : undefined,
    };
    return tasks.filter((task) => saysTheSame(task, facts)).map((task) => [task, before] as const);
  } catch {
    return [];
  }
}

function saysTheSame({ image, digest, attestation }: SignTask, { statement }: AttestationFacts): boolean {
  const [subject, ...others] = statement.subjects;
  return (
    attestation !== undefined &&
    subject !== undefined &&
    others.length === 0 &&
    subject.name === statementName(image.repository) &&
    subject.digests['sha256'] === hexOf(digest) &&
    statement.predicateType === attestation.predicateType &&
    samePredicate(attestation.predicateType, statement.predicate, attestation.predicate())
  );
}
