import { on } from '../../sandbox/http/faults.ts';
import type { SandboxRequest } from '../../sandbox/http/serve.ts';
import type { ErrorCode } from '../../src/coded-error.ts';

/** The server that fails. */
export type Service =
  | 'registry'
  | 'storage'
  | 'token server'
  | 'id-token'
  | 'CA'
  | 'log'
  | 'log v2'
  | 'TSA'
  | 'TUF'
  | 'GitHub API';

/** One row of the matrix: which requests of which service fail, in which run. */
export interface Target {
  readonly name: string;
  readonly verb: 'sign' | 'verify';
  readonly service: Service;
  readonly match: (request: SandboxRequest) => boolean;
  /** True for all requests of a service: only then connection faults make sense. */
  readonly whole: boolean;
  /** False: the registry has no referrers API, so signatures are listed under tags. */
  readonly api: boolean;
  readonly format: 'bundle' | 'legacy' | 'both';
  /** What the run ends in when the service does not answer. */
  readonly unavailable: ErrorCode | 'recovers';
  /** What GitHub's API is used for; undefined: it is not. */
  readonly github: 'check run' | 'base files' | undefined;
}

const everything = (): boolean => true;
/** Referrers and signature manifests are asked for by digest too; the image is the one whose digest the path ends with. */
const imagePath = /\/manifests\/IMAGE$/;

const row = (
  verb: Target['verb'],
  name: string,
  service: Service,
  unavailable: Target['unavailable'],
  more: Partial<Target> = {},
): Target => ({
  verb,
  name,
  service,
  match: everything,
  whole: more.match === undefined,
  api: true,
  format: 'bundle',
  unavailable,
  github: undefined,
  ...more,
});

const REGISTRY = 'REGISTRY_UNAVAILABLE';
const TAG = /\/manifests\/sha256-[0-9a-f]{64}$/;
const SIG_TAG = /\/manifests\/sha256-[0-9a-f]{64}\.sig$/;
const REFERRERS = /\/referrers\//;

/** Rows; `image` is the digest of the image they are about. */
export function targetsFor(image: string): readonly Target[] {
  const ofImage = new RegExp(imagePath.source.replace('IMAGE', image));
  const byDigest = (request: SandboxRequest): boolean =>
    /\/manifests\/sha256:/.test(request.url.pathname) && !ofImage.test(request.url.pathname);
  const method = (verb: string, match: (request: SandboxRequest) => boolean) => (request: SandboxRequest) =>
    request.method === verb && match(request);
  return [
    row('sign', 'registry, every request', 'registry', REGISTRY),
    row('sign', 'registry: the image', 'registry', REGISTRY, { match: on(undefined, ofImage) }),
    row('sign', 'registry: referrers', 'registry', REGISTRY, { match: on('GET', REFERRERS) }),
    row('sign', 'registry: open upload', 'registry', REGISTRY, { match: on('POST', /\/blobs\/uploads\//) }),
    row('sign', 'registry: put blob', 'registry', REGISTRY, { match: on('PUT', /\/blobs\/uploads\//) }),
    row('sign', 'registry: put signature', 'registry', REGISTRY, { match: method('PUT', byDigest) }),
    row('sign', 'registry: read tag', 'registry', REGISTRY, { match: on('GET', TAG), api: false }),
    row('sign', 'registry: write tag', 'registry', REGISTRY, { match: on('PUT', TAG), api: false }),
    row('sign', 'registry: read .sig tag', 'registry', REGISTRY, { match: on('GET', SIG_TAG), format: 'legacy' }),
    row('sign', 'registry: write .sig tag', 'registry', REGISTRY, { match: on('PUT', SIG_TAG), format: 'legacy' }),
    row('sign', 'token server', 'token server', REGISTRY),
    row('sign', 'id-token', 'id-token', 'IDENTITY_TOKEN_UNAVAILABLE'),
    row('sign', 'CA', 'CA', 'CA_UNAVAILABLE'),
    row('sign', 'log (Rekor v1)', 'log', 'LOG_UNAVAILABLE'),
    row('sign', 'log (Rekor v2)', 'log v2', 'LOG_UNAVAILABLE'),
    row('sign', 'TSA', 'TSA', 'TSA_UNAVAILABLE'),
    row('sign', 'TUF mirror', 'TUF', 'TRUST_ROOT_UNAVAILABLE'),
    row('sign', 'GitHub API: files of the base', 'GitHub API', 'GITHUB_API_UNAVAILABLE', { github: 'base files' }),
    row('verify', 'registry, every request', 'registry', REGISTRY),
    row('verify', 'registry: the image', 'registry', REGISTRY, { match: on(undefined, ofImage) }),
    row('verify', 'registry: referrers', 'registry', REGISTRY, { match: on('GET', REFERRERS) }),
    row('verify', 'registry: signature', 'registry', REGISTRY, { match: method('GET', byDigest) }),
    row('verify', 'registry: bundle', 'registry', REGISTRY, { match: on('GET', /\/blobs\/sha256:/) }),
    row('verify', 'registry: read tag', 'registry', REGISTRY, { match: on('GET', TAG), api: false }),
    row('verify', 'registry: read .sig tag', 'registry', REGISTRY, { match: on('GET', SIG_TAG), format: 'legacy' }),
    row('verify', 'storage of redirected blobs', 'storage', REGISTRY),
    row('verify', 'token server', 'token server', REGISTRY),
    row('verify', 'TUF mirror', 'TUF', 'TRUST_ROOT_UNAVAILABLE'),
    // The verdict stands whatever becomes of its publication.
    row('verify', 'GitHub API: check run', 'GitHub API', 'recovers', { github: 'check run' }),
  ];
}
