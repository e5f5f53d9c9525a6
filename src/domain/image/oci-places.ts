import type { JsonPlace } from '../text/strict-json.ts';

/**
 * The keys of OCI and Docker documents that some program reads (image-spec v1.1.1, descriptor.md, manifest.md and
 * image-index.md, with its Go types; Docker Image Manifest Version 2, Schema 2 and its manifest list). Includes keys that
 * this program does not read, because another spelling must not hide a value that others read.
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

/** Manifests and indexes share one place, because only its keys tell which of the two a document is. */
export const MANIFEST_PLACE: JsonPlace = {
  schemaVersion: null,
  mediaType: null,
  artifactType: null,
  config: DESCRIPTOR_PLACE,
  layers: DESCRIPTOR_PLACE,
  manifests: DESCRIPTOR_PLACE,
  subject: DESCRIPTOR_PLACE,
  annotations: null,
  // Docker's schema 1, which readers recognise by this key.
  fsLayers: null,
};
