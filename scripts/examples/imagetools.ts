import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { authorizationFor } from '../../sandbox/registry/push-login.ts';
import { digestOfBytes } from '../../sandbox/registry/store.ts';

/* Stands in for `docker buildx imagetools create`: joins images of one repository into an index under a tag. */

const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  options: { tag: { type: 'string' }, 'metadata-file': { type: 'string' } },
  allowPositionals: true,
});
const [command, tool, verb, ...images] = positionals;
if (`${command} ${tool} ${verb}` !== 'buildx imagetools create') throw new Error(`unknown: ${process.argv.slice(2)}`);
const [, host = '', repository = '', tag = ''] = /^([^/]+)\/([^:]+):(.+)$/.exec(values.tag ?? '') ?? [];
const { auths } = JSON.parse(readFileSync(join(process.env['DOCKER_CONFIG'] ?? '', 'config.json'), 'utf8')) as {
  readonly auths: Readonly<Record<string, { readonly auth: string }>>;
};
const [username = '', password = ''] = Buffer.from(auths[host]?.auth ?? '', 'base64')
  .toString()
  .split(':');
const authorization = (await authorizationFor(`http://${host}`, repository, { username, password })) ?? '';

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization, accept: 'application/vnd.oci.image.manifest.v1+json', ...init.headers };
  const response = await fetch(`http://${host}/v2/${repository}/${path}`, { ...init, headers });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}

const manifests = [];
for (const image of images) {
  const digest = image.slice(image.indexOf('@') + 1);
  const manifest = await ask(`manifests/${digest}`);
  // The manifest itself need not say it.
  const mediaType = manifest.headers.get('content-type') ?? '';
  const bytes = new Uint8Array(await manifest.arrayBuffer());
  const { config } = JSON.parse(Buffer.from(bytes).toString()) as {
    readonly config: { readonly digest: string };
  };
  const { os, architecture } = (await (await ask(`blobs/${config.digest}`)).json()) as {
    readonly os: string;
    readonly architecture: string;
  };
  manifests.push({ mediaType, digest, size: bytes.length, platform: { architecture, os } });
}
const index = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests }));
await ask(`manifests/${tag}`, { method: 'PUT', body: index, headers: { 'content-type': OCI_INDEX } });
const descriptor = { mediaType: OCI_INDEX, digest: digestOfBytes(index), size: index.length };
writeFileSync(values['metadata-file'] ?? '', JSON.stringify({ 'containerimage.descriptor': descriptor }));
