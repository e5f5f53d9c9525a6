import type { Descriptor } from '../../../src/domain/image/descriptor.ts';
import { digestOf } from '../../../src/domain/image/digest.ts';
import type { Verification } from '../../../src/domain/signature/facts.ts';
import type { Examination, ExamineOptions, IsEnough } from '../../../src/usecases/examining/examine-image.ts';
import type { Candidate, Place, Registry, SignatureVerifier } from '../../../src/usecases/ports.ts';
import { createSlots } from '../../../src/usecases/slots.ts';
import { testCall } from '../../calls.ts';

/** The signatures in each place, by the names of their signers. */
export interface Signed {
  readonly api?: readonly string[];
  readonly legacy?: readonly string[];
  readonly tag?: readonly string[];
  readonly failed?: readonly Place['kind'][];
  /** What the registry throws instead of answering; by call. */
  readonly thrown?: Readonly<Record<string, unknown>>;
}

/** Referrers of a listing that are read before its crowd. */
export const FIRST = 16;

const nameOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytesOf = (name: string): Uint8Array => new TextEncoder().encode(name);
/** Of a type that may hold a signature, but likely holds none: what is beyond the first ones is a crowd. */
const descriptorOf = (name: string): Descriptor => ({
  mediaType: 'a/b',
  digest: digestOf(bytesOf(name)),
  size: 1,
  artifactType: 'application/vnd.example.note',
});

/** What a signature proves that this signer made. */
export function verifiedBy(subject: string): Verification {
  const identity = { issuer: 'i', subject, subjectKind: 'uri', claims: {} } as const;
  const about = { format: 'bundle', annotations: {}, dockerReference: undefined } as const;
  return { kind: 'verified', facts: { ...about, identity, provenTimes: [new Date(0)], log: undefined } };
}

/** One digest in a registry that writes down every request and every proof; each answer comes a turn later. */
export function examinationWorld(signed: Signed) {
  const calls: string[] = [];
  const time = new AbortController();
  const all = [...(signed.api ?? []), ...(signed.tag ?? [])];
  const asked = async (call: string): Promise<void> => {
    calls.push(call);
    await new Promise((resolve) => setImmediate(resolve));
    if (signed.thrown?.[call] !== undefined) throw signed.thrown[call];
  };
  const placeOf = (kind: Place['kind']): Place => {
    const isFailed = signed.failed?.includes(kind) === true;
    const [status, outcome] = isFailed ? ([503, 'failed'] as const) : ([200, 'listed'] as const);
    return { kind, request: `GET ${kind}`, status, outcome, entries: 0, error: isFailed ? 'down' : undefined };
  };
  const list = async (kind: Place['kind'], names: readonly string[] = []) => {
    await asked(kind);
    return { place: placeOf(kind), descriptors: names.map(descriptorOf), unreadable: [] };
  };
  const bundle = (name: string): Candidate => {
    return { format: 'bundle', digest: descriptorOf(name).digest, bundle: bytesOf(name) };
  };
  const options: ExamineOptions = {
    registry: {
      listReferrers: () => list('referrers-api', signed.api),
      listReferrersTag: () => list('referrers-tag', signed.tag),
      fetchReferrer: async (_call, _where, { descriptor: { digest } }) => {
        const name = all.find((one) => descriptorOf(one).digest === digest) ?? '';
        await asked(`fetch ${name}`);
        return { candidates: [bundle(name)], unreadable: [], places: [] };
      },
      fetchLegacy: async () => {
        await asked('signature-tag');
        const candidates = (signed.legacy ?? []).map((name) => bundle(name));
        return { candidates, unreadable: [], places: [placeOf('signature-tag')] };
      },
    } as Partial<Registry> as Registry,
    verifier: {
      verify: async (_call, candidate) => {
        const subject = candidate.format === 'bundle' ? nameOf(candidate.bundle) : '';
        await asked(`prove ${subject}`);
        return verifiedBy(subject);
      },
    } as Partial<SignatureVerifier> as SignatureVerifier,
    repository: { registry: 'r', path: 'p' },
    digest: digestOf(bytesOf('image')),
    format: 'any',
    slots: createSlots(32),
    call: testCall({ signal: time.signal }),
  };
  return { options, calls, time };
}

/** A rule that one signer satisfies. */
export const by =
  (signer: string): IsEnough =>
  ({ examined }) =>
    signersOf({ examined }).includes(signer);

export function signersOf({ examined }: Pick<Examination, 'examined'>): string[] {
  return examined.flatMap(({ verification }) =>
    verification.kind === 'verified' ? [verification.facts.identity.subject] : [],
  );
}

/** Names of signers nobody asks for. */
export const others = (count: number, word = 'other'): string[] =>
  Array.from({ length: count }, (_, index) => `${word} ${index}`);
