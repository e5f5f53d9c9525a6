import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import type { Digest } from '../../src/domain/image/digest.ts';
import { createSignatureVerifier } from '../../src/sigstore/verifying/verifier.ts';
import type { SignatureVerifier } from '../../src/usecases/ports.ts';
import { type SeenBy, seenBy, testCall } from '../calls.ts';

const FIXTURES = new URL('../fixtures/public/', import.meta.url);

/** One `.sig` layer as recorded, or as rebuilt from what was printed of it. */
export interface RecordedLayer {
  readonly subject: Digest;
  readonly payload: Uint8Array;
  readonly annotations: Readonly<Record<string, string>>;
  /** Digest of the payload as the manifest or the log entry gives it. */
  readonly recordedDigest: string;
}

/** The production trusted root, as @sigstore/tuf carries it. */
export function productionRoot(): TrustedRoot {
  const seeds = createRequire(import.meta.url)('@sigstore/tuf/seeds.json') as Record<
    string,
    { targets: Record<string, string> }
  >;
  const text = seeds['https://tuf-repo-cdn.sigstore.dev']?.targets['trusted_root.json'] ?? '';
  return TrustedRoot.fromJSON(JSON.parse(Buffer.from(text, 'base64').toString('utf8')));
}

/** Our verifier under the production trusted root, offline. */
export function productionVerifier(): SeenBy<SignatureVerifier> {
  const root = productionRoot();
  const trust = { rootFor: () => Promise.resolve({ label: 'public-good', root }) };
  return seenBy(testCall(), createSignatureVerifier({ trust }));
}

/** The only layer of a recorded `.sig` manifest. */
export function recordedLayer(folder: string): RecordedLayer {
  const manifest = JSON.parse(readFileSync(new URL(`${folder}/manifest.json`, FIXTURES), 'utf8')) as {
    layers: { digest: string; annotations: Record<string, string> }[];
  };
  const [layer] = manifest.layers;
  if (layer === undefined) throw new Error(`${folder} has no layer`);
  const payload = readFileSync(new URL(`${folder}/layer0`, FIXTURES));
  return { subject: subjectOf(payload), payload, annotations: layer.annotations, recordedDigest: layer.digest };
}

interface Verified2021 {
  readonly critical: {
    readonly identity: { readonly 'docker-reference': string };
    readonly image: { readonly 'docker-manifest-digest': string };
    readonly type: string;
  };
  readonly optional: {
    readonly Bundle: { readonly SignedEntryTimestamp: string; readonly Payload: { readonly body: string } };
  };
}

/** The two signatures of 2021, rebuilt from the output of `cosign verify` and the log entries in it. */
export function layersOf2021(): readonly RecordedLayer[] {
  const text = readFileSync(new URL('cosign-keyless-demo-2021/verified.json', FIXTURES), 'utf8');
  return (JSON.parse(text) as readonly Verified2021[]).map(({ critical, optional }) => {
    const payload = Buffer.from(
      `{"critical":{"identity":{"docker-reference":"${critical.identity['docker-reference']}"},` +
        `"image":{"docker-manifest-digest":"${critical.image['docker-manifest-digest']}"},` +
        `"type":"${critical.type}"},"optional":null}`,
    );
    const body = JSON.parse(Buffer.from(optional.Bundle.Payload.body, 'base64').toString('utf8')) as {
      spec: {
        data: { hash: { value: string } };
        signature: { content: string; publicKey: { content: string } };
      };
    };
    return {
      subject: subjectOf(payload),
      payload,
      annotations: {
        'dev.cosignproject.cosign/signature': body.spec.signature.content,
        'dev.sigstore.cosign/bundle': JSON.stringify(optional.Bundle),
        'dev.sigstore.cosign/certificate': Buffer.from(body.spec.signature.publicKey.content, 'base64').toString(
          'utf8',
        ),
      },
      recordedDigest: `sha256:${body.spec.data.hash.value}`,
    };
  });
}

function subjectOf(payload: Uint8Array): Digest {
  const { critical } = JSON.parse(Buffer.from(payload).toString('utf8')) as Pick<Verified2021, 'critical'>;
  return critical.image['docker-manifest-digest'] as Digest;
}
