import type { CodedError } from '../coded-error.ts';
import type { CallLimits } from '../domain/calls/call-limits.ts';
import { isJsonObject, type JsonObject } from '../domain/text/json-object.ts';
import type { KubeApi } from './kube-api.ts';
import { notUnderstood, refusedBy } from './refused.ts';

const CONFIGURATIONS = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';

/**
 * The namespaces whose Pods the webhook is asked about: those that a `namespaceSelector` of the ValidatingWebhookConfiguration
 * of this name selects. The API server evaluates the selectors, so that they mean here what they mean there. Throws
 * KUBERNETES_REFUSED if there is no such configuration or a selector cannot be read, and KUBERNETES_UNAVAILABLE.
 */
export async function readCoveredNamespaces(
  call: CallLimits,
  api: KubeApi,
  configuration: string,
): Promise<ReadonlySet<string>> {
  const path = `${CONFIGURATIONS}/${encodeURIComponent(configuration)}`;
  const answer = await api.send(call, { method: 'GET', path });
  if (answer.status !== 200) throw refusedBy(`GET ${path}`, answer);
  const webhooks = isJsonObject(answer.body) ? answer.body['webhooks'] : undefined;
  if (!Array.isArray(webhooks) || webhooks.length === 0) throw notUnderstood(`GET ${path}`, 'no webhooks');
  const selectors = new Set(webhooks.map((webhook) => selectorOf(isJsonObject(webhook) ? webhook : {})));
  const covered = new Set<string>();
  for (const selector of selectors) {
    const query = selector === '' ? '' : `?labelSelector=${encodeURIComponent(selector)}`;
    await api.eachPage(call, `/api/v1/namespaces${query}`, (page) => {
      for (const { metadata } of page) {
        if (isJsonObject(metadata) && typeof metadata['name'] === 'string') covered.add(metadata['name']);
      }
    });
  }
  return covered;
}

const OPERATORS: Readonly<Record<string, (key: string, values: readonly string[]) => string>> = {
  In: (key, values) => `${key} in (${values.join(',')})`,
  NotIn: (key, values) => `${key} notin (${values.join(',')})`,
  Exists: (key) => key,
  DoesNotExist: (key) => `!${key}`,
};

/** A `LabelSelector` (meta/v1) in the form of a query. Empty: everything. */
function selectorOf(webhook: JsonObject): string {
  const selector = webhook['namespaceSelector'] ?? {};
  const { matchLabels = {}, matchExpressions = [] } = isJsonObject(selector) ? selector : {};
  if (!isJsonObject(matchLabels) || !Array.isArray(matchExpressions)) throw unreadable();
  const equal = Object.entries(matchLabels).map(([key, value]) => `${key}=${String(value)}`);
  const expressions = matchExpressions.map((expression: unknown) => {
    const { key, operator, values = [] } = isJsonObject(expression) ? expression : {};
    const write = typeof operator === 'string' && Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
    if (write === undefined || typeof key !== 'string' || !Array.isArray(values)) throw unreadable();
    return write(key, values.map(String));
  });
  return [...equal, ...expressions].join(',');
}

function unreadable(): CodedError {
  return notUnderstood(`GET ${CONFIGURATIONS}`, 'a namespaceSelector that is not one');
}
