import { expect, test } from 'vitest';
import { createFirstCalls } from '../../../src/oci/transport/first-calls.ts';
import type { OriginState } from '../../../src/oci/transport/origin-state.ts';
import { testCall } from '../../calls.ts';

const ORIGIN = new URL('https://registry.example');
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test.each([true, false])(
  'a call that waits for the first one opens a connection; its answer is there before: %s',
  async (isBefore) => {
    const opened: string[] = [];
    const calls = createFirstCalls({ preconnect: (url) => void opened.push(String(url)) });
    const state: OriginState = {
      ...{ challenge: undefined, presumed: undefined, lacksCertificate: false, probe: undefined, isBaseAsked: false },
      open: new Set(),
    };
    const call = { repository: { registry: ORIGIN.host, path: 'acme/app' }, access: 'pull' } as never;
    const context = testCall();
    const release = await calls.enter(context, { call, origin: ORIGIN, state });
    expect(opened).toHaveLength(1);
    const waiting = calls.enter(context, { call, origin: ORIGIN, state });
    if (!isBefore) for (let count = 0; count < 3; count += 1) await turn();
    state.open.add('pull');
    release();
    await waiting;
    for (let count = 0; count < 3; count += 1) await turn();
    // Once the answer is there, the call itself opens what it needs.
    expect(opened).toHaveLength(isBefore ? 1 : 2);
  },
);
