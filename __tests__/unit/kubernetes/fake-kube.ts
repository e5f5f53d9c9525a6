import { CodedError } from '../../../src/coded-error.ts';
import { isJsonObject } from '../../../src/domain/text/json-object.ts';
import type { KubeAnswer, KubeApi, KubeObject, KubeRequest } from '../../../src/kubernetes/kube-api.ts';

type Stored = Readonly<Record<string, unknown>> & { readonly metadata: Readonly<Record<string, unknown>> };

/** An API server in memory: objects by path, with uid, resourceVersion and conflicts. Selectors are not evaluated. */
export interface FakeKube {
  readonly api: KubeApi;
  readonly objects: Map<string, Stored>;
  /** Every request: `GET /api/v1/pods`. */
  readonly asked: string[];
  /** Asked before each request; what it answers is the answer. */
  fault: (request: KubeRequest) => KubeAnswer | undefined | Promise<KubeAnswer>;
  put(path: string, object: object): Stored;
  at(path: string): Stored | undefined;
}

export function createFakeKube(): FakeKube {
  const objects = new Map<string, Stored>();
  const asked: string[] = [];
  let version = 0;
  const put = (path: string, object: object): Stored => {
    version += 1;
    const given: Record<string, unknown> = { ...object };
    const metadata = isJsonObject(given['metadata']) ? given['metadata'] : {};
    const old = objects.get(path)?.metadata;
    const uid = old?.['uid'] ?? metadata['uid'] ?? `uid-${version}`;
    const namespace = /\/namespaces\/([^/]+)\/./.exec(path)?.[1];
    const place = namespace === undefined ? {} : { namespace };
    const name = path.split('/').at(-1);
    const stored = { ...given, metadata: { name, ...place, ...metadata, uid, resourceVersion: String(version) } };
    objects.set(path, stored);
    return stored;
  };
  const answer = ({ method, path: asking, body, contentType }: KubeRequest): KubeAnswer => {
    const path = asking.replace(/\?.*$/, '');
    const known = objects.get(path);
    const sent: Record<string, unknown> = isJsonObject(body) ? { ...body } : {};
    const metadata = isJsonObject(sent['metadata']) ? sent['metadata'] : {};
    switch (method) {
      case 'GET':
        return known === undefined ? NOT_FOUND : { status: 200, body: known };
      case 'POST': {
        const place = `${path}/${metadata['name']}`;
        return objects.has(place) ? CONFLICT : { status: 201, body: put(place, sent) };
      }
      case 'PUT':
        if (known === undefined) return NOT_FOUND;
        if (metadata['resourceVersion'] !== known.metadata['resourceVersion']) return CONFLICT;
        return { status: 200, body: put(path, sent) };
      case 'PATCH': {
        const isApply = contentType === 'application/apply-patch+yaml';
        if (known === undefined && !isApply) return NOT_FOUND;
        return { status: known === undefined ? 201 : 200, body: put(path, { ...known, ...sent }) };
      }
      case 'DELETE': {
        const preconditions = isJsonObject(sent['preconditions']) ? sent['preconditions'] : {};
        if (known === undefined) return NOT_FOUND;
        if ((preconditions['uid'] ?? known.metadata['uid']) !== known.metadata['uid']) return CONFLICT;
        objects.delete(path);
        return { status: 200, body: {} };
      }
    }
  };
  const fake: FakeKube = {
    ...{ objects, asked, put, at: (path) => objects.get(path), fault: () => undefined },
    api: {
      async send(call, request) {
        call.signal.throwIfAborted();
        asked.push(`${request.method} ${request.path}`);
        return (await fake.fault(request)) ?? answer(request);
      },
      async eachPage(call, asking, onPage) {
        call.signal.throwIfAborted();
        asked.push(`GET ${asking}`);
        const failed = await fake.fault({ method: 'GET', path: asking });
        if (failed !== undefined) throw new CodedError('KUBERNETES_REFUSED', `answered ${failed.status}`);
        const [group = '', plural = ''] = asking.replace(/\?.*$/, '').split(/\/(?=[^/]+$)/);
        const items: KubeObject[] = [...objects]
          .filter(([path]) => path.startsWith(`${group}/`) && path.split('/').at(-2) === plural)
          .map(([, object]) => object);
        for (let from = 0; from < items.length; from += 2) await onPage(items.slice(from, from + 2));
      },
      watch: () => undefined,
      close: () => undefined,
    },
  };
  return fake;
}

const NOT_FOUND: KubeAnswer = { status: 404, body: { kind: 'Status' } };
const CONFLICT: KubeAnswer = { status: 409, body: { kind: 'Status' } };
