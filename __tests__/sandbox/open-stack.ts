import { afterAll, expect } from 'vitest';
import { type SigstoreOptions, type SigstoreStack, startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';

/** A Sigstore for all tests of a file. It is closed after them; none of its services may have failed by mistake. */
export async function openStack(options: SigstoreOptions = {}): Promise<SigstoreStack> {
  const stack = await startSigstore(options);
  afterAll(async () => {
    await stack.close();
    expect(stack.failures()).toEqual([]);
  });
  return stack;
}
