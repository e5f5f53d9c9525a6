import type { Source } from '../domain/image/source.ts';
import type {
  AttestationResult,
  ImageResult,
  PlatformResult,
  PolicyResult,
  Results,
  SignatureResult,
} from '../domain/results.ts';

type Conceal = (text: string) => string;

/**
 * The results with `conceal` applied to every text that a service, a certificate or a manifest can supply. Values that
 * this action derives from its inputs and from hashes stay exact: programs act on them, and no response reaches them.
 */
export function concealedResults(results: Results, conceal: Conceal): Results {
  const once = eachOnce(conceal);
  return { ...results, images: results.images.map((image) => concealedImage(image, once)) };
}

/** Images of one run share most texts: names of claims, their values, issuer and subject. */
function eachOnce(conceal: Conceal): Conceal {
  const known = new Map<string, string>();
  return (text) => {
    const concealed = known.get(text) ?? conceal(text);
    known.set(text, concealed);
    return concealed;
  };
}

function concealedImage(image: ImageResult, conceal: Conceal): ImageResult {
  const { message, sources, policies, signatures, attestations, platforms } = image;
  return {
    ...image,
    message: conceal(message),
    sources: sources.map((source) => concealedSource(source, conceal)),
    ...(policies === undefined ? {} : { policies: policies.map((policy) => concealedPolicy(policy, conceal)) }),
    signatures: signatures.map((signature) => concealedSignature(signature, conceal)),
    ...(attestations === undefined
      ? {}
      : { attestations: attestations.map((attestation) => concealedAttestation(attestation, conceal)) }),
    ...(platforms === undefined ? {} : { platforms: platforms.map((one) => concealedPlatform(one, conceal)) }),
  };
}

function concealedSource({ file, object, field, ...place }: Source, conceal: Conceal): Source {
  return {
    ...place,
    file: conceal(file),
    ...(object === undefined ? {} : { object: conceal(object) }),
    ...(field === undefined ? {} : { field: conceal(field) }),
  };
}

function concealedPolicy({ name, authority, message, ...policy }: PolicyResult, conceal: Conceal): PolicyResult {
  return {
    ...policy,
    name: conceal(name),
    authority: conceal(authority),
    message: conceal(message),
  };
}

function concealedPlatform(platform: PlatformResult, conceal: Conceal): PlatformResult {
  return { ...platform, platform: conceal(platform.platform) };
}

function concealedAttestation(attestation: AttestationResult, conceal: Conceal): AttestationResult {
  const { predicateType, platform, format } = attestation;
  return {
    ...attestation,
    ...concealedSignature({ ...attestation, format: 'bundle' }, conceal),
    format,
    predicateType: conceal(predicateType),
    ...(platform === undefined ? {} : { platform: conceal(platform) }),
  };
}

function concealedSignature(signature: SignatureResult, conceal: Conceal): SignatureResult {
  const { issuer, subject, claims, annotations, log, message } = signature;
  return {
    ...signature,
    issuer: issuer === null ? null : conceal(issuer),
    subject: subject === null ? null : conceal(subject),
    claims: concealedMap(claims, conceal),
    annotations: concealedMap(annotations, conceal),
    log: log === null ? null : { ...log, url: conceal(log.url) },
    ...(message === undefined ? {} : { message: conceal(message) }),
  };
}

function concealedMap(map: Readonly<Record<string, string>>, conceal: Conceal): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [conceal(key), conceal(value)]));
}
