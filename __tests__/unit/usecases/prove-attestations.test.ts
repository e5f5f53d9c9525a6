import { expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import type { Descriptor } from '../../../src/domain/image/descriptor.ts';
import { type Digest, digestOf } from '../../../src/domain/image/digest.ts';
import type { AttestationVerification, Verification } from '../../../src/domain/signature/facts.ts';
import { examineListing } from '../../../src/usecases/examining/examine-image.ts';
import { proveAttestations } from '../../../src/usecases/examining/prove-attestations.ts';
import type { Place, ReferrersListing, Registry, SignatureVerifier } from '../../../src/usecases/ports.ts';
import { createSlots } from '../../../src/usecases/slots.ts';
import { testCall } from '../../calls.ts';

const SLSA = 'https://slsa.dev/provenance/v1';
const SBOM = 'https://spdx.dev/Document';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** Attestations by name: `slsa …` and `sbom …`; the bytes of a bundle are its name. */
function world(
  names: readonly string[],
  options: { readonly gone?: string; readonly noRoot?: string; readonly other?: string } = {},
) {
  const descriptors = names.map(
    (name): Descriptor => ({ mediaType: 'a/b', digest: digestOf(Buffer.from(name)), size: 1, artifactType: BUNDLE }),
  );
  const nameOf = (digest: Digest): string => names[descriptors.findIndex((one) => one.digest === digest)] ?? '';
  const fetched: string[] = [];
  const asked: string[] = [];
  let inHand = 0;
  let mostInHand = 0;
  let isAgain = false;
  const place: Place = {
    kind: 'referrers-api',
    request: 'GET',
    status: 200,
    outcome: 'listed',
    entries: 0,
    error: undefined,
  };
  const fetchReferrer: Registry['fetchReferrer'] = async (_call, _where, { descriptor: { digest } }) => {
    const name = nameOf(digest);
    fetched.push(name);
    inHand += 1;
    mostInHand = Math.max(mostInHand, inHand);
    await new Promise((resolve) => setImmediate(resolve));
    inHand -= 1;
    if (isAgain && name === options.gone) {
      const error = new CodedError('REGISTRY_UNAVAILABLE', 'it is gone');
      const unreadable = {
        digest,
        place: 'referrers-api',
        outcome: 'failed',
        artifactType: undefined,
        message: 'x',
        error,
      } as const;
      return { candidates: [], unreadable: [unreadable], places: [] };
    }
    return { candidates: [{ format: 'bundle', digest, bundle: Buffer.from(name) }], unreadable: [], places: [] };
  };
  const proven = {
    identity: { issuer: 'i', subject: 's', subjectKind: 'uri', claims: {} },
    provenTimes: [new Date(0)],
    log: undefined,
  } as const;
  const typeOf = (name: string): string => (name.startsWith('slsa') ? SLSA : SBOM);
  const verify = async (_call: unknown, { digest }: { readonly digest: Digest }): Promise<Verification> => {
    const name = nameOf(digest);
    if (name.startsWith('signature')) {
      return { kind: 'verified', facts: { ...proven, format: 'bundle', annotations: {}, dockerReference: undefined } };
    }
    return { kind: 'not-a-signature', what: 'attestation', predicateType: typeOf(name), message: 'm' };
  };
  const verifyAttestation: SignatureVerifier['verifyAttestation'] = async (
    _call,
    candidate,
  ): Promise<AttestationVerification> => {
    const name = candidate.format === 'bundle' ? Buffer.from(candidate.bundle).toString() : '';
    asked.push(name);
    if (name === options.noRoot) throw new CodedError('TRUST_ROOT_UNAVAILABLE', 'no root');
    if (name.endsWith('bad')) return { kind: 'refused', reason: 'NOT_LOGGED', message: 'm', unverified: undefined };
    const predicateType = name === options.other ? `${typeOf(name)}/other` : typeOf(name);
    const payload = Buffer.from(name);
    const about = { type: 'https://in-toto.io/Statement/v1', predicate: undefined, subjects: [], payload };
    return { kind: 'verified', facts: { ...proven, statement: { kind: 'statement', predicateType, ...about } } };
  };
  const examining = {
    call: testCall(),
    registry: { fetchReferrer } as Partial<Registry> as Registry,
    verifier: { verify, verifyAttestation },
    repository: { registry: 'r', path: 'p' },
    digest: digestOf(Buffer.from('image')),
    format: 'any',
    slots: createSlots(4),
  } as const;
  const examine = async () => {
    const listing: ReferrersListing = { place, descriptors, unreadable: [] };
    const examination = await examineListing(examining, Promise.resolve(listing), new Set());
    fetched.length = 0;
    mostInHand = 0;
    isAgain = true;
    return examination;
  };
  const prove = async (wants: (predicateType: string) => boolean) =>
    proveAttestations(
      { ...examining, wants, read: ({ statement }) => Buffer.from(statement.payload).toString() },
      await examine(),
    );
  return { prove, examine, fetched, asked, mostInHand: () => mostInHand };
}

test('only what is wanted is fetched again, in the order in which it was found, with what was read of it', async () => {
  const { prove, fetched } = world(['slsa 1', 'signature', 'sbom 1', 'slsa bad', 'slsa 2']);
  expect(await prove((type) => type === SLSA)).toMatchObject([
    { digest: digestOf(Buffer.from('slsa 1')), predicateType: SLSA, kind: 'proven', read: 'slsa 1' },
    { kind: 'refused', reason: 'NOT_LOGGED', message: 'm' },
    { kind: 'proven', read: 'slsa 2' },
  ]);
  expect(fetched).toEqual(['slsa 1', 'slsa bad', 'slsa 2']);
});

test('what nobody wants costs no request and no proof', async () => {
  const { prove, fetched, asked } = world(['slsa 1', 'sbom 1']);
  expect(await prove(() => false)).toEqual([]);
  expect([fetched, asked]).toEqual([[], []]);
});

test('one that is gone, or whose trusted root is not to be had, has failed and hides none of the others', async () => {
  const { prove } = world(['slsa gone', 'slsa rootless', 'slsa good'], { gone: 'slsa gone', noRoot: 'slsa rootless' });
  expect(await prove(() => true)).toMatchObject([
    { kind: 'failed', error: { code: 'REGISTRY_UNAVAILABLE' } },
    { kind: 'failed', error: { code: 'TRUST_ROOT_UNAVAILABLE' } },
    { kind: 'proven', read: 'slsa good' },
  ]);
});

test('one whose proven predicate type is not the one it was named by is refused', async () => {
  const { prove } = world(['slsa 1', 'slsa 2'], { other: 'slsa 1' });
  expect(await prove((type) => type === SLSA)).toMatchObject([
    { predicateType: SLSA, kind: 'refused', reason: 'SIGNATURE_INVALID' },
    { predicateType: SLSA, kind: 'proven', read: 'slsa 2' },
  ]);
});

test('of 1,000 attestations an examination holds no byte, and a run proves as many at once as it may hold', async () => {
  const { prove, examine, asked, mostInHand } = world(Array.from({ length: 1000 }, (_, index) => `sbom ${index}`));
  const { examined } = await examine();
  expect(examined).toHaveLength(1000);
  expect(examined.filter(({ candidate }) => candidate.format !== 'bundle' || candidate.bundle.byteLength > 0)).toEqual(
    [],
  );
  const outcomes = await prove(() => true);
  expect(outcomes.filter(({ kind }) => kind === 'proven')).toHaveLength(1000);
  expect(new Set(asked).size).toBe(1000);
  expect(mostInHand()).toBe(4);
});
