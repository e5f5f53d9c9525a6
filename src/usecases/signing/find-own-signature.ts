import type { Digest } from '../../domain/image/digest.ts';
import type { Repository } from '../../domain/image/reference.ts';
import type { ClaimName } from '../../domain/signature/claims.ts';
import type { Facts, SignatureFormat } from '../../domain/signature/facts.ts';
import { dockerReference } from '../../domain/signature/simple-signing.ts';
import type { CallContext } from '../call-context.ts';
import { type Examination, type ExaminedSignature, examineListing, examineSet } from '../examining/examine-image.ts';
import type { ExpectedIdentity, Registry, SignatureVerifier } from '../ports.ts';
import type { Slots } from '../slots.ts';

/** Claims that must be equal for a signature to count as this run's own: .9–.20, .22 and .23 (contract §2.4). */
const EQUAL_CLAIMS: readonly ClaimName[] = [
  'build-signer-uri',
  'build-signer-digest',
  'runner-environment',
  'source-repository-uri',
  'source-repository-digest',
  'source-repository-ref',
  'source-repository-identifier',
  'source-repository-owner-uri',
  'source-repository-owner-identifier',
  'build-config-uri',
  'build-config-digest',
  'build-trigger',
  'source-repository-visibility-at-signing',
  'deployment-environment',
];

export interface FindOwnOptions {
  readonly call: CallContext;
  readonly registry: Registry;
  readonly verifier: SignatureVerifier;
  /** Where this run would write. */
  readonly repository: Repository;
  /** Repository of the image itself, which the legacy payload names. */
  readonly imageRepository: Repository;
  readonly digest: Digest;
  readonly format: SignatureFormat;
  readonly annotations: Readonly<Record<string, string>>;
  readonly slots: Slots;
  /** Asked only if something was found that may be compared. */
  readonly identity: () => Promise<ExpectedIdentity>;
}

/** What the place this run would write to holds already. */
export interface OwnSignature {
  readonly found: (ExaminedSignature & { readonly facts: Facts }) | undefined;
  readonly examination: Examination | undefined;
}

/**
 * Looks for a signature that this run would only repeat, in the one place that this run would write to.
 * What cannot be read counts as absent: signing once more is the safe answer, if it could be stored at all, which
 * is checked before anything is logged.
 */
export async function findOwnSignature(options: FindOwnOptions): Promise<OwnSignature> {
  let examination: Examination;
  try {
    examination = await readOwnPlace(options);
  } catch {
    return { found: undefined, examination: undefined };
  }
  for (const examined of examination.examined) {
    if (examined.verification.kind !== 'verified' || examined.candidate.format !== options.format) continue;
    const { facts } = examined.verification;
    if (!namesImage(facts, options.imageRepository)) continue;
    if (isOwn(facts, await options.identity(), options.annotations))
      return { found: { ...examined, facts }, examination };
  }
  return { found: undefined, examination };
}

async function readOwnPlace(options: FindOwnOptions): Promise<Examination> {
  const { call, registry, repository, digest } = options;
  if (options.format === 'legacy') return examineSet(options, registry.fetchLegacy(call, repository, digest));
  const api = await examineListing(options, registry.listReferrers(call, repository, digest), new Set());
  if (api.examined.length > 0 || api.places.some((place) => place.outcome === 'listed' && place.entries > 0))
    return api;
  // An API that answers an empty list is the API: the tag is read only where there is none.
  if (api.places.every((place) => place.outcome === 'listed')) return api;
  const tag = await examineListing(options, registry.listReferrersTag(call, repository, digest), new Set());
  return { ...tag, places: [...api.places, ...tag.places] };
}

/**
 * A legacy payload names the repository, and there are readers that compare it (containers' policy): one that
 * was made for another repository, and copied or kept in a common place, is not the one that this run would make.
 */
function namesImage(facts: Facts, repository: Repository): boolean {
  return facts.format !== 'legacy' || facts.dockerReference === dockerReference(repository);
}

/** True if a signature says all that this run's would say. */
function isOwn(facts: Facts, expected: ExpectedIdentity, annotations: Readonly<Record<string, string>>): boolean {
  const { identity } = facts;
  return (
    identity.issuer === expected.issuer &&
    identity.subject === expected.subject &&
    EQUAL_CLAIMS.every((name) => identity.claims[name] === expected.claims[name]) &&
    sameEntries(facts.annotations, annotations)
  );
}

function sameEntries(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && one[key] === other[key])
  );
}
