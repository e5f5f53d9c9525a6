import { readdirSync, readFileSync } from 'node:fs';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { type Digest, digestOf } from '../../../src/domain/image/digest.ts';
import { createSignatureVerifier } from '../../../src/sigstore/verifying/verifier.ts';
import type { Candidate, SignatureVerifier } from '../../../src/usecases/ports.ts';
import { type SeenBy, seenBy, testCall } from '../../calls.ts';

const GOLDEN = new URL('../../fixtures/golden/', import.meta.url);

function readGolden(path: string): Buffer {
  return readFileSync(new URL(path, GOLDEN));
}

/** The golden trusted root: `logs` lists both Rekor logs and the timestamp authority, `tsa` no log. */
export function goldenRoot(kind: 'logs' | 'tsa' = 'logs'): TrustedRoot {
  const file = kind === 'logs' ? 'trust/trusted_root.json' : 'trust/trusted_root-tsa.json';
  return TrustedRoot.fromJSON(JSON.parse(readGolden(file).toString('utf8')));
}

export function verifierFor(root: TrustedRoot): SeenBy<SignatureVerifier> {
  const trust = { rootFor: () => Promise.resolve({ label: 'golden', root }) };
  return seenBy(testCall(), createSignatureVerifier({ trust }));
}

export function goldenSubject(folder: string): Digest {
  return digestOf(readGolden(`${folder}/subject-manifest.json`));
}

export function bundleCandidate(bundle: Uint8Array | string | object): Candidate {
  const bytes =
    bundle instanceof Uint8Array ? bundle : Buffer.from(typeof bundle === 'string' ? bundle : JSON.stringify(bundle));
  return { format: 'bundle', digest: digestOf(bytes), bundle: bytes };
}

export function legacyCandidate(payload: Uint8Array, annotations: Readonly<Record<string, string>>): Candidate {
  return { format: 'legacy', digest: digestOf(payload), payload, annotations };
}

/** Every candidate of a folder, in the order of its manifest. */
export function goldenCandidates(folder: string): Candidate[] {
  const files = readdirSync(new URL(`${folder}/`, GOLDEN));
  if (files.includes('bundle.json')) return [bundleCandidate(readGolden(`${folder}/bundle.json`))];
  const manifest = JSON.parse(readGolden(`${folder}/manifest.json`).toString('utf8')) as {
    layers: { annotations: Record<string, string> }[];
  };
  return manifest.layers.map(({ annotations }, index) =>
    legacyCandidate(readGolden(`${folder}/layer${index}`), annotations),
  );
}

// biome-ignore lint/suspicious/noExplicitAny: tampered twins are made by reaching into parsed JSON
export type Json = any;

export function goldenBundle(folder: string): Json {
  return JSON.parse(readGolden(`${folder}/bundle.json`).toString('utf8'));
}
