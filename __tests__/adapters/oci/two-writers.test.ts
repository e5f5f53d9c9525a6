import { expect, test } from 'vitest';
import type { Digest } from '../../../src/domain/image/digest.ts';
import type { CallContext } from '../../../src/usecases/call-context.ts';
import type { Registry } from '../../../src/usecases/ports.ts';
import { testCall } from '../../calls.ts';
import { type Bench, openBench, seedImage } from './harness.ts';

/** Two calls that write by one adapter. */

interface Writer {
  readonly registry: Registry;
  readonly call: CallContext;
}

function append({ registry, call }: Writer, { repository }: Bench, subject: Digest, name: string) {
  const layer = {
    payload: Buffer.from(`{"of":"${name}"}`),
    annotations: { 'dev.cosignproject.cosign/signature': name },
  };
  const openSession = () => registry.openUpload(call, repository);
  return registry.appendLegacy(call, { repository, subject }, { layer, openSession });
}

const lookups = (bench: Bench): number => bench.requests().filter((line) => /^GET .*\.sig /.test(line)).length;

test('take turns at a tag: neither overwrites the other', async () => {
  await using bench = await openBench();
  const image = seedImage(bench);
  const registry = bench.connectAll();
  const written = await Promise.all(
    ['one', 'two'].map((name) => append({ registry, call: testCall() }, bench, image.digest, name)),
  );
  expect(written.flatMap(({ warnings }) => warnings)).toEqual([]);
  const { path } = bench.repository;
  const { store } = bench.sandbox;
  const tag = store.getManifest(path, store.getTag(path, `${image.digest.replace(':', '-')}.sig`) ?? '');
  const { layers } = JSON.parse(Buffer.from(tag?.bytes ?? '').toString());
  expect(layers).toHaveLength(2);
});

test('what one call saw of a tag is not what another one may write over', async () => {
  const looksOf = async (callsOf: () => readonly [CallContext, CallContext]): Promise<number> => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const registry = bench.connectAll({ settleMs: 400 });
    const [looking, writing] = callsOf();
    await registry.checkPlace(looking, { repository: bench.repository, subject: image.digest }, 'legacy');
    await append({ registry, call: writing }, bench, image.digest, 'one');
    return lookups(bench);
  };
  const one = testCall();
  const same = await looksOf(() => [one, one]);
  expect(await looksOf(() => [testCall(), testCall()])).toBe(same + 1);
});
