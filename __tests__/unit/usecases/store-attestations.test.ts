import { expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import type { CallContext } from '../../../src/usecases/call-context.ts';
import type { AttestationStoreWriter } from '../../../src/usecases/ports.ts';
import { failureOf, type SignOutcome } from '../../../src/usecases/signing/sign-images.ts';
import type { TaskOutcome } from '../../../src/usecases/signing/sign-task.ts';
import { storeAttestations } from '../../../src/usecases/signing/store-attestations.ts';
import { testCall } from '../../calls.ts';

// biome-ignore lint/suspicious/noExplicitAny: only the fields that are read are given
type Any = any;

const repository = (name: string): Any => ({ registry: 'ghcr.io', path: `acme/${name}` });

/** An outcome about image `letter` in a repository; `type` undefined is an image signature. */
function outcome(letter: string, type: string | undefined, more: Any = {}): TaskOutcome {
  const attestation = type === undefined ? undefined : { predicateType: type, key: `${type} key` };
  const task = { digest: `sha256:${letter.repeat(64)}`, attestation };
  const bundle = Buffer.from(`${letter} ${type}`);
  return { kind: 'signed', task, made: { bundle }, storedAs: `sha256:${'f'.repeat(64)}`, warnings: [], ...more } as Any;
}
function signed(...images: (readonly TaskOutcome[])[]): SignOutcome {
  return {
    images: images.map((outcomes, at) => ({
      first: {},
      image: { repository: repository(`app${at}`), digest: outcomes[0]?.task.digest },
      outcomes,
      error: undefined,
    })),
    identity: undefined,
    made: [],
    warnings: [],
  } as Any;
}
function storeOf(answer: (bundle: string) => Any = () => undefined) {
  const got: string[] = [];
  const store: AttestationStoreWriter = {
    async add(_call, bundle) {
      const text = Buffer.from(bundle).toString();
      got.push(text);
      return (await answer(text)) ?? { id: String(got.length), url: `https://github.com/x/${got.length}` };
    },
  };
  return { store, got };
}
const run = (outcomes: SignOutcome, store: AttestationStoreWriter, call: CallContext = testCall()) =>
  storeAttestations(call, outcomes, { store, concurrency: 1 });
const codes = ({ images }: SignOutcome) => images.map((one) => failureOf(one)?.reason);

test('adds what the registry has: no image signature, nothing that was not stored', async () => {
  const { store, got } = storeOf();
  const error = new CodedError('REGISTRY_UNAVAILABLE', 'down');
  const done = await run(
    signed([
      outcome('a', undefined),
      outcome('a', 'sbom'),
      outcome('a', 'lost', { storedAs: undefined }),
      outcome('a', 'failed', { kind: 'failed', error }),
      outcome('a', 'found', { kind: 'present', own: { bundle: Buffer.from('found bundle') } }),
    ]),
    store,
  );
  expect(got).toEqual(['a sbom', 'found bundle']);
  expect(done.images[0]?.outcomes.map((one: Any) => one.github?.id)).toEqual([
    undefined,
    '1',
    undefined,
    undefined,
    '2',
  ]);
  expect(codes(done)).toEqual(['REGISTRY_UNAVAILABLE']);
});

test('adds one per digest and predicate, and each place of it gets the entry', async () => {
  const { store, got } = storeOf();
  const done = await run(signed([outcome('a', 'sbom')], [outcome('a', 'sbom')], [outcome('b', 'sbom')]), store);
  expect(got).toEqual(['a sbom', 'b sbom']);
  expect(done.images.flatMap(({ outcomes }) => outcomes.map((one: Any) => one.github.id))).toEqual(['1', '1', '2']);
});

test('warns about what was found only under the .att tag', async () => {
  const { store, got } = storeOf();
  const found = outcome('a', 'sbom', { kind: 'present', own: { bundle: undefined } });
  const alone = await run(signed([found]), store);
  expect([got, alone.warnings.length, codes(alone)]).toEqual([[], 1, [undefined]]);
  const beside = await run(signed([found, outcome('a', 'sbom')]), store);
  expect([got, beside.warnings]).toEqual([['a sbom'], []]);
});

test('goes on after a bundle that is refused, and stops once no other would be accepted', async () => {
  const refused = new CodedError('ATTESTATION_STORE_REFUSED', 'POST returned 422', { hint: 'try' });
  const one = storeOf((text) => (text === 'a sbom' ? { refused } : undefined));
  const images = signed([outcome('a', 'sbom')], [outcome('b', 'sbom')]);
  expect(codes(await run(images, one.store))).toEqual(['ATTESTATION_STORE_REFUSED', undefined]);
  expect(one.got).toHaveLength(2);

  const none = storeOf(() => {
    throw new CodedError('ATTESTATION_STORE_UNAVAILABLE', 'POST returned 503');
  });
  const done = await run(images, none.store);
  expect(codes(done)).toEqual(['ATTESTATION_STORE_UNAVAILABLE', 'ATTESTATION_STORE_UNAVAILABLE']);
  expect(none.got).toHaveLength(1);
  expect(done.images[0]?.storeError?.message).toContain(`in the registry already: ghcr.io/acme/app0@sha256:aaa`);
});

test('ends with the time of the run, with what the registry has', async () => {
  const timeout = new CodedError('TIMEOUT', 'the run took too long');
  const end = new AbortController();
  const { store, got } = storeOf(() => {
    end.abort(timeout);
    return new Promise(() => {});
  });
  const call: CallContext = { ...testCall(), signal: end.signal };
  const done = await run(signed([outcome('a', 'sbom')], [outcome('b', 'sbom')]), store, call);
  expect(codes(done)).toEqual(['TIMEOUT', 'TIMEOUT']);
  expect(got).toHaveLength(1);
  expect(done.images[1]?.storeError?.message).toContain('in the registry already: ');
});
