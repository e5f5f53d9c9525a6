import { randomUUID } from 'node:crypto';
import { at, type JsonObject, listAt } from '../http/json-body.ts';
import { patched } from './json-patch.ts';
import { type Asked, isAsked, takesNamespace } from './matching.ts';
import type { ReviewCaller } from './review-caller.ts';

/*
 * What an API server does between a request and its store, as far as webhooks take part: it calls the mutating ones, then
 * the validating ones, and believes nothing that is not a proper answer (k8s.io/apiserver, pkg/admission/plugin/webhook).
 */

export interface ApiServerOptions {
  /** MutatingWebhookConfigurations and ValidatingWebhookConfigurations, as they are applied. */
  readonly configurations: readonly JsonObject[];
  /** Reaches the Service of the webhooks. */
  readonly service: ReviewCaller;
  /** Labels of namespaces besides their name. */
  readonly namespaceLabels?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface ObjectRequest {
  readonly namespace: string;
  readonly operation?: 'CREATE' | 'UPDATE';
  readonly subResource?: string;
  /** Pods and the kinds that make them. */
  readonly object: JsonObject;
  readonly oldObject?: JsonObject;
}

/** What a user of kubectl sees, and what would be stored. */
export type Admission =
  | {
      readonly kind: 'stored';
      readonly object: JsonObject;
      readonly warnings: readonly string[];
      readonly called: number;
    }
  | { readonly kind: 'refused'; readonly error: string; readonly warnings: readonly string[] };

export interface ApiServer {
  /** A webhook that fails is answered as its failurePolicy says. Rejects only for what the sandbox does not know. */
  admit(asked: ObjectRequest): Promise<Admission>;
}

/** Plural names of the kinds that pods come from. */
const RESOURCES: Readonly<Record<string, string>> = {
  'v1/Pod': 'pods',
  'v1/ReplicationController': 'replicationcontrollers',
  'apps/v1/Deployment': 'deployments',
  'apps/v1/ReplicaSet': 'replicasets',
  'apps/v1/StatefulSet': 'statefulsets',
  'apps/v1/DaemonSet': 'daemonsets',
  'batch/v1/Job': 'jobs',
  'batch/v1/CronJob': 'cronjobs',
};

export function createApiServer(options: ApiServerOptions): ApiServer {
  const webhooksOf = (kind: string): readonly unknown[] =>
    options.configurations.filter((one) => one['kind'] === kind).flatMap((one) => listAt(one, 'webhooks'));
  return {
    async admit({ namespace, operation = 'CREATE', subResource = '', object, oldObject }) {
      const { group, version, resource } = resourceOf(object);
      const asked: Asked = {
        ...{ group, version, operation },
        resource: subResource === '' ? resource : `${resource}/${subResource}`,
      };
      const labels = { ...options.namespaceLabels?.[namespace], 'kubernetes.io/metadata.name': namespace };
      const kind = { group, version, kind: String(object['kind']) };
      const warnings: string[] = [];
      let current = object;
      let called = 0;
      for (const phase of ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'] as const) {
        for (const webhook of webhooksOf(phase)) {
          if (!isAsked(webhook, asked) || !takesNamespace(webhook, labels)) continue;
          called += 1;
          const uid = randomUUID();
          const review = {
            ...{ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' },
            request: {
              ...{ uid, kind, requestKind: kind, resource: { group, version, resource } },
              ...{ requestResource: { group, version, resource }, subResource, requestSubResource: subResource },
              name: String(at(current, 'metadata', 'name') ?? ''),
              ...{ namespace, operation, object: current, oldObject: oldObject ?? null, dryRun: false },
              userInfo: { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] },
              options: {
                apiVersion: 'meta.k8s.io/v1',
                kind: operation === 'CREATE' ? 'CreateOptions' : 'UpdateOptions',
              },
            },
          };
          const name = String(at(webhook, 'name'));
          try {
            const answer = await call(options.service, webhook, review);
            warnings.push(...listAt(answer, 'warnings').map(String));
            const refusal = refusalOf(name, answer);
            if (refusal !== undefined) return { kind: 'refused', error: refusal, warnings };
            current = changed(current, answer, phase === 'MutatingWebhookConfiguration');
          } catch (error) {
            if (at(webhook, 'failurePolicy') === 'Ignore') continue;
            const words = error instanceof Error ? error.message : String(error);
            const failed = `Internal error occurred: failed calling webhook "${name}": failed to call webhook: ${words}`;
            return { kind: 'refused', error: `Error from server (InternalError): ${failed}`, warnings };
          }
        }
      }
      return { kind: 'stored', object: current, warnings, called };
    },
  };
}

function resourceOf(object: JsonObject): {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
} {
  const apiVersion = String(object['apiVersion']);
  const resource = RESOURCES[`${apiVersion}/${String(object['kind'])}`];
  if (resource === undefined) throw new Error(`the sandbox does not know ${apiVersion} ${String(object['kind'])}`);
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  return { group, version, resource };
}

/** `response` of the review that comes back. Throws on everything else, and when the webhook's time is up. */
async function call(service: ReviewCaller, webhook: unknown, review: JsonObject): Promise<unknown> {
  const seconds = Number(at(webhook, 'timeoutSeconds') ?? 10);
  const path = `${String(at(webhook, 'clientConfig', 'service', 'path') ?? '/')}?timeout=${seconds}s`;
  const { status, body } = await within(seconds, service.post(review, { path }));
  if (status !== 200) throw new Error(`the server answered ${status}: ${body.slice(0, 200)}`);
  const answer: unknown = JSON.parse(body);
  if (at(answer, 'kind') !== 'AdmissionReview' || at(answer, 'apiVersion') !== 'admission.k8s.io/v1') {
    throw new Error('expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview');
  }
  const response = at(answer, 'response');
  if (at(response, 'uid') !== at(review, 'request', 'uid')) throw new Error('expected response.uid of the request');
  return response;
}

async function within<Value>(seconds: number, answer: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('context deadline exceeded')), seconds * 1000);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** What kubectl prints of an answer that refuses; undefined if it allows. */
function refusalOf(name: string, response: unknown): string | undefined {
  if (at(response, 'allowed') === true) return undefined;
  const reason = at(response, 'status', 'reason');
  const message = at(response, 'status', 'message');
  const denied = `admission webhook "${name}" denied the request`;
  const why =
    typeof message === 'string' && message !== ''
      ? `: ${message}`
      : typeof reason === 'string' && reason !== ''
        ? `: ${reason}`
        : ' without explanation';
  return `Error from server${typeof reason === 'string' && reason !== '' ? ` (${reason})` : ''}: ${denied}${why}`;
}

/** The object after the patch of an answer. Throws if the webhook may not patch, or not so. */
function changed(object: JsonObject, response: unknown, mayPatch: boolean): JsonObject {
  const [patch, patchType] = [at(response, 'patch'), at(response, 'patchType')];
  if (patch === undefined && patchType === undefined) return object;
  if (!mayPatch) throw new Error('a validating webhook may not patch');
  if (typeof patch !== 'string' || patchType !== 'JSONPatch') throw new Error('patch and patchType do not agree');
  return patched(object, JSON.parse(Buffer.from(patch, 'base64').toString('utf8')));
}
