import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  authorityKeyIdentifier,
  basicConstraints,
  CODE_SIGNING,
  distinguishedName,
  type Extension,
  encodeTbs,
  extendedKeyUsage,
  keyUsage,
  randomSerial,
  signCertificate,
  subjectKeyIdentifier,
  TIME_STAMPING,
} from '../../../sandbox/sigstore/certificate.ts';
import { hashedRekordBody, hashedRekordV2Body } from '../../../sandbox/sigstore/hand-signer.ts';
import { createKey, sha256, toPem } from '../../../sandbox/sigstore/keys.ts';
import type { SigstoreStack } from '../../../sandbox/sigstore/sigstore-stack.ts';
import { encodeTimestamp } from '../../../sandbox/sigstore/timestamp-token.ts';
import { createTransparencyLogV2 } from '../../../sandbox/sigstore/transparency-log-v2.ts';
import type { TrustedRootContent } from '../../../sandbox/sigstore/trusted-root.ts';
import { hexOf } from '../../../src/domain/image/digest.ts';
import { checkEntryBody } from '../../../src/sigstore/verifying/entry-body.ts';
import { createSignatureVerifier } from '../../../src/sigstore/verifying/verifier.ts';
import { testCall } from '../../calls.ts';
import { bundleCandidate, type Json } from './golden.ts';
import {
  OTHER_SUBJECT,
  outcome,
  rootOf,
  type Signing,
  SUBJECT,
  seconds,
  sign,
  startStack,
  statement,
  T,
  verify,
} from './sandbox-signatures.ts';

let stack: SigstoreStack;
let stranger: SigstoreStack;
beforeAll(async () => {
  stack = await startStack();
  stranger = await startStack();
});
afterAll(async () => {
  await stack.close();
  await stranger.close();
});

const stamped: Signing = { entries: ['v2'], timestamps: [{}] };
const entriesOf = (bundle: Json): Json[] => bundle.verificationMaterial.tlogEntries;
const timestampsOf = (bundle: Json): Json[] => bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps;

/** A bundle entry for any bytes, logged in Rekor v1 at T. */
function relogged(body: string): Json {
  const entry = stack.rekorV1.entry(stack.rekorV1.add(body));
  if (entry === undefined) throw new Error('the log lost an entry');
  const { inclusionProof, signedEntryTimestamp } = entry.verification;
  const fromHex = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
  return {
    logIndex: String(entry.logIndex),
    logId: { keyId: fromHex(entry.logID) },
    integratedTime: String(entry.integratedTime),
    inclusionPromise: { signedEntryTimestamp },
    inclusionProof: {
      logIndex: String(inclusionProof.logIndex),
      rootHash: fromHex(inclusionProof.rootHash),
      treeSize: String(inclusionProof.treeSize),
      hashes: inclusionProof.hashes.map(fromHex),
      checkpoint: { envelope: inclusionProof.checkpoint },
    },
    canonicalizedBody: entry.body,
  };
}

/** The trusted root with logs or authorities believed only in a window. */
function windowed(kind: keyof TrustedRootContent, validFor: { start?: Date; end?: Date }): ReturnType<typeof rootOf> {
  const content = stack.trustedRootContent('all');
  return rootOf(stack, { [kind]: content[kind].map((one) => ({ ...one, validFor })) });
}

describe('log entries of every kind prove a signature', () => {
  test.each<[string, Signing]>([
    ['dsse of Rekor v1', { entries: ['dsse'] }],
    ['hashedrekord of Rekor v1 over the pre-authentication encoding', { entries: ['hashedrekord'] }],
    ['intoto of Rekor v1', { entries: ['intoto'] }],
    ['hashedrekord of Rekor v2', stamped],
    ['one of each log', { entries: ['dsse', 'v2'], timestamps: [{}] }],
  ])('%s, and about no other image', async (_, signing) => {
    const bundle = sign(stack, signing);
    expect(await outcome(bundle, rootOf(stack))).toBe('verified');
    expect(await outcome(bundle, rootOf(stack), OTHER_SUBJECT)).toBe('SUBJECT_DIGEST_MISMATCH');
    expect(await outcome(bundle, rootOf(stranger))).toBe('CERTIFICATE_UNTRUSTED');
  });

  test('the facts name the log, the global index and every proven time, oldest first', async () => {
    const result = await verify(sign(stack, { loggedAt: seconds(5), timestamps: [{}] }), rootOf(stack));
    if (result.kind !== 'verified') throw new Error(JSON.stringify(result));
    expect(result.facts.provenTimes).toEqual([T, seconds(5)]);
    expect(result.facts.log).toMatchObject({ url: stack.urls.rekorV1, integratedTime: seconds(5) });
    expect(result.facts.log?.index).toBeGreaterThanOrEqual(25_579);
  });
});

describe('a log entry is about this signature, certificate and digest', () => {
  const other = Buffer.from('another').toString('base64');
  const swap = (from: RegExp, to: string) => (body: string) => {
    const changed = body.replace(from, to);
    if (changed === body) throw new Error('nothing was altered');
    return changed;
  };

  test.each<[string, Signing['entries'], (body: string) => string]>([
    ['signature', ['dsse'], swap(/"signature":"[^"]+"/, `"signature":"${other}"`)],
    [
      'payload hash',
      ['dsse'],
      swap(
        /"payloadHash":\{"algorithm":"sha256","value":"[^"]+"/,
        `"payloadHash":{"algorithm":"sha256","value":"${'0'.repeat(64)}"`,
      ),
    ],
    ['digest algorithm', ['dsse'], swap(/"payloadHash":\{"algorithm":"sha256"/, '"payloadHash":{"algorithm":"sha512"')],
    ['signature', ['hashedrekord'], swap(/"content":"[^"]+","publicKey"/, `"content":"${other}","publicKey"`)],
    ['digest', ['hashedrekord'], swap(/"value":"[^"]+"/, `"value":"${'0'.repeat(64)}"`)],
    ['signature', ['intoto'], swap(/"sig":"[^"]+"/, `"sig":"${Buffer.from(other).toString('base64')}"`)],
    [
      'payload hash',
      ['intoto'],
      swap(
        /"payloadHash":\{"algorithm":"sha256","value":"[^"]+"/,
        `"payloadHash":{"algorithm":"sha256","value":"${'0'.repeat(64)}"`,
      ),
    ],
    ['payload type', ['intoto'], swap(/"payloadType":"[^"]+"/, '"payloadType":"text/plain"')],
    ['signature', ['v2'], swap(/"content":"[^"]+"/, `"content":"${other}"`)],
    ['digest', ['v2'], swap(/"digest":"[^"]+"/, `"digest":"${sha256('x').toString('base64')}"`)],
    ['key details', ['v2'], swap(/PKIX_ECDSA_P256_SHA_256/, 'PKIX_ECDSA_P384_SHA_384')],
    ['kind', ['v2'], swap(/"kind":"hashedrekord"/, '"kind":"dsse"')],
  ])('refuses an entry with another %s (%s)', async (_, entries, alterBody) => {
    const bundle = sign(stack, { entries: entries ?? [], alterBody, timestamps: [{}] });
    expect(await outcome(bundle, rootOf(stack))).toBe('NOT_LOGGED');
  });

  test.each<['dsse' | 'hashedrekord' | 'intoto']>([['dsse'], ['hashedrekord'], ['intoto']])(
    'refuses a %s entry whose certificate is another one of the same key',
    async (kind) => {
      const key = createKey();
      const twin = Buffer.from(stack.ca.certify({ publicKey: key.publicKey }).pem).toString('base64');
      const alterBody = (body: string) => body.replace(/"(verifier|publicKey|content)":"LS0t[^"]+"/, `"$1":"${twin}"`);
      expect(await outcome(sign(stack, { key, entries: [kind] }), rootOf(stack))).toBe('verified');
      expect(await outcome(sign(stack, { key, entries: [kind], alterBody }), rootOf(stack))).toBe('NOT_LOGGED');
    },
  );

  test('refuses a Rekor v2 entry whose certificate is another one of the same key', async () => {
    const key = createKey();
    const twin = stack.ca.certify({ publicKey: key.publicKey }).der.toString('base64');
    const alterBody = (body: string) => body.replace(/"rawBytes":"[^"]+"/, `"rawBytes":"${twin}"`);
    expect(await outcome(sign(stack, { ...stamped, key, alterBody }), rootOf(stack))).toBe('NOT_LOGGED');
  });

  test.each<[string, (body: string) => string]>([
    ['a duplicate key', (body) => body.replace('{"apiVersion"', '{"kind":"hashedrekord","apiVersion"')],
    ['a second signature', (body) => body.replace(/"signatures":\[(\{.*\})\]/, '"signatures":[$1,$1]')],
    ['no signature', (body) => body.replace(/"signatures":\[.*\]/, '"signatures":[]')],
    ['no JSON', () => 'no JSON'],
    ['null', () => 'null'],
  ])('refuses an entry with %s', async (_, alter) => {
    const bundle = sign(stack);
    const [entry] = entriesOf(bundle);
    const body = Buffer.from(entry.canonicalizedBody, 'base64').toString('utf8');
    // The log really holds the odd body; kind and version stay announced as they were.
    entriesOf(bundle)[0] = { ...relogged(alter(body)), kindVersion: entry.kindVersion };
    expect(await outcome(bundle, rootOf(stack))).toBe('NOT_LOGGED');
  });
});

describe('a log entry is proven by the log it names', () => {
  test.each<[string, (entry: Json, other: Json) => void]>([
    [
      'a signed entry timestamp of another entry',
      (entry, other) => {
        entry.inclusionPromise = other.inclusionPromise;
      },
    ],
    [
      'no signed entry timestamp, though it has a time',
      (entry) => {
        delete entry.inclusionPromise;
      },
    ],
    [
      'no inclusion proof',
      (entry) => {
        delete entry.inclusionProof;
      },
    ],
    [
      'no checkpoint',
      (entry) => {
        delete entry.inclusionProof.checkpoint;
      },
    ],
    [
      'a proof of another entry',
      (entry, other) => {
        entry.inclusionProof = other.inclusionProof;
      },
    ],
    [
      'another root hash than its checkpoint',
      (entry, other) => {
        entry.inclusionProof.rootHash = other.inclusionProof.rootHash;
      },
    ],
    [
      'another tree size than its checkpoint',
      (entry) => {
        entry.inclusionProof.treeSize = String(Number(entry.inclusionProof.treeSize) + 1);
      },
    ],
    [
      'a checkpoint with text after its signature',
      (entry) => {
        entry.inclusionProof.checkpoint.envelope += 'more\n';
      },
    ],
    [
      'a checkpoint signed twice by the log',
      (entry) => {
        const { envelope } = entry.inclusionProof.checkpoint;
        entry.inclusionProof.checkpoint.envelope = envelope + envelope.slice(envelope.indexOf('\u2014'));
      },
    ],
    [
      'a checkpoint without signature',
      (entry) => {
        const { envelope } = entry.inclusionProof.checkpoint;
        entry.inclusionProof.checkpoint.envelope = envelope.slice(0, envelope.indexOf('\u2014'));
      },
    ],
    [
      'a checkpoint signed under another name',
      (entry) => {
        const { checkpoint } = entry.inclusionProof;
        checkpoint.envelope = checkpoint.envelope.replace(/\u2014 \S+/, '\u2014 127');
      },
    ],
    [
      'another index',
      (entry) => {
        entry.logIndex = String(Number(entry.logIndex) + 1);
      },
    ],
    [
      'another index in the proof',
      (entry) => {
        entry.inclusionProof.logIndex = String(Number(entry.inclusionProof.logIndex) - 1);
      },
    ],
  ])('refuses an entry with %s', async (_, change) => {
    for (const signing of [{ timestamps: [{}] }, stamped]) {
      const other = entriesOf(sign(stack, { ...signing, payload: statement({ predicate: { other: true } }) }))[0];
      const bundle = sign(stack, signing);
      const before = JSON.stringify(bundle);
      const [entry] = entriesOf(bundle);
      if (entry.inclusionPromise == null && /signed entry/.test(_)) continue;
      change(entry, other);
      expect(JSON.stringify(bundle)).not.toBe(before);
      expect(await outcome(bundle, rootOf(stack))).toBe('NOT_LOGGED');
    }
  });

  test('takes a checkpoint that witnesses signed as well', async () => {
    const bundle = sign(stack, stamped);
    const { checkpoint } = entriesOf(bundle)[0].inclusionProof;
    checkpoint.envelope += `\u2014 witness.example ${Buffer.alloc(68, 7).toString('base64')}\n`;
    expect(await outcome(bundle, rootOf(stack))).toBe('verified');
  });

  test('refuses a checkpoint whose origin is not the log, though its key signed it', async () => {
    const log = createTransparencyLogV2({ hostname: 'elsewhere.example' });
    const content = stack.trustedRootContent('all');
    const root = (baseUrl: string) =>
      rootOf(stack, { ...content, logs: [{ baseUrl, key: log.key, keyId: log.keyId }] });
    const key = createKey();
    const bundle = sign(stack, { key, entries: [], timestamps: [{}] });
    const certificate = Buffer.from(bundle.verificationMaterial.certificate.rawBytes, 'base64');
    const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64');
    const data = Buffer.concat([Buffer.from(`DSSEv1 28 application/vnd.in-toto+json ${payload.length} `), payload]);
    const signature = Buffer.from(bundle.dsseEnvelope.signatures[0].sig, 'base64');
    const body = hashedRekordV2Body({ data, signature, certificate, publicKey: key.publicKey });
    bundle.verificationMaterial.tlogEntries = [log.add(body)];
    expect(await outcome(bundle, root('https://elsewhere.example'))).toBe('verified');
    expect(await outcome(bundle, root('https://log.elsewhere.example'))).toBe('NOT_LOGGED');
    expect(await outcome(bundle, root('https://elsewhere.example.org'))).toBe('NOT_LOGGED');
  });

  test.each(['', 'rekor'])('says so if the trusted root gives the log the URL %j', async (baseUrl) => {
    const content = stack.trustedRootContent('all');
    const root = rootOf(stack, { logs: content.logs.map((log) => ({ ...log, baseUrl })) });
    expect(await verify(sign(stack), root)).toMatchObject({
      reason: 'NOT_LOGGED',
      message: expect.stringContaining('the trusted root has no valid URL for the log'),
    });
  });

  test('refuses an entry whose log says it is another one of the root', async () => {
    const bundle = sign(stack, { timestamps: [{}] });
    entriesOf(bundle)[0].logId = entriesOf(sign(stack, stamped))[0].logId;
    expect(await outcome(bundle, rootOf(stack))).toBe('NOT_LOGGED');
  });
});

describe('surplus proofs', () => {
  test('entries of logs outside the root are ignored, but do not count', async () => {
    const bundle = sign(stack);
    const foreign = entriesOf(sign(stranger));
    entriesOf(bundle).push(...foreign);
    expect(await outcome(bundle, rootOf(stack))).toBe('verified');
    bundle.verificationMaterial.tlogEntries = foreign;
    expect(await outcome(bundle, rootOf(stack))).toBe('NOT_LOGGED');
  });

  test('an entry of a log of the root that fails refuses the signature beside a good one', async () => {
    const bundle = sign(stack);
    entriesOf(bundle).push(...entriesOf(sign(stack)));
    expect(await outcome(bundle, rootOf(stack))).toBe('NOT_LOGGED');
  });

  test('a root without logs ignores entries, good and bad', async () => {
    const bundle = sign(stack, { timestamps: [{}] });
    const root = rootOf(stack, { logs: [] });
    expect(await outcome(bundle, root)).toBe('verified');
    entriesOf(bundle)[0].inclusionPromise = entriesOf(sign(stack))[0].inclusionPromise;
    expect(await outcome(bundle, root)).toBe('verified');
    expect(await outcome(bundle, rootOf(stack))).toBe('NOT_LOGGED');
  });

  test('timestamps of authorities outside the root are ignored, but do not count', async () => {
    const foreign = timestampsOf(sign(stranger, stamped));
    const bundle = sign(stack, { timestamps: [{}] });
    timestampsOf(bundle).push(...foreign);
    expect(await outcome(bundle, rootOf(stack))).toBe('verified');
    const v2 = sign(stack, stamped);
    timestampsOf(v2).splice(0, 1, ...foreign);
    expect(await outcome(v2, rootOf(stack))).toBe('TIMESTAMP_INVALID');
  });

  test.each<[string, Signing['timestamps']]>([
    ['signed by a stranger under its name', [{ signedBy: 'stranger' }]],
    ['signed by a stranger under its name, beside a good one', [{}, { signedBy: 'stranger' }]],
  ])(
    'a timestamp that names an authority of the root, %s, refuses the signature beside a proven log time',
    async (_, timestamps) => {
      expect(await outcome(sign(stack, { timestamps: timestamps ?? [] }), rootOf(stack))).toBe('TIMESTAMP_INVALID');
    },
  );

  test('a timestamp that cannot be read refuses the signature beside a proven log time', async () => {
    const bundle = sign(stack, { timestamps: [{}] });
    timestampsOf(bundle)[0].signedTimestamp = Buffer.from('no timestamp').toString('base64');
    expect(await outcome(bundle, rootOf(stack))).toBe('TIMESTAMP_INVALID');
  });

  test('the same entry or timestamp twice is refused', async () => {
    const entries = sign(stack);
    entriesOf(entries).push(entriesOf(entries)[0]);
    expect(await outcome(entries, rootOf(stack))).toBe('NOT_LOGGED');
    const timestamps = sign(stack, stamped);
    timestampsOf(timestamps).push(timestampsOf(timestamps)[0]);
    expect(await outcome(timestamps, rootOf(stack))).toBe('TIMESTAMP_INVALID');
  });
});

describe('timestamps', () => {
  test('of another signature are refused', async () => {
    const bundle = sign(stack, stamped);
    timestampsOf(bundle)[0] = timestampsOf(sign(stack, stamped))[0];
    expect(await outcome(bundle, rootOf(stack))).toBe('TIMESTAMP_INVALID');
  });

  test('with nonce and embedded certificate are taken', async () => {
    const bundle = sign(stack, { ...stamped, timestamps: [{ certificate: true, nonce: Buffer.from([1, 2, 3]) }] });
    expect(await outcome(bundle, rootOf(stack))).toBe('verified');
  });

  /** A timestamp authority of its own, whose certificate is for `usage`. */
  function authority(...usage: string[]) {
    const root = { name: distinguishedName({ commonName: 'root' }), key: createKey() };
    const leaf = { name: distinguishedName({ commonName: 'leaf' }), key: createKey() };
    const serial = randomSerial();
    const issue = (subject: typeof root, number: Buffer, extensions: readonly Extension[]) =>
      signCertificate(
        encodeTbs({
          subject: subject.name,
          issuer: root,
          notBefore: seconds(-1000),
          notAfter: seconds(1000),
          spki: subject.key.spki,
          serial: number,
          extensions: [subjectKeyIdentifier(subject.key.spki), authorityKeyIdentifier(root.key.spki), ...extensions],
        }),
        root.key,
      );
    const certificate = issue(leaf, serial, [keyUsage(0), ...usage.map((one) => extendedKeyUsage(one, true))]);
    const chain = [certificate, issue(root, randomSerial(), [keyUsage(5, 6), basicConstraints()])];
    const content = stack.trustedRootContent('all');
    const [listed] = content.timestampAuthorities;
    if (!listed) throw new Error('no authority');
    return {
      trusted: rootOf(stack, { timestampAuthorities: [{ ...listed, chain, validFor: { start: seconds(-1000) } }] }),
      stamp: (data: Uint8Array, named: Buffer = certificate) =>
        encodeTimestamp(
          { key: leaf.key, name: leaf.name, issuer: root, serial, certificate: named },
          { algorithm: 'sha256', digest: sha256(data), at: T, serial: randomSerial() },
        ),
    };
  }

  test.each<[string, string[], string]>([
    ['for time stamping', [TIME_STAMPING], 'verified'],
    ['for code signing', [CODE_SIGNING], 'TIMESTAMP_INVALID'],
    ['for any use', [], 'TIMESTAMP_INVALID'],
  ])('by a certificate %s: %s', async (_, usage, expected) => {
    const { trusted, stamp } = authority(...usage);
    const bundle = sign(stack, stamped);
    const signature = Buffer.from(bundle.dsseEnvelope.signatures[0].sig, 'base64');
    timestampsOf(bundle)[0].signedTimestamp = stamp(signature).toString('base64');
    expect(await outcome(bundle, trusted)).toBe(expected);
  });

  test('that name another certificate than the one that signed are refused', async () => {
    const { trusted, stamp } = authority(TIME_STAMPING);
    const bundle = sign(stack, stamped);
    const signature = Buffer.from(bundle.dsseEnvelope.signatures[0].sig, 'base64');
    timestampsOf(bundle)[0].signedTimestamp = stamp(signature, Buffer.from('another')).toString('base64');
    expect(await outcome(bundle, trusted)).toBe('TIMESTAMP_INVALID');
  });

  test('a signature without any proven time is refused', async () => {
    expect(await verify(sign(stack, { entries: ['v2'] }), rootOf(stack))).toMatchObject({
      message: expect.stringContaining('nothing proves the signing time'),
    });
    expect(await outcome(sign(stack, { entries: ['v2'] }), rootOf(stack))).toBe('TIMESTAMP_INVALID');
    expect(await outcome(sign(stack, { entries: [] }), rootOf(stack, { logs: [] }))).toBe('TIMESTAMP_INVALID');
    expect(await outcome(sign(stack, stamped), rootOf(stack, { timestampAuthorities: [] }))).toBe('TIMESTAMP_INVALID');
    expect(await outcome(sign(stack, stamped), rootOf(stack, { logs: [], timestampAuthorities: [] }))).toBe(
      'TIMESTAMP_INVALID',
    );
  });
});

describe('to the second', () => {
  const certify = { notBefore: seconds(-60), notAfter: seconds(60) };
  test.each([
    [-60, 'verified'],
    [60, 'verified'],
    [-61, 'CERTIFICATE_EXPIRED'],
    [61, 'CERTIFICATE_EXPIRED'],
  ])('a log time %i s from the middle of a certificate of 120 s: %s', async (offset, expected) => {
    const bundle = sign(stack, { certify, loggedAt: seconds(offset) });
    expect(await outcome(bundle, rootOf(stack))).toBe(expected);
  });

  test.each([
    [-60, 'verified'],
    [60, 'verified'],
    [-61, 'CERTIFICATE_EXPIRED'],
    [61, 'CERTIFICATE_EXPIRED'],
  ])('a timestamp %i s from the middle of a certificate of 120 s: %s', async (offset, expected) => {
    for (const entries of [['v2' as const], []]) {
      const bundle = sign(stack, { certify, entries, timestamps: [{ at: seconds(offset) }] });
      expect(await outcome(bundle, rootOf(stack, entries.length === 0 ? { logs: [] } : {}))).toBe(expected);
    }
  });

  test('one proven time outside is enough to refuse', async () => {
    expect(await outcome(sign(stack, { certify, timestamps: [{ at: seconds(61) }] }), rootOf(stack))).toBe(
      'CERTIFICATE_EXPIRED',
    );
    expect(await outcome(sign(stack, { certify, loggedAt: seconds(61), timestamps: [{}] }), rootOf(stack))).toBe(
      'CERTIFICATE_EXPIRED',
    );
  });

  test.each([
    ['logs', {}, 'NOT_LOGGED'],
    ['logs', stamped, 'NOT_LOGGED'],
    ['timestampAuthorities', stamped, 'TIMESTAMP_INVALID'],
    ['certificateAuthorities', {}, 'CERTIFICATE_EXPIRED'],
    ['certificateAuthorities', stamped, 'CERTIFICATE_EXPIRED'],
    ['ctLogs', {}, 'CERTIFICATE_UNTRUSTED'],
  ] as const)('the window of %s in the trusted root holds at both ends (%#)', async (kind, signing, expected) => {
    const bundle = sign(stack, signing);
    expect(await outcome(bundle, windowed(kind, { start: T, end: T }))).toBe('verified');
    expect(await outcome(bundle, windowed(kind, { start: seconds(1) }))).toBe(expected);
    expect(await outcome(bundle, windowed(kind, { start: seconds(-100), end: seconds(-1) }))).toBe(expected);
  });

  test('the window of a CT log is judged before the log entry', async () => {
    expect(await outcome(sign(stack, { entries: [] }), windowed('ctLogs', { start: T, end: T }))).toBe('NOT_LOGGED');
    expect(await outcome(sign(stack, { entries: [] }), windowed('ctLogs', { start: seconds(1) }))).toBe(
      'CERTIFICATE_UNTRUSTED',
    );
  });

  test('a log without a validity start was never trusted', async () => {
    expect(await outcome(sign(stack), windowed('logs', {}))).toBe('NOT_LOGGED');
    expect(await outcome(sign(stack, stamped), windowed('logs', {}))).toBe('NOT_LOGGED');
    expect(await outcome(sign(stack), windowed('ctLogs', {}))).toBe('CERTIFICATE_UNTRUSTED');
  });
});

describe('the first failing check names the reason', () => {
  const bad: Record<string, Signing> = {
    statement: { payload: statement({ _type: 'https://in-toto.io/Statement/v0.1' }) },
    digest: { payload: statement({ subject: [{ digest: { sha256: hexOf(OTHER_SUBJECT) } }] }) },
    certificate: { certify: { sct: 'bad-signature', notBefore: seconds(-100), notAfter: seconds(-1) } },
    entry: { alterBody: (body) => body.replace(/"payloadHash":.*?\}/, '"payloadHash":{}') },
    timestamp: { timestamps: [{ signedBy: 'stranger' }] },
  };
  test.each([
    [['statement', 'digest', 'certificate', 'entry', 'timestamp'], 'SIGNATURE_INVALID'],
    [['digest', 'certificate', 'entry', 'timestamp'], 'SUBJECT_DIGEST_MISMATCH'],
    [['certificate', 'entry', 'timestamp'], 'CERTIFICATE_UNTRUSTED'],
    [['entry', 'timestamp'], 'NOT_LOGGED'],
    [['timestamp'], 'TIMESTAMP_INVALID'],
  ])('%j: %s', async (faults, expected) => {
    // Expired as well, which is the last check.
    const expired: Signing = { certify: { notBefore: seconds(-100), notAfter: seconds(-1) } };
    const signing: Signing = Object.assign({}, expired, ...faults.toReversed().map((fault) => bad[fault]));
    expect(await outcome(sign(stack, signing), rootOf(stack))).toBe(expected);
    expect(await outcome(sign(stack, expired), rootOf(stack))).toBe('CERTIFICATE_EXPIRED');
  });
});

test('a log entry that does not verify is named before a timestamp that does not', async () => {
  const bundle = sign(stack, { timestamps: [{ signedBy: 'stranger' }] });
  expect(await outcome(bundle, rootOf(stack))).toBe('TIMESTAMP_INVALID');
  entriesOf(bundle)[0].inclusionPromise = entriesOf(sign(stack))[0].inclusionPromise;
  expect(await outcome(bundle, rootOf(stack))).toBe('NOT_LOGGED');
});

describe('checkEntryBody compares by itself, whatever the library does', () => {
  const signature = Buffer.from('signature');
  const certificate = Buffer.from('certificate');
  const data = Buffer.from('data');
  const kindVersion = { kind: 'hashedrekord', version: '0.0.1' };
  const body = Buffer.from(hashedRekordBody({ data, signature, pem: toPem('CERTIFICATE', certificate) }));
  const material = {
    content: 'simple-signing',
    certificate,
    signature,
    signedBytes: data,
    payload: data,
    payloadType: undefined,
    mayLackInclusionProof: true,
    entries: [],
    timestamps: [],
  } as const;

  test('and takes the entry of this signature', () => {
    expect(() => checkEntryBody(body, kindVersion, material)).not.toThrow();
  });

  test.each([
    ['signature', { signature: Buffer.from('other') }],
    ['certificate', { certificate: Buffer.from('other') }],
    ['digest', { signedBytes: Buffer.from('other') }],
  ])('and refuses one of another %s', (what, other) => {
    expect(() => checkEntryBody(body, kindVersion, { ...material, ...other })).toThrow(`another ${what}`);
  });

  test('and never takes an envelope entry for a plain signature', () => {
    const dsse = Buffer.from(JSON.stringify({ apiVersion: '0.0.1', kind: 'dsse', spec: {} }));
    expect(() => checkEntryBody(dsse, { kind: 'dsse', version: '0.0.1' }, material)).toThrow('cannot prove');
    const intoto = Buffer.from(JSON.stringify({ apiVersion: '0.0.1', kind: 'intoto', spec: {} }));
    expect(() =>
      checkEntryBody(intoto, { kind: 'intoto', version: '0.0.1' }, { ...material, payloadType: 'x' }),
    ).toThrow('cannot prove');
  });
});

describe('the trusted root', () => {
  test('is chosen by what the certificate says of its issuer and visibility', async () => {
    const asked: unknown[] = [];
    const verifier = createSignatureVerifier({
      trust: {
        rootFor: (_, leaf) => {
          asked.push(leaf);
          return Promise.resolve({ label: 'sandbox', root: rootOf(stack) });
        },
      },
    });
    const bundle = sign(stack, { certify: { extensions: { 22: 'internal' } } });
    expect((await verifier.verify(testCall(), bundleCandidate(bundle), OTHER_SUBJECT)).kind).toBe('refused');
    expect(asked).toEqual([]);
    await verifier.verify(
      testCall(),
      bundleCandidate(sign(stack, { certify: { extensions: { 22: 'internal' } } })),
      OTHER_SUBJECT,
    );
    const result = await verify(bundle, rootOf(stack));
    expect(result).toMatchObject({ kind: 'verified' });
    await verifier.verify(testCall(), bundleCandidate(bundle), SUBJECT);
    expect(asked).toEqual([{ issuerOrganization: 'local', visibility: 'internal' }]);
  });

  test('that is not to be had is an error and no refusal', async () => {
    const verifier = createSignatureVerifier({ trust: { rootFor: () => Promise.reject(new Error('TUF is down')) } });
    await expect(verifier.verify(testCall(), bundleCandidate(sign(stack)), SUBJECT)).rejects.toThrow('TUF is down');
  });

  test('with a broken key is an error and no refusal', async () => {
    const root = rootOf(stack);
    const [log] = root.tlogs;
    if (log?.publicKey === undefined) throw new Error('no log');
    log.publicKey.rawBytes = Buffer.from('no key');
    await expect(verify(sign(stack), root)).rejects.toMatchObject({ code: 'TRUST_ROOT_INVALID' });
  });
});
