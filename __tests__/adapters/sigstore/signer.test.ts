import { X509Certificate } from 'node:crypto';
import { bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { expect, test } from 'vitest';
import { on } from '../../../sandbox/http/faults.ts';
import type { Reply } from '../../../sandbox/http/serve.ts';
import { type SigstoreStack, startSigstore } from '../../../sandbox/sigstore/sigstore-stack.ts';
import { simpleSigningPayload } from '../../../src/domain/signature/simple-signing.ts';
import { imageStatement } from '../../../src/domain/signature/statement.ts';
import { parseIdentityToken } from '../../../src/sigstore/signing/identity-token.ts';
import { parseSigningConfig, type SigningConfig } from '../../../src/sigstore/trust/signing-config.ts';
import type { Candidate } from '../../../src/usecases/ports.ts';
import { testCall } from '../../calls.ts';
import {
  requestsTo,
  SUBJECT,
  signerOf,
  startFaultySigstore,
  text,
  type Variant,
  verifierOf,
  type WorldOptions,
} from './signing-world.ts';

const STATEMENT = imageStatement(SUBJECT, { team: 'red' });
const PAYLOAD = simpleSigningPayload({ registry: 'docker.io', path: 'acme/app' }, SUBJECT, { team: 'red' });

/** The second opinion: @sigstore/verify, with every proof the root can check. Throws if it refuses. */
function secondOpinion(bundle: Uint8Array, stack: SigstoreStack, variant: Variant, data?: Uint8Array): void {
  const root = TrustedRoot.fromJSON(JSON.parse(stack.trustedRootJson(variant)));
  const verifier = new Verifier(toTrustMaterial(root), {
    tlogThreshold: variant === 'tsa' ? 0 : 1,
    ctlogThreshold: 1,
    timestampThreshold: 1,
  });
  const parsed = bundleFromJSON(JSON.parse(text(bundle)));
  verifier.verify(toSignedEntity(parsed, data === undefined ? undefined : Buffer.from(data)));
}

/** The text with one character of a base64 value changed. */
function tampered(bundle: Uint8Array, field: RegExp): Uint8Array {
  const changed = text(bundle).replace(field, (match) => match.slice(0, -1) + (match.endsWith('A') ? 'B' : 'A'));
  expect(changed).not.toBe(text(bundle));
  return Buffer.from(changed);
}

test.each<[Variant, number, number]>([
  ['v1', 1, 1],
  ['v1-no-tsa', 1, 0],
  ['v2', 1, 1],
  ['tsa', 0, 1],
])(
  '%s: a bundle with %i entries and %i timestamps satisfies @sigstore/verify, its tampered twins do not',
  async (variant, entries, timestamps) => {
    await using stack = await startSigstore();
    const signer = signerOf(stack, { variant });
    const made = await signer.signStatement(STATEMENT, SUBJECT);
    secondOpinion(made.bundle, stack, variant);
    for (const field of [
      /"sig":".{30}/,
      /"payload":".{60}/,
      /"canonicalizedBody":".{90}/,
      /"signedTimestamp":".{400}/,
    ]) {
      if (field.test(text(made.bundle))) {
        expect(() => secondOpinion(tampered(made.bundle, field), stack, variant)).toThrow();
      }
    }
    const bundle = JSON.parse(text(made.bundle));
    expect(bundle.verificationMaterial.tlogEntries ?? []).toHaveLength(entries);
    expect(bundle.verificationMaterial.timestampVerificationData?.rfc3161Timestamps ?? []).toHaveLength(timestamps);
    expect(Buffer.from(bundle.dsseEnvelope.payload, 'base64')).toEqual(Buffer.from(STATEMENT));
    expect(made).toMatchObject({ format: 'bundle', layer: undefined });
    expect(made.log?.url).toBe(
      { v1: stack.urls.rekorV1, 'v1-no-tsa': stack.urls.rekorV1, v2: stack.urls.rekorV2, tsa: undefined }[variant],
    );
    expect(signer.loggedEntries()).toEqual(made.log === undefined ? [] : [made.log]);
    expect(Math.abs(made.signedAt.getTime() - Date.now())).toBeLessThan(120_000);
    expect(stack.failures()).toEqual([]);
  },
);

test.each(['v1', 'v1-no-tsa'] as const)(
  '%s: a legacy layer verifies, and its bundle satisfies @sigstore/verify',
  async (variant) => {
    await using stack = await startSigstore();
    const signer = signerOf(stack, { variant });
    const made = await signer.signLegacyPayload(PAYLOAD, SUBJECT);
    secondOpinion(made.bundle, stack, variant, PAYLOAD);
    expect(() => secondOpinion(tampered(made.bundle, /"signature":".{30}/), stack, variant, PAYLOAD)).toThrow();
    expect(made.format).toBe('legacy');
    expect(made.layer?.payload).toEqual(PAYLOAD);
    const annotations = made.layer?.annotations ?? {};
    expect(Object.keys(annotations)).toEqual(
      [
        'dev.cosignproject.cosign/signature',
        'dev.sigstore.cosign/bundle',
        'dev.sigstore.cosign/certificate',
        'dev.sigstore.cosign/chain',
        'dev.sigstore.cosign/rfc3161timestamp',
      ].slice(0, variant === 'v1' ? 5 : 4),
    );
    const chain = new X509Certificate(annotations['dev.sigstore.cosign/chain'] ?? '');
    expect(chain.ca).toBe(true);
    const candidate = { format: 'legacy', digest: SUBJECT } as const;
    const verifier = verifierOf(stack.trustedRootJson(variant));
    const verify = (change: Partial<Extract<Candidate, { format: 'legacy' }>>) =>
      verifier.verify(testCall(), { ...candidate, payload: PAYLOAD, annotations, ...change }, SUBJECT);
    expect(await verify({})).toMatchObject({ kind: 'verified' });
    expect(await verify({ payload: Buffer.from(text(PAYLOAD).replace('red', 'rad')) })).toMatchObject({
      kind: 'refused',
    });
  },
);

test('what the certificate says is what was expected from the id-token', async () => {
  await using stack = await startSigstore();
  stack.oidc.setJob({}, { claims: { environment: 'production', repository_visibility: 'private' } });
  const signer = signerOf(stack, { variant: 'tsa' });
  const expected = await signer.identity();
  expect(expected.claims['deployment-environment']).toBe('production');
  expect(requestsTo(stack, 'ca')).toBe(0);
  const made = await signer.signStatement(STATEMENT, SUBJECT);
  expect(made.identity).toEqual(expected);
});

test('an e-mail identity proves its key by its address', async () => {
  await using stack = await startSigstore();
  const token = parseIdentityToken(stack.human.issue(), { audience: 'sigstore', now: new Date() });
  const signer = signerOf(stack, { signer: { identityToken: async () => token } });
  expect((await signer.signStatement(STATEMENT, SUBJECT)).identity.subject).toBe('jane@example.com');
});

test('nothing is asked of anyone before it is needed', async () => {
  await using stack = await startSigstore();
  const signer = signerOf(stack);
  expect(await signer.hosts()).toEqual(
    [stack.urls.ca, stack.urls.rekorV1, stack.urls.tsa].map((url) => new URL(url).host),
  );
  expect(signer.loggedEntries()).toEqual([]);
  expect(stack.log.requests()).toEqual([]);
});

test('connections to CA, log and timestamp authority open while the id-token is asked for', async () => {
  await using stack = await startSigstore();
  const signer = signerOf(stack);
  await signer.identity();
  await expect
    .poll(() =>
      stack.log
        .connections()
        .map((connection) => connection.server)
        .sort(),
    )
    .toEqual(['ca', 'oidc', 'rekor-v1', 'tsa']);
  await signer.prepare(1);
  await signer.signStatement(STATEMENT, SUBJECT);
  expect(stack.log.connections()).toHaveLength(4);
});

test('one id-token, one key and one certificate serve many signatures at once', async () => {
  await using stack = await startSigstore();
  const signer = signerOf(stack);
  await Promise.all([signer.identity(), signer.prepare(1)]);
  const made = await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map((name) => signer.signStatement(imageStatement(SUBJECT, { name }), SUBJECT)),
  );
  expect([requestsTo(stack, 'oidc'), requestsTo(stack, 'ca'), requestsTo(stack, 'rekor-v1')]).toEqual([1, 1, 5]);
  expect(
    new Set(made.map(({ bundle }) => JSON.parse(text(bundle)).verificationMaterial.certificate.rawBytes)).size,
  ).toBe(1);
  expect(signer.loggedEntries()).toHaveLength(5);
});

test('connections for signatures that are made at once open while the certificate is asked for, and nothing is logged', async () => {
  await using stack = await startSigstore();
  const signer = signerOf(stack);
  await signer.prepare(5);
  expect([requestsTo(stack, 'ca'), requestsTo(stack, 'rekor-v1'), requestsTo(stack, 'tsa')]).toEqual([1, 0, 0]);
  const opened = (): number[] =>
    ['rekor-v1', 'tsa'].map((name) => stack.log.connections().filter(({ server }) => server === name).length);
  await expect.poll(opened).toEqual([5, 5]);
  await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map((name) => signer.signStatement(imageStatement(SUBJECT, { name }), SUBJECT)),
  );
  expect(opened()).toEqual([5, 5]);
});

/** A stack and a signer on one clock that the test turns. */
async function withClock(options: WorldOptions = {}) {
  let offset = 0;
  const now = (): Date => new Date(Date.now() + offset);
  const stack = await startSigstore({ clock: now });
  return {
    stack,
    signer: signerOf(stack, { ...options, now }),
    pass: (minutes: number) => {
      offset += minutes * 60_000;
    },
    [Symbol.asyncDispose]: () => stack.close(),
  };
}

test('a certificate that would run out before use is replaced, with a fresh id-token and key', async () => {
  await using world = await withClock();
  const first = await world.signer.signStatement(STATEMENT, SUBJECT);
  world.pass(8.9);
  const second = await world.signer.signStatement(STATEMENT, SUBJECT);
  expect(requestsTo(world.stack, 'ca')).toBe(1);
  world.pass(0.2);
  const late = await Promise.all([1, 2, 3].map(() => world.signer.signStatement(STATEMENT, SUBJECT)));
  expect([requestsTo(world.stack, 'ca'), requestsTo(world.stack, 'oidc')]).toEqual([2, 2]);
  const keys = [first, second, ...late].map(({ bundle }) => {
    const raw = JSON.parse(text(bundle)).verificationMaterial.certificate.rawBytes;
    return new X509Certificate(Buffer.from(raw, 'base64')).publicKey
      .export({ type: 'spki', format: 'der' })
      .toString('hex');
  });
  expect(new Set(keys).size).toBe(2);
  expect(keys[0]).toBe(keys[1]);
});

test('an id-token that grew old before it was needed is asked for again', async () => {
  await using world = await withClock();
  await world.signer.identity();
  world.pass(4.9);
  await world.signer.signStatement(STATEMENT, SUBJECT);
  expect(requestsTo(world.stack, 'oidc')).toBe(2);
});

test('a certificate that ran out while the log was slow is not used: the signature is made anew', async () => {
  let offset = 0;
  const now = (): Date => new Date(Date.now() + offset);
  let slow = true;
  await using stack = await startFaultySigstore(
    {
      'rekor-v1': [
        {
          match: on('POST', /entries/),
          times: 1,
          action: {
            change: (reply) => {
              if (slow) offset += 11 * 60_000;
              slow = false;
              return reply;
            },
          },
        },
      ],
    },
    { clock: now },
  );
  const signer = signerOf(stack, { now, variant: 'v1-no-tsa' });
  await signer.signStatement(STATEMENT, SUBJECT);
  expect([requestsTo(stack, 'ca'), requestsTo(stack, 'rekor-v1')]).toEqual([2, 2]);
  expect(signer.loggedEntries()).toHaveLength(2);
});

test('ALL uses the log and every timestamp authority, and the bundle holds all proofs', async () => {
  await using stack = await startSigstore();
  await using other = await startSigstore();
  const [own, foreign] = [stack.trustedRootContent('v1'), other.trustedRootContent('v1')];
  const timestampAuthorities = [...own.timestampAuthorities, ...foreign.timestampAuthorities];
  const logs = [...own.logs, ...foreign.logs];
  const signer = signerOf(stack, {
    trustedRoot: stack.trustedRootJson('v1', { timestampAuthorities, logs }),
    signingConfig: stack.signingConfigJson('v1', {
      logs: [{ url: stack.urls.rekorV1 }, { url: other.urls.rekorV1, operator: 'other' }],
      logSelection: { selector: 'ALL' },
      timestampAuthorities: [{ url: stack.urls.tsa }, { url: other.urls.tsa, operator: 'other' }],
      timestampSelection: { selector: 'EXACT', count: 2 },
    }),
  });
  const made = await signer.signStatement(STATEMENT, SUBJECT);
  const { tlogEntries, timestampVerificationData } = JSON.parse(text(made.bundle)).verificationMaterial;
  expect([tlogEntries.length, timestampVerificationData.rfc3161Timestamps.length]).toEqual([2, 2]);
  expect(
    signer
      .loggedEntries()
      .map(({ url }) => url)
      .sort(),
  ).toEqual([stack.urls.rekorV1, other.urls.rekorV1].sort());
});

const LOST = { match: on('POST', /entries/), times: 1, action: { fault: 'reset', afterEffect: true } } as const;

test.each(['bundle', 'legacy'] as const)(
  '%s: an entry whose answer was lost is fetched from Rekor v1, not made twice',
  async (format) => {
    await using stack = await startFaultySigstore({ 'rekor-v1': [LOST] });
    const before = stack.rekorV1.size();
    const signer = signerOf(stack, { retryForMs: 60_000 });
    const made =
      format === 'bundle'
        ? await signer.signStatement(STATEMENT, SUBJECT)
        : await signer.signLegacyPayload(PAYLOAD, SUBJECT);
    expect(stack.rekorV1.size()).toBe(before + 1);
    expect(
      stack.log
        .requests()
        .filter(({ server }) => server === 'rekor-v1')
        .map(({ method, status }) => [method, status]),
    ).toEqual([
      ['POST', expect.anything()],
      ['POST', 409],
      ['GET', 200],
    ]);
    expect(signer.loggedEntries()).toEqual([made.log]);
  },
);

test('an entry whose answer was lost by Rekor v2 is replaced by a new signature with a new timestamp and the same key', async () => {
  await using stack = await startFaultySigstore({ 'rekor-v2': [LOST] });
  const signer = signerOf(stack, { variant: 'v2', retryForMs: 60_000 });
  const made = await signer.signStatement(STATEMENT, SUBJECT);
  secondOpinion(made.bundle, stack, 'v2');
  expect([requestsTo(stack, 'rekor-v2'), requestsTo(stack, 'tsa'), requestsTo(stack, 'ca')]).toEqual([3, 2, 1]);
});

test('Rekor v2 gets the time until its next checkpoint, however small the budget for outages is', async () => {
  const slow = {
    match: on('POST', /entries/),
    times: 1,
    action: { change: (reply: Reply) => ({ ...reply, delayMs: 1_500 }) },
  };
  await using stack = await startFaultySigstore({ 'rekor-v2': [slow] });
  await signerOf(stack, { variant: 'v2', retryForMs: 2_000 }).signStatement(STATEMENT, SUBJECT);
  expect(requestsTo(stack, 'rekor-v2')).toBe(1);
});

test('opens connections to the services that are expected before the signing config is known, and calls none', async () => {
  await using stack = await startSigstore();
  const opened: string[] = [];
  const asked: string[] = [];
  let answer: (config: SigningConfig) => void = () => undefined;
  const signingConfig = new Promise<SigningConfig>((resolve) => {
    answer = resolve;
  });
  const signer = signerOf(stack, {
    signer: {
      http: {
        request: async (_, { url }) => {
          asked.push(String(url));
          throw new Error('not expected');
        },
        preconnect: (url) => opened.push(new URL(url).origin),
        close: async () => undefined,
      },
      expectedServices: ['https://ca.example', new URL(stack.urls.ca).origin],
      signingConfig: () => signingConfig,
      identityToken: async () => parseIdentityToken(stack.oidc.issue(), { audience: 'sigstore', now: new Date() }),
    },
  });
  await signer.identity();
  expect(opened).toEqual(['https://ca.example', new URL(stack.urls.ca).origin]);
  answer(parseSigningConfig(stack.signingConfigJson('v1')));
  await expect.poll(() => opened).toHaveLength(4);
  // The CA was expected, and gets no second one.
  expect(opened.slice(2)).toEqual([stack.urls.rekorV1, new URL(stack.urls.tsa).origin]);
  expect(asked).toEqual([]);
});
