import { authorizationFor } from '../../sandbox/registry/push-login.ts';
import { digestOfBytes } from '../../sandbox/registry/store.ts';
import type { Registry } from '../peers/registry.ts';

/** Raw access to one repository: what twins are made with. Every answer but the expected one throws. */
export interface RegistryClient {
  /** Manifest by digest or tag; undefined on 404. */
  manifest(reference: string): Promise<{ readonly bytes: Buffer; readonly mediaType: string } | undefined>;
  blob(digest: string): Promise<Buffer>;
  /** Descriptors of the manifests whose subject this is, by API or tag. */
  referrers(digest: string): Promise<readonly ListedReferrer[]>;
  putBlob(bytes: Uint8Array): Promise<void>;
  /** Puts a manifest under its digest, or under a tag. */
  putManifest(bytes: Uint8Array, mediaType: string, tag?: string): Promise<string>;
}

export interface ListedReferrer {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly artifactType?: string;
}

const ACCEPT = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Logs in by Basic or, where the registry asks for it, by a token for pull and push. */
export async function createRegistryClient(
  { host, login }: Pick<Registry, 'host' | 'login'>,
  repository: string,
): Promise<RegistryClient> {
  const url = `http://${host}`;
  const authorization = await authorizationFor(url, repository, login);
  const send = async (
    method: string,
    target: string,
    { body, headers = {}, missing = false }: SendOptions = {},
  ): Promise<Response | undefined> => {
    const to = new URL(target, url);
    const response = await fetch(to, {
      method,
      headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    });
    if (response.ok) return response;
    const text = await response.text();
    if (missing && (response.status === 404 || response.status === 400)) return undefined;
    throw new Error(`${method} ${to.pathname}: ${response.status} ${text}`);
  };
  const manifest: RegistryClient['manifest'] = async (reference) => {
    const answer = await send('GET', `/v2/${repository}/manifests/${reference}`, {
      headers: { accept: ACCEPT },
      missing: true,
    });
    if (answer === undefined) return undefined;
    return {
      bytes: Buffer.from(await answer.arrayBuffer()),
      mediaType: answer.headers.get('content-type')?.split(';')[0] ?? '',
    };
  };
  return {
    manifest,
    async blob(digest) {
      const answer = await send('GET', `/v2/${repository}/blobs/${digest}`);
      return Buffer.from((await answer?.arrayBuffer()) ?? new ArrayBuffer(0));
    },
    async referrers(digest) {
      const answer = await send('GET', `/v2/${repository}/referrers/${digest}`, { missing: true });
      const index: unknown =
        answer === undefined
          ? JSON.parse((await manifest(digest.replace(':', '-')))?.bytes.toString('utf8') ?? '{"manifests":[]}')
          : await answer.json();
      return (index as { manifests: readonly ListedReferrer[] }).manifests;
    },
    async putBlob(bytes) {
      const session = await send('POST', `/v2/${repository}/blobs/uploads/`);
      const location = new URL(session?.headers.get('location') ?? '', url);
      location.searchParams.set('digest', digestOfBytes(bytes));
      await send('PUT', location.href, { body: bytes, headers: { 'content-type': 'application/octet-stream' } });
    },
    async putManifest(bytes, mediaType, tag) {
      const digest = digestOfBytes(bytes);
      await send('PUT', `/v2/${repository}/manifests/${tag ?? digest}`, {
        body: bytes,
        headers: { 'content-type': mediaType },
      });
      return digest;
    },
  };
}

interface SendOptions {
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** 404, and 400 from registries that do not know the endpoint, are an answer. */
  readonly missing?: boolean;
}
