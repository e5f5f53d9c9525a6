import { describe, expect, test } from 'vitest';
import { errorReply, on } from '../../sandbox/http/faults.ts';
import { seedReferrer, tagReferrers } from '../../sandbox/registry/seed.ts';
import {
  BUNDLE_PREDICATE_ANNOTATION,
  BUNDLE_V03,
  COSIGN_SIGN_PREDICATE,
  OCI_MANIFEST,
} from '../../src/domain/image/media-types.ts';
import { decision, isOpen, type LabImage, openLab, RIGHT_SIGNER } from './in-process-gate.ts';
import { goodBundle, tamperedBundle } from './signature-seeds.ts';

/* Only what claims to be a signature can be a damaged one; a claim never makes anything pass. */

const lab = await openLab();
const PROVENANCE = 'https://slsa.dev/provenance/v1';
const LARGE = 17 * 1024 * 1024;

const put = ({ repository, digest }: LabImage, layer: string | Uint8Array, predicateType?: string): string =>
  seedReferrer(lab.registry.store, repository, digest, {
    artifactType: BUNDLE_V03,
    layer,
    ...(predicateType === undefined ? {} : { annotations: { [BUNDLE_PREDICATE_ANNOTATION]: predicateType } }),
  });

const fail = (path: string, reply: ReturnType<typeof errorReply>): void =>
  lab.setFaults([{ match: on('GET', new RegExp(path)), times: 'always', action: { reply } }]);

/** What lies beside the image, as what it says it is: an attestation, or (the twin) an image signature. */
const ROWS: readonly {
  readonly what: string;
  readonly beside: (image: LabImage, predicateType: string) => void;
  readonly twin: string;
  readonly why: string;
}[] = [
  {
    what: 'a bundle of 17 MiB',
    beside: (image, type) => void put(image, Buffer.alloc(LARGE, 32), type),
    twin: 'fail SIGNATURE_INVALID',
    why: 'its bundle has 17825792 bytes',
  },
  {
    what: 'a bundle that is cut off',
    beside: (image, type) => void put(image, '{"mediaType":', type),
    twin: 'fail SIGNATURE_INVALID',
    why: 'malformed bundle',
  },
  {
    what: 'a bundle whose blob is gone',
    beside: (image, type) => {
      const digest = put(image, `{"of":"${image.repository}"}`, type);
      const layers = lab.registry.store.getManifest(image.repository, digest)?.json['layers'] as { digest: string }[];
      fail(`/blobs/${layers[0]?.digest}`, errorReply(404, 'BLOB_UNKNOWN'));
    },
    twin: 'error REGISTRY_UNAVAILABLE',
    why: 'is missing',
  },
  {
    what: 'a manifest that is not served',
    beside: (image, type) => fail(`/manifests/${put(image, '{}', type)}`, errorReply(404, 'MANIFEST_UNKNOWN')),
    twin: 'error REGISTRY_UNAVAILABLE',
    why: 'does not serve it',
  },
  {
    what: 'a manifest that the registry refuses to show',
    beside: (image, type) => fail(`/manifests/${put(image, '{}', type)}`, errorReply(403, 'DENIED')),
    twin: 'error REGISTRY_DENIED',
    why: '403',
  },
  {
    what: 'a referrer of another image under the referrers tag',
    beside: (image, type) => {
      Object.assign(lab.registry.quirks, { referrers: 'not-found' });
      const other = lab.freshImage();
      const { store } = lab.registry;
      const bytes = store.getManifest(other.repository, put(other, '{}', type))?.bytes ?? '';
      const digest = store.putManifest(image.repository, bytes);
      const entry = { mediaType: OCI_MANIFEST, digest, size: bytes.length, artifactType: BUNDLE_V03 };
      const index = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [entry] };
      store.setTag(
        image.repository,
        image.digest.replace(':', '-'),
        store.putManifest(image.repository, JSON.stringify(index)),
      );
    },
    twin: 'fail SIGNATURE_INVALID',
    why: 'its subject is sha256:',
  },
];

describe('what says that it is an attestation is listed, and the gate waits for a signature', () => {
  test.each(ROWS)('$what', async ({ beside, twin, why }) => {
    const look = async (type: string) => {
      const image = lab.freshImage();
      beside(image, type);
      const run = await lab.verify({ images: image.reference, ...RIGHT_SIGNER, 'wait-for': '30s' });
      expect(isOpen(run)).toBe(false);
      // The same image, signed: nothing beside it hides that.
      put(image, JSON.stringify(goodBundle(lab.sigstore, image.digest)), COSIGN_SIGN_PREDICATE);
      if (lab.registry.quirks.referrers === 'not-found') {
        tagReferrers(lab.registry.store, image.repository, image.digest);
      }
      expect(decision(await lab.verify({ images: image.reference, ...RIGHT_SIGNER }))).toBe('pass');
      lab.setFaults([]);
      return run;
    };
    const unsigned = await look(PROVENANCE);
    expect(decision(unsigned)).toBe('fail NO_SIGNATURE');
    expect(unsigned.waitedMs).toBeGreaterThan(0);
    expect(unsigned.results.images[0]?.message).toContain(PROVENANCE);
    expect(unsigned.summary).toContain('not an image signature');
    expect(unsigned.summary).toContain(why.replaceAll('its ', ''));
    const damaged = await look(COSIGN_SIGN_PREDICATE);
    expect(decision(damaged)).toBe(twin);
    // Waiting cannot mend it.
    expect(damaged.waitedMs).toBe(0);
  });
});

test('a good signature that is annotated as an attestation counts, and its tampered twin stays a damaged signature', async () => {
  for (const [bundle, decided] of [
    [goodBundle, 'pass'],
    [tamperedBundle, 'fail SIGNATURE_INVALID'],
  ] as const) {
    const image = lab.freshImage();
    put(image, JSON.stringify(bundle(lab.sigstore, image.digest)), PROVENANCE);
    expect(decision(await lab.verify({ images: image.reference, ...RIGHT_SIGNER }))).toBe(decided);
  }
});

test('a bundle of 17 MiB without any annotation is not an image signature', async () => {
  const image = lab.freshImage();
  put(image, Buffer.alloc(LARGE, 32));
  expect(decision(await lab.verify({ images: image.reference, ...RIGHT_SIGNER }))).toBe('fail NO_SIGNATURE');
  const small = lab.freshImage();
  put(small, Buffer.alloc(1024, 32));
  expect(decision(await lab.verify({ images: small.reference, ...RIGHT_SIGNER }))).toBe('fail SIGNATURE_INVALID');
});
