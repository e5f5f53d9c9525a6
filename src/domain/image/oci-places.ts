import type { JsonPlace } from '../text/strict-json.ts';

/**
 * The keys of OCI and Docker documents that some reader looks for (image-spec v1.1.1, descriptor.md, manifest.md and
 * image-index.md with the Go types beside them; Docker Image Manifest Version 2, Schema 2 and its manifest list), also
 * those that we do not read: what another reader would take from there must not be hidden by its spelling.
 */

const PLATFORM: JsonPlace = {
  architecture: null,
  os: null,
  'os.version': null,
  'os.features': null,
  variant: null,
  features: null,
};

const DESCRIPTOR_PLACE: JsonPlace = {
  mediaType: null,
  digest: null,
  size: null,
  urls: null,
  annotations: null,
  data: null,
  platform: PLATFORM,
  artifactType: null,
};

/** Manifests and indexes share one place: which of the two a document is, its own keys say. */
export const MANIFEST_PLACE: JsonPlace = {
  schemaVersion: null,
  mediaType: null,
  artifactType: null,
  config: DESCRIPTOR_PLACE,
  layers: DESCRIPTOR_PLACE,
  manifests: DESCRIPTOR_PLACE,
  subject: DESCRIPTOR_PLACE,
  annotations: null,
  // Docker's schema 1, which readers tell by it.
  fsLayers: null,
};
