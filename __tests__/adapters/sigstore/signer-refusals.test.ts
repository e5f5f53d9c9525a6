import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { type FaultAction, on } from '../../../sandbox/http/faults.ts';
import { jsonReply, type Reply, textReply } from '../../../sandbox/http/serve.ts';
import { type SigstoreService, type SigstoreStack, startSigstore } from '../../../sandbox/sigstore/sigstore-stack.ts';
import { CodedError, type ErrorCode } from '../../../src/coded-error.ts';
import type { Verification } from '../../../src/domain/signature/facts.ts';
import { simpleSigningPayload } from '../../../src/domain/signature/simple-signing.ts';
import { imageStatement } from '../../../src/domain/signature/statement.ts';
import { parseIdentityToken } from '../../../src/sigstore/signing/identity-token.ts';
import { requestsTo, SUBJECT, signerOf, startFaultySigstore, text, type WorldOptions } from './signing-world.ts';

// biome-ignore lint/suspicious/noExplicitAny: replies are altered by free editing
type Json = any;

const STATEMENT = imageStatement(SUBJECT, {});
const PAYLOAD = simpleSigningPayload({ registry: 'ghcr.io', path: 'acme/app' }, SUBJECT, {});

const always = (action: FaultAction, path = /./) => [{ match: on('POST', path), times: 'always', action }] as const;

/** The service's true JSON answer, edited. */
const edited = (edit: (answer: Json) => unknown): FaultAction => ({
  change: (reply: Reply) => {
    const answer: Json = JSON.parse(Buffer.from(reply.body ?? '').toString());
    const changed = edit(answer);
    return { ...reply, body: JSON.stringify(changed ?? answer) };
  },
});

/** Signs and returns the error; fails if a signature comes out. */
async function failureOf(stack: SigstoreStack, options: WorldOptions & { legacy?: boolean } = {}): Promise<CodedError> {
  const signer = signerOf(stack, options);
  const signing =
    options.legacy === true ? signer.signLegacyPayload(PAYLOAD, SUBJECT) : signer.signStatement(STATEMENT, SUBJECT);
  const error: unknown = await signing.then(
    () => new Error('it signed'),
    (caught: unknown) => caught,
  );
  if (!(error instanceof CodedError)) throw error;
  expect(JSON.stringify([error.message, error.hint])).not.toContain('eyJ');
  return error;
}

async function failsWith(
  service: SigstoreService,
  action: FaultAction,
  options: WorldOptions = {},
): Promise<CodedError> {
  await using stack = await startFaultySigstore({ [service]: always(action) });
  return await failureOf(stack, options);
}

// ── certificate authority ───────────────────────────────────────────────────────────────────────

test.each([400, 401, 403])(
  'a CA that answers %i has refused: the error names issuer and audience of the token',
  async (status) => {
    await using stack = await startFaultySigstore({
      ca: always({ reply: jsonReply(status, { message: 'no such issuer' }) }),
    });
    const error = await failureOf(stack);
    expect(error.code).toBe('CA_REFUSED');
    expect(error.message).toContain(`returned ${status} "no such issuer"`);
    expect(error.message).toContain(`issuer ${stack.issuer} for audience sigstore`);
    expect(error.hint).toContain('No public CA accepts tokens from this issuer');
    expect(requestsTo(stack, 'rekor-v1')).toBe(0);
  },
);

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each([
  ['https://token.actions.githubusercontent.com', /fulcio\.sigstore\.dev.*fulcio\.githubapp\.com/],
  ['https://token.actions.githubusercontent.com/acme', /fulcio\.sigstore\.dev/],
  ['https://token.actions.acme.ghe.com', /fulcio\.acme\.ghe\.com/],
  ['https://ghes.example/_services/token', /No public CA/],
  ['https://token.actions.githubusercontent.com.evil.example', /No public CA/],
])('the hint of a refused token of %s says which CA takes it', async (iss, hint) => {
  await using stack = await startSigstore();
  const raw = `${part({})}.${part({ iss, sub: 'me', aud: 'sigstore', exp: 4_000_000_000 })}.c2ln`;
  const token = parseIdentityToken(raw, { audience: 'sigstore', now: new Date() });
  const error = await failureOf(stack, { signer: { identityToken: async () => token } });
  expect(error).toMatchObject({ code: 'CA_REFUSED', hint: expect.stringMatching(hint) });
});

test.each<[string, FaultAction, ErrorCode]>([
  ['503', { reply: textReply(503, 'down') }, 'CA_UNAVAILABLE'],
  [
    '500, as while the CT log is down',
    { reply: jsonReply(500, { message: 'Error entering certificate in CTL' }) },
    'CA_UNAVAILABLE',
  ],
  ['429', { reply: textReply(429, 'later') }, 'CA_UNAVAILABLE'],
  [
    'a redirect, which a token must not follow',
    { reply: textReply(307, '', [['location', 'https://x.example/']]) },
    'CA_UNAVAILABLE',
  ],
  ['a reset', { fault: 'reset' }, 'CA_UNAVAILABLE'],
  ['an endless body', { fault: 'endless' }, 'CA_INVALID'],
  ['a page', { reply: textReply(200, '<html>') }, 'CA_INVALID'],
  ['another object', { reply: jsonReply(200, {}) }, 'CA_INVALID'],
  [
    'an empty chain',
    edited((answer) => Object.assign(answer.signedCertificateEmbeddedSct.chain, { certificates: [] }) && answer),
    'CA_INVALID',
  ],
  [
    'a chain of nonsense',
    edited((answer) => Object.assign(answer.signedCertificateEmbeddedSct.chain, { certificates: ['x', 1] }) && answer),
    'CA_INVALID',
  ],
  [
    'an endless chain',
    edited((answer) => {
      const { chain } = answer.signedCertificateEmbeddedSct;
      chain.certificates = Array(11).fill(chain.certificates[0]);
    }),
    'CA_INVALID',
  ],
  [
    'the issuer first, so another key',
    edited((answer) => void answer.signedCertificateEmbeddedSct.chain.certificates.reverse()),
    'CA_INVALID',
  ],
])('a CA that answers with %s', async (_what, action, code) => {
  expect((await failsWith('ca', action)).code).toBe(code);
});

test('a detached SCT is no obstacle to reading the chain; the root that lists CT logs decides', async () => {
  const detached = edited((answer) => ({
    signedCertificateDetachedSct: { ...answer.signedCertificateEmbeddedSct, signedCertificateTimestamp: '' },
  }));
  await using stack = await startFaultySigstore({ ca: always(detached) });
  await expect(signerOf(stack).signStatement(STATEMENT, SUBJECT)).resolves.toBeDefined();
});

type Certify = Parameters<SigstoreStack['ca']['certify']>[0];
const MINUTE = 60_000;

/** A stack whose CA asks no questions and puts these things into its certificates. */
async function withStandInCa(changes: Partial<Certify>): Promise<SigstoreStack> {
  const stack: SigstoreStack = await startSigstore({
    wrap: (service, handler) => async (request) => {
      if (service !== 'ca') return handler(request);
      const asked: Json = JSON.parse(text(request.body));
      const publicKey = createPublicKey(asked.publicKeyRequest.publicKey.content as string);
      const { chainPem } = stack.ca.certify({ publicKey, ...changes });
      return jsonReply(200, { signedCertificateEmbeddedSct: { chain: { certificates: chainPem } } });
    },
  });
  return stack;
}

test.each<[string, Partial<Certify>, RegExp]>([
  ['another key', { publicKey: generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey }, /another key/],
  ['nobody', { names: [] }, /without a subject alternative name/],
  ['a time that is over', { notBefore: at(-20), notAfter: at(-1) }, /valid from/],
  ['a time still to come', { notBefore: at(6), notAfter: at(16) }, /valid from/],
])('a certificate for %s is refused before anything is signed', async (_what, changes, message) => {
  await using stack = await withStandInCa(changes);
  const error = await failureOf(stack);
  expect(error).toMatchObject({ code: 'CA_INVALID', message: expect.stringMatching(message) });
  expect(requestsTo(stack, 'rekor-v1') + requestsTo(stack, 'tsa')).toBe(0);
});

test('a certificate with nothing wrong is taken from the same CA', async () => {
  await using stack = await withStandInCa({});
  await expect(signerOf(stack).signStatement(STATEMENT, SUBJECT)).resolves.toBeDefined();
});

function at(minutes: number): Date {
  return new Date(Date.now() + minutes * MINUTE);
}

test('a CA that failed is not asked again by the next image', async () => {
  await using stack = await startFaultySigstore({ ca: always({ reply: textReply(503, '') }) });
  const signer = signerOf(stack);
  const results = await Promise.allSettled([1, 2, 3].map(() => signer.signStatement(STATEMENT, SUBJECT)));
  expect(results.every((result) => result.status === 'rejected')).toBe(true);
  expect(requestsTo(stack, 'ca')).toBe(1);
});

// ── Rekor v1 ────────────────────────────────────────────────────────────────────────────────────

/** Edits the one entry in an answer of Rekor v1. */
const entry = (edit: (entry: Json) => unknown): FaultAction =>
  edited((answer) => {
    for (const value of Object.values(answer)) edit(value);
  });

/** Edits the decoded body of the entry. */
const body = (edit: (body: Json) => unknown): FaultAction =>
  entry((value) => {
    const decoded: Json = JSON.parse(Buffer.from(value.body, 'base64').toString());
    edit(decoded);
    value.body = Buffer.from(JSON.stringify(decoded)).toString('base64');
  });

const proof = (changes: Json): FaultAction =>
  entry((value) => Object.assign(value.verification.inclusionProof, changes));

const flipped = (value: string): string => (value.startsWith('A') ? 'B' : 'A') + value.slice(1);

/** Entries that are about something else than the signature just made. */
const FOREIGN_V1: readonly [string, FaultAction, ErrorCode][] = [
  ['another kind', body((value) => Object.assign(value, { kind: 'intoto' })), 'LOG_INVALID'],
  ['another payload', body((value) => Object.assign(value.spec.payloadHash, { value: '0'.repeat(64) })), 'LOG_INVALID'],
  ['another hash', body((value) => Object.assign(value.spec.payloadHash, { algorithm: 'sha512' })), 'LOG_INVALID'],
  ['another signature', body((value) => Object.assign(value.spec.signatures[0], { signature: 'AAAA' })), 'LOG_INVALID'],
  ['a second signature', body((value) => value.spec.signatures.push(value.spec.signatures[0])), 'LOG_INVALID'],
  ['another key', body((value) => Object.assign(value.spec.signatures[0], { verifier: 'AAAA' })), 'LOG_INVALID'],
];

test.each<[string, FaultAction, ErrorCode]>([
  ['503', { reply: textReply(503, '') }, 'LOG_UNAVAILABLE'],
  ['a reset', { fault: 'reset' }, 'LOG_UNAVAILABLE'],
  ['400', { reply: jsonReply(400, { message: 'error processing entry' }) }, 'LOG_INVALID'],
  ['422', { reply: jsonReply(422, { message: 'unknown kind' }) }, 'LOG_INVALID'],
  ['404, as a wrong URL does', { reply: textReply(404, '') }, 'LOG_INVALID'],
  ['a page', { reply: textReply(201, '<html>') }, 'LOG_INVALID'],
  ['no entry', { reply: jsonReply(201, {}) }, 'LOG_INVALID'],
  ['two entries', edited((answer) => ({ ...answer, ['0'.repeat(64)]: Object.values(answer)[0] })), 'LOG_INVALID'],
  ['an entry under no UUID', edited((answer) => ({ x: Object.values(answer)[0] })), 'LOG_INVALID'],
  ['an entry without body', entry((value) => delete value.body), 'LOG_INVALID'],
  ['a body that is no JSON', entry((value) => Object.assign(value, { body: 'eA==' })), 'LOG_INVALID'],
  ['an entry without time', entry((value) => delete value.integratedTime), 'LOG_INVALID'],
  ['an entry of no time', entry((value) => Object.assign(value, { integratedTime: 0 })), 'LOG_INVALID'],
  ['an entry without index', entry((value) => delete value.logIndex), 'LOG_INVALID'],
  ['a negative index', entry((value) => Object.assign(value, { logIndex: -1 })), 'LOG_INVALID'],
  ['an entry without log id', entry((value) => delete value.logID), 'LOG_INVALID'],
  ['an entry without promise', entry((value) => delete value.verification.signedEntryTimestamp), 'LOG_INVALID'],
  ['an entry without proof', entry((value) => delete value.verification.inclusionProof), 'LOG_INVALID'],
  ['a proof without checkpoint', proof({ checkpoint: '' }), 'LOG_INVALID'],
  ['a proof with a short hash', proof({ hashes: ['00'] }), 'LOG_INVALID'],
  ['a proof with more hashes than a tree has levels', proof({ hashes: Array(65).fill('0'.repeat(64)) }), 'LOG_INVALID'],
  ['hashes that are none', proof({ hashes: 'x' }), 'LOG_INVALID'],
  ...FOREIGN_V1,
  [
    'another time, which the promise does not cover',
    entry((value) => Object.assign(value, { integratedTime: value.integratedTime - 1 })),
    'LOG_INVALID',
  ],
  [
    'another index, which the promise does not cover',
    entry((value) => Object.assign(value, { logIndex: value.logIndex + 1 })),
    'LOG_INVALID',
  ],
  ['another log', entry((value) => Object.assign(value, { logID: '0'.repeat(64) })), 'LOG_INVALID'],
  [
    'a forged promise',
    entry((value) =>
      Object.assign(value.verification, { signedEntryTimestamp: flipped(value.verification.signedEntryTimestamp) }),
    ),
    'LOG_INVALID',
  ],
  ['another root hash', proof({ rootHash: '0'.repeat(64) }), 'LOG_INVALID'],
  ['an incomplete proof', proof({ hashes: [] }), 'LOG_INVALID'],
])('a Rekor v1 that answers with %s', async (_what, action, code) => {
  expect((await failsWith('rekor-v1', action)).code).toBe(code);
});

test.each<[string, FaultAction]>([
  ['another payload', body((value) => Object.assign(value.spec.data.hash, { value: '0'.repeat(64) }))],
  ['another signature', body((value) => Object.assign(value.spec.signature, { content: 'AAAA' }))],
  ['another key', body((value) => Object.assign(value.spec.signature.publicKey, { content: 'AAAA' }))],
  [
    'a forged promise',
    entry((value) =>
      Object.assign(value.verification, { signedEntryTimestamp: flipped(value.verification.signedEntryTimestamp) }),
    ),
  ],
])('a legacy entry about %s is LOG_INVALID', async (_what, action) => {
  await using stack = await startFaultySigstore({ 'rekor-v1': always(action) });
  expect((await failureOf(stack, { legacy: true })).code).toBe('LOG_INVALID');
});

test.each<[string, (location: string, origin: string) => string, RegExp]>([
  ['no Location', () => '', /409 with Location/],
  ['another host', (location) => `https://evil.example${location}`, /409 with Location/],
  ['another port of this host', (location) => `http://127.0.0.1:1${location}`, /409 with Location/],
  ['another path', (location) => location.replace('/entries/', '/proof/'), /409 with Location/],
  ['a path that climbs', (location) => location.replace('/entries/', '/entries/../entries/x/'), /409 with Location/],
  ['no UUID', () => '/api/v1/log/entries/x', /409 with Location/],
  ['an entry that is not there', () => `/api/v1/log/entries/${'0'.repeat(64)}`, /returned 404/],
])('a 409 of Rekor v1 that points to %s is LOG_INVALID', async (_what, locate, message) => {
  const conflict: FaultAction = {
    change: (reply, request) => {
      const location = (reply.headers ?? []).find(([name]) => name.toLowerCase() === 'location')?.[1] ?? '';
      return { status: 409, headers: [['Location', locate(location, request.origin)]], body: '{}' };
    },
  };
  const error = await failsWith('rekor-v1', conflict);
  expect(error).toMatchObject({ code: 'LOG_INVALID', message: expect.stringMatching(message) });
});

test('a 409 of Rekor v1 that points to the entry of another signature is LOG_INVALID', async () => {
  await using stack = await startFaultySigstore({
    'rekor-v1': [
      {
        match: on('POST', /entries/),
        times: 'always',
        skip: 1,
        action: { reply: () => ({ status: 409, headers: [['Location', `/api/v1/log/entries/${first}`]], body: '{}' }) },
      },
    ],
  });
  let first = '';
  const signer = signerOf(stack);
  const made = await signer.signStatement(STATEMENT, SUBJECT);
  const { canonicalizedBody } = JSON.parse(text(made.bundle)).verificationMaterial.tlogEntries[0];
  // Adding the same body again gives the UUID of the entry that is there.
  first = stack.rekorV1.add(Buffer.from(canonicalizedBody, 'base64'));
  await expect(signer.signStatement(STATEMENT, SUBJECT)).rejects.toMatchObject({
    code: 'LOG_INVALID',
    message: expect.stringContaining('another signature, key or digest'),
  });
});

// ── Rekor v2 ────────────────────────────────────────────────────────────────────────────────────

const v2Body = (edit: (spec: Json, body: Json) => unknown): FaultAction =>
  edited((answer) => {
    const decoded: Json = JSON.parse(Buffer.from(answer.canonicalizedBody, 'base64').toString());
    edit(decoded.spec.hashedRekordV002, decoded);
    answer.canonicalizedBody = Buffer.from(JSON.stringify(decoded)).toString('base64');
  });
const v2Proof = (changes: Json): FaultAction => edited((answer) => void Object.assign(answer.inclusionProof, changes));

const FOREIGN_V2: readonly [string, FaultAction, ErrorCode][] = [
  [
    'the dsse kind, which is gone',
    edited((answer) => void Object.assign(answer.kindVersion, { kind: 'dsse' })),
    'LOG_INVALID',
  ],
  ['another version', edited((answer) => void Object.assign(answer.kindVersion, { version: '0.0.1' })), 'LOG_INVALID'],
  [
    'another digest',
    v2Body((spec) => Object.assign(spec.data, { digest: Buffer.alloc(32).toString('base64') })),
    'LOG_INVALID',
  ],
  ['another algorithm', v2Body((spec) => Object.assign(spec.data, { algorithm: 'SHA2_512' })), 'LOG_INVALID'],
  ['another signature', v2Body((spec) => Object.assign(spec.signature, { content: 'AAAA' })), 'LOG_INVALID'],
  [
    'another key type',
    v2Body((spec) => Object.assign(spec.signature.verifier, { keyDetails: 'PKIX_ED25519' })),
    'LOG_INVALID',
  ],
  [
    'another key',
    v2Body((spec) => Object.assign(spec.signature.verifier.x509Certificate, { rawBytes: 'AAAA' })),
    'LOG_INVALID',
  ],
  ['a body of another kind', v2Body((_spec, value) => Object.assign(value, { kind: 'dsse' })), 'LOG_INVALID'],
];

test.each<[string, FaultAction, ErrorCode]>([
  ['503', { reply: textReply(503, '') }, 'LOG_UNAVAILABLE'],
  ['405, as a read-only shard does', { reply: textReply(405, '') }, 'LOG_INVALID'],
  ['400', { reply: jsonReply(400, { code: 3, message: 'invalid hashedrekord request' }) }, 'LOG_INVALID'],
  ['409 for ever', { reply: jsonReply(409, { code: 6 }) }, 'LOG_INVALID'],
  ['a page', { reply: textReply(201, '<html>') }, 'LOG_INVALID'],
  ['no entry', { reply: jsonReply(201, {}) }, 'LOG_INVALID'],
  ['an entry without body', edited((answer) => void delete answer.canonicalizedBody), 'LOG_INVALID'],
  ['an entry without log id', edited((answer) => void delete answer.logId), 'LOG_INVALID'],
  ['an entry without proof', edited((answer) => void delete answer.inclusionProof), 'LOG_INVALID'],
  ['an index that is none', edited((answer) => void Object.assign(answer, { logIndex: 'x' })), 'LOG_INVALID'],
  ['a proof with a short hash', v2Proof({ hashes: ['AAAA'] }), 'LOG_INVALID'],
  ['a proof without tree size', v2Proof({ treeSize: undefined }), 'LOG_INVALID'],
  ...FOREIGN_V2,
  [
    'a body in another order, which was not logged',
    v2Body((_spec, value) => {
      const { kind } = value;
      delete value.kind;
      value.kind = kind;
    }),
    'LOG_INVALID',
  ],
  [
    'another index',
    edited((answer) => {
      answer.logIndex = '0';
      answer.inclusionProof.logIndex = '0';
    }),
    'LOG_INVALID',
  ],
  [
    'another checkpoint',
    edited((answer) => {
      const { checkpoint } = answer.inclusionProof;
      checkpoint.envelope = checkpoint.envelope.replace(/.{8}\n$/, 'AAAAAAAA\n');
    }),
    'LOG_INVALID',
  ],
])('a Rekor v2 that answers with %s', async (_what, action, code) => {
  expect((await failsWith('rekor-v2', action, { variant: 'v2' })).code).toBe(code);
});

const noAttestation = (): Promise<never> => Promise.reject(new Error('nobody asked for an attestation'));

/** A verifier that accepts everything. */
const CREDULOUS: NonNullable<WorldOptions['signer']> = {
  verify: {
    verifyAttestation: noAttestation,
    verify: async (_, candidate) => ({
      kind: 'verified',
      facts: {
        format: candidate.format,
        identity: { issuer: 'i', subject: 's', subjectKind: 'uri', claims: {} },
        annotations: {},
        provenTimes: [new Date()],
        log: undefined,
        dockerReference: undefined,
      },
    }),
  },
};

test.each([
  ...FOREIGN_V1.map(([what, action]) => ['v1', what, action] as const),
  ...FOREIGN_V2.map(([what, action]) => ['v2', what, action] as const),
])('Rekor %s: an entry of %s is refused before any verifier sees it', async (variant, _what, action) => {
  expect(await failsWith(`rekor-${variant}`, action, { variant, signer: CREDULOUS })).toMatchObject({
    code: 'LOG_INVALID',
    message: expect.stringContaining('another signature, key or digest'),
  });
});

test.each(['v1', 'v2'] as const)('Rekor %s: the true entry is not', async (variant) => {
  await using stack = await startSigstore();
  await expect(
    signerOf(stack, { variant, signer: CREDULOUS }).signStatement(STATEMENT, SUBJECT),
  ).resolves.toBeDefined();
});

// ── timestamp authority ─────────────────────────────────────────────────────────────────────────

const bytes = (edit: (body: Buffer) => Buffer): FaultAction => ({
  change: (reply) => ({ ...reply, body: edit(Buffer.from(reply.body ?? '')) }),
});

test.each<[string, FaultAction, ErrorCode]>([
  ['503', { reply: textReply(503, '') }, 'TSA_UNAVAILABLE'],
  ['a reset', { fault: 'reset' }, 'TSA_UNAVAILABLE'],
  ['400', { reply: jsonReply(400, { message: 'Invalid hash' }) }, 'TSA_INVALID'],
  ['415', { reply: textReply(415, '') }, 'TSA_INVALID'],
  ['a page', { reply: textReply(200, '<html>') }, 'TSA_INVALID'],
  ['nothing', { reply: textReply(200, '') }, 'TSA_INVALID'],
  ['an endless body', { fault: 'endless' }, 'TSA_INVALID'],
  // SEQUENCE { SEQUENCE { INTEGER 2 } }: rejection, without a token.
  ['a rejection', { reply: { status: 200, body: Buffer.from('30053003020102', 'hex') } }, 'TSA_INVALID'],
  ['half a token', bytes((body) => body.subarray(0, 200)), 'TSA_INVALID'],
  [
    'a granted status turned into a rejection',
    bytes((body) => {
      body[body.indexOf(Buffer.from('3003020100', 'hex')) + 4] = 2;
      return body;
    }),
    'TSA_INVALID',
  ],
  [
    'a token whose signature is forged',
    bytes((body) => {
      body[body.length - 1] = (body.at(-1) ?? 0) ^ 1;
      return body;
    }),
    'TSA_INVALID',
  ],
])('a timestamp authority that answers with %s', async (_what, action, code) => {
  expect((await failsWith('tsa', action)).code).toBe(code);
});

test('a reply that says it grants nothing is refused before any verifier sees it, whatever it holds', async () => {
  const rejecting = bytes((body) => {
    body[body.indexOf(Buffer.from('3003020100', 'hex')) + 4] = 2;
    return body;
  });
  expect(await failsWith('tsa', rejecting, { signer: CREDULOUS })).toMatchObject({
    code: 'TSA_INVALID',
    message: expect.stringContaining('status 2, which does not grant a timestamp'),
  });
});

test('a timestamp of other bytes than ours is TSA_INVALID', async () => {
  let earlier: Reply | undefined;
  const replay: FaultAction = {
    change: (reply) => {
      earlier ??= reply;
      return earlier;
    },
  };
  await using stack = await startFaultySigstore({ tsa: always(replay) });
  const signer = signerOf(stack);
  await signer.signStatement(STATEMENT, SUBJECT);
  await expect(signer.signStatement(STATEMENT, SUBJECT)).rejects.toMatchObject({
    code: 'TSA_INVALID',
    message: expect.stringContaining('for different bytes'),
  });
});

test('a log entry made before the timestamp failed is known, so that the error can name it', async () => {
  await using stack = await startFaultySigstore({ tsa: always({ reply: textReply(503, '') }) });
  const signer = signerOf(stack);
  await expect(signer.signStatement(STATEMENT, SUBJECT)).rejects.toMatchObject({ code: 'TSA_UNAVAILABLE' });
  expect(signer.loggedEntries()).toEqual([{ url: stack.urls.rekorV1, index: expect.any(Number) }]);
});

// ── configuration and self-verification ─────────────────────────────────────────────────────────

test('outages within the budget are not seen', async () => {
  const once = (path: RegExp) =>
    [{ match: on('POST', path), times: 1, action: { reply: textReply(503, '') } }] as const;
  await using stack = await startFaultySigstore({ ca: once(/./), 'rekor-v1': once(/./), tsa: once(/./) });
  await expect(signerOf(stack, { retryForMs: 60_000 }).signStatement(STATEMENT, SUBJECT)).resolves.toBeDefined();
});

test('a legacy signature without Rekor v1 is INPUT_INVALID before anyone is asked', async () => {
  await using stack = await startSigstore();
  for (const variant of ['v2', 'tsa'] as const) {
    const formats = { bundle: false, legacy: true };
    expect((await failureOf(stack, { variant, legacy: true, signer: { formats } })).code).toBe('INPUT_INVALID');
  }
  expect((await failureOf(stack, { variant: 'v2', legacy: true })).code).toBe('INPUT_INVALID');
  expect(stack.log.requests()).toEqual([]);
});

test('Rekor v2 without a timestamp authority is INPUT_INVALID before anyone is asked', async () => {
  await using stack = await startSigstore();
  const signingConfig = stack.signingConfigJson('v2', { timestampAuthorities: [] });
  expect((await failureOf(stack, { variant: 'v2', signingConfig })).code).toBe('INPUT_INVALID');
  expect(stack.log.requests()).toEqual([]);
});

test.each(['v1', 'v1-no-tsa', 'v2', 'tsa'] as const)(
  "%s: a signature that this run's trusted root does not accept is never returned",
  async (variant) => {
    await using stack = await startSigstore();
    await using other = await startSigstore();
    const trustedRoot = other.trustedRootJson(variant);
    const error = await failureOf(stack, { variant, trustedRoot });
    expect(error).toMatchObject({ code: 'CA_INVALID', message: expect.stringContaining('CERTIFICATE_UNTRUSTED') });
    if (variant.startsWith('v1')) {
      expect((await failureOf(stack, { variant, trustedRoot, legacy: true })).code).toBe('CA_INVALID');
    }
  },
);

test('a timestamp never stands in for the log entry that the trusted root can check', async () => {
  await using stack = await startSigstore();
  const options = { variant: 'tsa', trustedRoot: stack.trustedRootJson('v1') } as const;
  expect((await failureOf(stack, options)).code).toBe('LOG_INVALID');
});

test('a statement about another image is refused', async () => {
  await using stack = await startSigstore();
  const other = imageStatement(`sha256:${'0'.repeat(64)}` as typeof SUBJECT, {});
  await expect(signerOf(stack).signStatement(other, SUBJECT)).rejects.toMatchObject({
    code: 'SELF_VERIFICATION_FAILED',
    message: expect.stringContaining('SUBJECT_DIGEST_MISMATCH'),
  });
});

test.each<[Verification, ErrorCode]>([
  [{ kind: 'refused', reason: 'SIGNATURE_INVALID', message: 'm', unverified: undefined }, 'SELF_VERIFICATION_FAILED'],
  [
    { kind: 'refused', reason: 'SUBJECT_DIGEST_MISMATCH', message: 'm', unverified: undefined },
    'SELF_VERIFICATION_FAILED',
  ],
  [{ kind: 'refused', reason: 'CERTIFICATE_UNTRUSTED', message: 'm', unverified: undefined }, 'CA_INVALID'],
  [{ kind: 'refused', reason: 'CERTIFICATE_EXPIRED', message: 'm', unverified: undefined }, 'CA_INVALID'],
  [{ kind: 'refused', reason: 'NOT_LOGGED', message: 'm', unverified: undefined }, 'LOG_INVALID'],
  [{ kind: 'refused', reason: 'TIMESTAMP_INVALID', message: 'm', unverified: undefined }, 'TSA_INVALID'],
  [{ kind: 'not-a-signature', what: 'attestation', predicateType: 'x', message: 'm' }, 'SELF_VERIFICATION_FAILED'],
  [
    { kind: 'not-a-signature', what: 'message-signature', predicateType: undefined, message: 'm' },
    'SELF_VERIFICATION_FAILED',
  ],
])('a verifier that says %j is obeyed, with the code %s', async (verification, code) => {
  await using stack = await startSigstore();
  const error = await failureOf(stack, {
    signer: { verify: { verify: async () => verification, verifyAttestation: noAttestation } },
  });
  expect(error.code).toBe(code);
});

test('a trusted root that cannot be had is that error, not a signature', async () => {
  await using stack = await startSigstore();
  const verify = async (): Promise<Verification> => {
    throw new CodedError('TRUST_ROOT_UNAVAILABLE', 'no root');
  };
  expect((await failureOf(stack, { signer: { verify: { verify, verifyAttestation: noAttestation } } })).code).toBe(
    'TRUST_ROOT_UNAVAILABLE',
  );
});

test('an expired id-token ends before the CA is asked', async () => {
  await using stack = await startSigstore();
  stack.oidc.setJob({}, { expiresSeconds: -1 });
  expect((await failureOf(stack)).code).toBe('IDENTITY_TOKEN_UNAVAILABLE');
  expect(requestsTo(stack, 'ca')).toBe(0);
});

test('a token whose signature is forged is refused by the CA, and the error says whose it claims to be', async () => {
  await using stack = await startSigstore();
  stack.oidc.setJob({}, { forged: true });
  const error = await failureOf(stack);
  expect(error).toMatchObject({ code: 'CA_REFUSED', message: expect.stringContaining(stack.issuer) });
});
