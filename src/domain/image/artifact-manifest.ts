import { type Digest, digestOf } from './digest.ts';
import {
  BUNDLE_CONTENT_ANNOTATION,
  BUNDLE_PREDICATE_ANNOTATION,
  BUNDLE_V03,
  CREATED_ANNOTATION,
  OCI_EMPTY,
  OCI_MANIFEST,
} from './media-types.ts';

/** The two bytes of the empty config (image-spec v1.1.1, manifest.md, "Guidance for an Empty Descriptor"). */
export const EMPTY_CONFIG: Uint8Array = new TextEncoder().encode('{}');

/** The targets of the manifest. Sizes are in bytes. */
interface BundleManifestOptions {
  readonly bundle: { readonly digest: Digest; readonly size: number };
  readonly subject: { readonly mediaType: string; readonly digest: Digest; readonly size: number };
  /** That of the statement. */
  readonly predicateType: string;
  /** Written in UTC and whole seconds (RFC 3339). */
  readonly createdAt: Date;
}

/**
 * The artifact manifest for one Sigstore bundle, byte for byte as cosign v3 writes it (pkg/oci/remote/write.go), so that
 * the two cannot be distinguished. This includes `config.artifactType`, which readers ignore.
 */
export function bundleManifest(options: BundleManifestOptions): Uint8Array {
  const { bundle, subject } = options;
  return new TextEncoder().encode(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: {
        mediaType: OCI_EMPTY,
        size: EMPTY_CONFIG.length,
        digest: digestOf(EMPTY_CONFIG),
        artifactType: BUNDLE_V03,
      },
      layers: [{ mediaType: BUNDLE_V03, size: bundle.size, digest: bundle.digest }],
      annotations: {
        [BUNDLE_CONTENT_ANNOTATION]: 'dsse-envelope',
        [BUNDLE_PREDICATE_ANNOTATION]: options.predicateType,
        [CREATED_ANNOTATION]: options.createdAt.toISOString().replace(/\.\d{3}Z$/, 'Z'),
      },
      subject: { mediaType: subject.mediaType, size: subject.size, digest: subject.digest },
      artifactType: BUNDLE_V03,
    }),
  );
}
