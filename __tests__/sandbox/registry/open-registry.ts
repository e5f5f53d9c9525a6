import { expect } from 'vitest';
import { type Served, serve } from '../../../sandbox/http/serve.ts';
import { buildImage, storeImage } from '../../../sandbox/registry/image-builder.ts';
import { createRegistry, type RegistryOptions, type RegistryService } from '../../../sandbox/registry/registry.ts';
import { digestOfBytes } from '../../../sandbox/registry/store.ts';

export const INDEX = 'application/vnd.oci.image.index.v1+json';
export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const EMPTY = 'application/vnd.oci.empty.v1+json';
export const REPOSITORY = 'acme/app';

/** What a request brought. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** First error code of a JSON error body. */
  readonly code: string | undefined;
}

/** A served registry; it fails the test if the sandbox itself failed. */
export interface Open extends AsyncDisposable {
  readonly registry: RegistryService;
  readonly served: Served;
  ask(
    method: string,
    path: string,
    options?: { readonly headers?: Record<string, string>; readonly body?: string | Uint8Array },
  ): Promise<Answer>;
}

/** Serves a registry with these options. */
export async function open(options: RegistryOptions = {}): Promise<Open> {
  const registry = createRegistry(options);
  const served = await serve(registry.handle, { name: 'registry' });
  return {
    registry,
    served,
    async ask(method, path, { headers = {}, body } = {}) {
      const response = await fetch(new URL(path, served.url), {
        method,
        headers: { accept: `${INDEX}, ${MANIFEST}`, ...headers },
        redirect: 'manual',
        ...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, code: /"code":"(\w+)"/.exec(text)?.[1] };
    },
    async [Symbol.asyncDispose]() {
      await served.close();
      expect(served.failures).toEqual([]);
    },
  };
}

/** The one image that openWithImage stores. */
export const image = buildImage();
export const subject = image.digest;
export const subjectSize = image.manifests[0]?.bytes.length ?? 0;

/** The descriptor of these bytes. */
export function descriptor(bytes: Uint8Array | string, mediaType = 'application/octet-stream') {
  const content = Buffer.from(bytes);
  return { mediaType, digest: digestOfBytes(content), size: content.length };
}

/** An artifact manifest about the image, with some fields changed. */
export function artifact(changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    artifactType: 'application/vnd.example.note',
    config: descriptor('{}', EMPTY),
    layers: [descriptor('{}', 'application/vnd.example.note')],
    subject: { mediaType: MANIFEST, digest: subject, size: subjectSize },
    annotations: { note: 'ä' },
    ...changes,
  });
}

/** The same with the image as `v1` and the blob `{}`. */
export async function openWithImage(options: RegistryOptions = {}): Promise<Open> {
  const opened = await open(options);
  storeImage(opened.registry.store, REPOSITORY, image, 'v1');
  opened.registry.store.putBlob(REPOSITORY, '{}');
  return opened;
}

/** Options of a manifest PUT. */
export const put = (body: string, type = MANIFEST) => ({ body, headers: { 'content-type': type } });
/** The path below the test repository. */
export const path = (rest: string): string => `/v2/${REPOSITORY}/${rest}`;
