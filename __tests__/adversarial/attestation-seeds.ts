import { type WorkflowRun, workflowClaims } from '../../sandbox/github/claims.ts';
import { digestOfBytes, type Store } from '../../sandbox/registry/store.ts';
import { workflowPrincipal } from '../../sandbox/sigstore/fulcio-extensions.ts';
import { type EnvelopeSigning, signEnvelopeByHand } from '../../sandbox/sigstore/hand-signer.ts';
import type { SigstoreStack } from '../../sandbox/sigstore/sigstore-stack.ts';
import { workflowProvenance } from '../../src/domain/attestation/provenance.ts';
import { expectedIdentity } from '../../src/domain/identity/expected-identity.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import { DSSE_ENVELOPE, OCI_CONFIG, OCI_MANIFEST } from '../../src/domain/image/media-types.ts';
import type { Json } from './signature-seeds.ts';

/** Attestations of workflow runs, made past all checks, and the places where they may lie. */

export const SLSA = 'https://slsa.dev/provenance/v1';
export const SPDX = 'https://spdx.dev/Document/v2.3';
export const SBOM: Json = { spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT', packages: [{ name: 'openssl' }] };

const SERVER = 'https://github.com';

/** The predicate that actions/attest writes in this run. */
export function provenanceOf(sigstore: SigstoreStack, run: WorkflowRun = {}): Json {
  const claims = { ...workflowClaims(run), iss: sigstore.issuer };
  return structuredClone(workflowProvenance(expectedIdentity(claims, { serverUrl: SERVER }).claims));
}

/** What is in the certificate of this run. */
export function certifyAs(sigstore: SigstoreStack, run: WorkflowRun): EnvelopeSigning['certify'] {
  const { subject, extensions } = workflowPrincipal({ ...workflowClaims(run), iss: sigstore.issuer }, SERVER);
  return { names: [subject], extensions, onlyTheseExtensions: true };
}

export interface AttestationSeed extends Partial<Omit<EnvelopeSigning, 'certify'>> {
  readonly predicateType?: string;
  readonly predicate?: Json;
  readonly run?: WorkflowRun;
  /** Fields of the statement that replace others. */
  readonly statement?: Json;
}

export function statementAbout(
  digest: string,
  { predicateType = SLSA, predicate, statement = {} }: AttestationSeed,
): Json {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: '_', digest: { sha256: digest.replace('sha256:', '') } }],
    predicateType,
    predicate,
    ...statement,
  };
}

/** A good attestation about a digest: provenance of the run that signs, unless told otherwise. */
export function goodAttestation(sigstore: SigstoreStack, digest: Digest, seed: AttestationSeed = {}): Json {
  const { run = {}, payload, statement: _, predicateType: __, ...signing } = seed;
  const predicate = 'predicate' in seed ? seed.predicate : provenanceOf(sigstore, run);
  return signEnvelopeByHand(sigstore, {
    entries: ['dsse'],
    ...signing,
    certify: certifyAs(sigstore, run) ?? {},
    payload: payload ?? JSON.stringify(statementAbout(digest, { ...seed, predicate })),
  });
}

/** A layer of the `.att` tag with the proofs of a bundle: the envelope, byte for byte as it was logged. */
export function layerOf(bundle: Json): { readonly payload: Uint8Array; readonly annotations: Record<string, string> } {
  const { certificate, tlogEntries } = bundle.verificationMaterial;
  const [entry] = tlogEntries;
  const lines = String(certificate.rawBytes).replace(/(.{64})(?=.)/g, '$1\n');
  return {
    payload: Buffer.from(JSON.stringify(bundle.dsseEnvelope)),
    annotations: {
      'dev.cosignproject.cosign/signature': '',
      'dev.sigstore.cosign/certificate': `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
      'dev.sigstore.cosign/bundle': JSON.stringify({
        SignedEntryTimestamp: entry.inclusionPromise.signedEntryTimestamp,
        Payload: {
          body: entry.canonicalizedBody,
          integratedTime: Number(entry.integratedTime),
          logIndex: Number(entry.logIndex),
          logID: Buffer.from(entry.logId.keyId, 'base64').toString('hex'),
        },
      }),
    },
  };
}

/** Writes the `.att` tag of a digest. */
export function putAttestationTag(
  store: Store,
  repository: string,
  subject: string,
  layers: readonly {
    readonly payload: Uint8Array;
    readonly annotations: Record<string, string>;
    readonly mediaType?: string;
  }[],
): void {
  const config = Buffer.from('{}');
  store.putBlob(repository, config);
  const manifest = {
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    config: { mediaType: OCI_CONFIG, digest: digestOfBytes(config), size: config.length },
    layers: layers.map(({ payload, annotations, mediaType = DSSE_ENVELOPE }) => ({
      mediaType,
      size: payload.length,
      digest: store.putBlob(repository, payload),
      annotations,
    })),
  };
  const digest = store.putManifest(repository, JSON.stringify(manifest), OCI_MANIFEST);
  store.setTag(repository, `${subject.replace(':', '-')}.att`, digest);
}
