import type { Digest } from '../../domain/image/digest.ts';
import type { Repository } from '../../domain/image/reference.ts';
import type { ClaimName } from '../../domain/signature/claims.ts';
import type { Facts, SignatureFormat } from '../../domain/signature/facts.ts';
import { dockerReference } from '../../domain/signature/simple-signing.ts';
import type { CallContext } from '../call-context.ts';
import { type Examination, type ExaminedSignature, examineListing, examineSet } from '../examining/examine-image.ts';
import type { ExpectedIdentity, Registry, SignatureVerifier } from '../ports.ts';
import type { Slots } from '../slots.ts';

/** Claims that must match for a signature to count as this run's own: .9–.20, .22 and .23 (contract §2.4). */
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
  /** The repository to which this run would write. */
  readonly repository: Repository;
  /** The image's own repository, which the legacy payload names. */
  readonly imageRepository: Repository;
  readonly digest: Digest;
  readonly format: SignatureFormat;
  readonly annotations: Readonly<Record<string, string>>;
  readonly slots: Slots;
  /** Called only if a comparable signature was found. */
  readonly identity: () => Promise<ExpectedIdentity>;
}

/** The existing content of the place to which this run would write. */
export interface OwnSignature {
  readonly found: (ExaminedSignature & { readonly facts: Facts }) | undefined;
  readonly examination: Examination | undefined;
}

/**
 * Looks for a signature that this run would only repeat, in the one place to which this run would write. An unreadable
 * place counts as empty: signing again is the safe choice, and before anything is logged, another check ensures that
 * the signature could be stored.
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
  // An empty list shows that the registry has the API. The tag is read only on registries without it.
  if (api.places.every((place) => place.outcome === 'listed')) return api;
  const tag = await examineListing(options, registry.listReferrersTag(call, repository, digest), new Set());
  return { ...tag, places: [...api.places, ...tag.places] };
}

/**
 * A legacy payload names the repository, and some readers compare it (containers' policy). A signature that was made
 * for another repository and then copied, or stored in a shared repository, differs from the one that this run would
 * make.
 */
function namesImage(facts: Facts, repository: Repository): boolean {
  return facts.format !== 'legacy' || facts.dockerReference === dockerReference(repository);
}

/** True if the signer of this certificate is this run: identity and claims as its id-token yields them. */
export function isOwnSigner(identity: Facts['identity'], expected: ExpectedIdentity): boolean {
  return (
    identity.issuer === expected.issuer &&
    identity.subject === expected.subject &&
    EQUAL_CLAIMS.every((name) => identity.claims[name] === expected.claims[name])
  );
}

/** True if a signature makes the same statements as this run's signature would. */
function isOwn(facts: Facts, expected: ExpectedIdentity, annotations: Readonly<Record<string, string>>): boolean {
  return isOwnSigner(facts.identity, expected) && sameEntries(facts.annotations, annotations);
}

function sameEntries(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && one[key] === other[key])
  );
}
