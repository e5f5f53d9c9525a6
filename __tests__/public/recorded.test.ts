import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Digest, digestOf } from '../../src/domain/image/digest.ts';
import { parseCertificate } from '../../src/sigstore/verifying/certificate.ts';
import { checkScts } from '../../src/sigstore/verifying/certificate-transparency.ts';
import { findChains } from '../../src/sigstore/verifying/chain.ts';
import { readLegacyLayer } from '../../src/sigstore/verifying/legacy-layer.ts';
import { proveEntries } from '../../src/sigstore/verifying/log-entries.ts';
import { prepareTrust } from '../../src/sigstore/verifying/trust.ts';
import type { Candidate } from '../../src/usecases/ports.ts';
import { layersOf2021, productionRoot, productionVerifier, type RecordedLayer, recordedLayer } from './recorded.ts';

const verifier = productionVerifier();
const BUNDLE = 'dev.sigstore.cosign/bundle';
const SIGNATURE = 'dev.cosignproject.cosign/signature';
const CERTIFICATE = 'dev.sigstore.cosign/certificate';

function candidate({ payload, annotations }: Pick<RecordedLayer, 'payload' | 'annotations'>): Candidate {
  return { format: 'legacy', digest: digestOf(payload), payload, annotations };
}

/** DER of the OIDs 1.3.6.1.4.1.57264.1 and 1.3.6.1.4.1.11129.2.4.2, without tag and length. */
const FULCIO_ARC = Buffer.from('2b0601040183bf3001', 'hex');
const SCT_LIST = Buffer.from('2b06010401d679020402', 'hex');

/** The base64 text with the lowest bit of its last byte flipped. */
function flipped(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
  return bytes.toString('base64');
}

const certificateOf = ({ annotations }: RecordedLayer): Buffer =>
  new X509Certificate(annotations[CERTIFICATE] ?? '').raw;

interface LogBundle {
  SignedEntryTimestamp: string;
  Payload: { body: string; integratedTime: number; logIndex: number; logID: string };
}

function withBundle(layer: RecordedLayer, change: (bundle: LogBundle) => void): RecordedLayer {
  const bundle = JSON.parse(layer.annotations[BUNDLE] ?? '') as LogBundle;
  change(bundle);
  return { ...layer, annotations: { ...layer.annotations, [BUNDLE]: JSON.stringify(bundle) } };
}

describe('signatures of public images, verified offline under the production trusted root', () => {
  test.each([
    {
      folder: 'rekor-test-2024',
      issuer: 'https://github.com/login/oauth',
      subject: 'philipp.belitz@securesystems.de',
      repository: undefined,
    },
    {
      folder: 'go-bazel-2026',
      issuer: 'https://token.actions.githubusercontent.com',
      subject:
        'https://github.com/salrashid123/go-bazel-github-workflow/.github/workflows/release.yaml@refs/tags/v0.0.30',
      repository: 'https://github.com/salrashid123/go-bazel-github-workflow',
    },
  ])('accepts $folder and reads who signed it', async ({ folder, issuer, subject, repository }) => {
    const layer = recordedLayer(folder);
    expect(digestOf(layer.payload)).toBe(layer.recordedDigest);
    const result = await verifier.verify(candidate(layer), layer.subject);
    expect(result).toMatchObject({ kind: 'verified', facts: { identity: { issuer, subject } } });
    if (result.kind !== 'verified') return;
    expect(result.facts.identity.claims['source-repository-uri']).toBe(repository);
    expect(result.facts.log?.url).toBe('https://rekor.sigstore.dev');
  });

  describe.each(['rekor-test-2024', 'go-bazel-2026'])('%s is refused', (folder) => {
    const layer = recordedLayer(folder);
    const other = recordedLayer(folder === 'go-bazel-2026' ? 'rekor-test-2024' : 'go-bazel-2026');
    const changed = (name: string, value: string): RecordedLayer => ({
      ...layer,
      annotations: { ...layer.annotations, [name]: value },
    });
    test.each([
      {
        what: 'with a payload for another digest',
        twin: {
          ...layer,
          payload: Buffer.from(
            Buffer.from(layer.payload)
              .toString()
              .replace(/[0-9a-f]"/, '0"'),
          ),
        },
        reason: /SIGNATURE_INVALID|SUBJECT_DIGEST_MISMATCH/,
      },
      {
        what: 'with a changed signature',
        twin: changed(SIGNATURE, flipped(layer.annotations[SIGNATURE] ?? '')),
        reason: /SIGNATURE_INVALID/,
      },
      {
        what: 'with the certificate of somebody else',
        twin: changed(CERTIFICATE, other.annotations[CERTIFICATE] ?? ''),
        reason: /SIGNATURE_INVALID/,
      },
      {
        what: 'with the log entry of another signature',
        twin: changed(BUNDLE, other.annotations[BUNDLE] ?? ''),
        reason: /NOT_LOGGED/,
      },
      {
        what: 'with a promise of the log that does not verify',
        twin: withBundle(layer, (bundle) => {
          bundle.SignedEntryTimestamp = flipped(bundle.SignedEntryTimestamp);
        }),
        reason: /NOT_LOGGED/,
      },
      {
        what: 'with another time than the log promised',
        twin: withBundle(layer, (bundle) => {
          bundle.Payload.integratedTime += 1;
        }),
        reason: /NOT_LOGGED/,
      },
    ])('$what', async ({ twin, reason }) => {
      const result = await verifier.verify(candidate(twin), layer.subject);
      expect(result).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) });
    });

    test('for another digest', async () => {
      const result = await verifier.verify(candidate(layer), `sha256:${'0'.repeat(64)}` as Digest);
      expect(result).toMatchObject({ kind: 'refused', reason: 'SUBJECT_DIGEST_MISMATCH' });
    });

    test('without its log entry', async () => {
      const { [BUNDLE]: _left, ...annotations } = layer.annotations;
      const result = await verifier.verify(candidate({ ...layer, annotations }), layer.subject);
      expect(result).toMatchObject({ kind: 'refused', reason: 'NOT_LOGGED' });
    });
  });
});

describe('the two signatures of 2021 that the README of cosign-keyless-demo prints', () => {
  test('are rebuilt byte for byte: the payload has the logged hash', () => {
    const layers = layersOf2021();
    expect(layers).toHaveLength(2);
    for (const { payload, recordedDigest } of layers) expect(digestOf(payload)).toBe(recordedDigest);
  });

  // No Fulcio extension of any kind, no SCT, and a log entry of kind rekord: the first of the three decides.
  test.each([0, 1])('number %i is refused because its certificate names no issuer', async (index) => {
    const layer = layersOf2021()[index];
    if (layer === undefined) throw new Error('no layer');
    for (const extension of [FULCIO_ARC, SCT_LIST]) {
      expect(certificateOf(layer).includes(extension)).toBe(false);
      expect(certificateOf(recordedLayer('go-bazel-2026')).includes(extension)).toBe(true);
    }
    const result = await verifier.verify(candidate(layer), layer.subject);
    expect(result).toMatchObject({
      kind: 'refused',
      reason: 'CERTIFICATE_UNTRUSTED',
      message: expect.stringContaining('names no issuer'),
      unverified: undefined,
    });
  });

  test.each([0, 1])('number %i would be refused for each of its other two flaws as well', (index) => {
    const layer = layersOf2021()[index];
    if (layer === undefined) throw new Error('no layer');
    const trust = prepareTrust('public-good', productionRoot());
    const material = readLegacyLayer(layer.payload, layer.annotations);
    const certificate = parseCertificate(material.certificate);
    const chains = findChains(certificate, trust);
    expect(() => checkScts(chains, trust.ctLogs)).toThrow(/no certificate transparency timestamp/);
    expect(() => proveEntries({ material, certificate, trust })).toThrow(/rekord/);
  });

  test('a signature of today has neither flaw', () => {
    const layer = recordedLayer('go-bazel-2026');
    const trust = prepareTrust('public-good', productionRoot());
    const material = readLegacyLayer(layer.payload, layer.annotations);
    const certificate = parseCertificate(material.certificate);
    checkScts(findChains(certificate, trust), trust.ctLogs);
    expect(proveEntries({ material, certificate, trust })).toHaveLength(1);
  });
});
