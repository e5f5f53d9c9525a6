import { at, type JsonObject, listAt } from '../http/json-body.ts';

/** What is asked of the API server, as far as webhooks are chosen by it. */
export interface Asked {
  readonly group: string;
  readonly version: string;
  /** With its subresource: `pods/ephemeralcontainers`. */
  readonly resource: string;
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
}

const holds = (list: unknown, value: string): boolean => listAt(list).some((one) => one === '*' || one === value);

/**
 * Whether a rule of the webhook fits (admissionregistration.k8s.io/v1, RuleWithOperations). Wildcards of resources are not
 * known here. Throws if the webhook names objects or conditions: nobody here evaluates those, and a real API server would
 * leave the webhook out where they do not hold.
 */
export function isAsked(webhook: unknown, asked: Asked): boolean {
  const chosen = Object.keys((at(webhook, 'objectSelector') ?? {}) as JsonObject);
  if (chosen.length > 0 || listAt(webhook, 'matchConditions').length > 0)
    throw new Error('the sandbox evaluates neither objectSelector nor matchConditions');
  return listAt(webhook, 'rules').some(
    (rule) =>
      holds(at(rule, 'operations'), asked.operation) &&
      holds(at(rule, 'apiGroups'), asked.group) &&
      holds(at(rule, 'apiVersions'), asked.version) &&
      listAt(rule, 'resources').includes(asked.resource),
  );
}

/** Whether the webhook's selector takes the namespace (meta/v1 LabelSelector). Throws on an unknown operator. */
export function takesNamespace(webhook: unknown, labels: Readonly<Record<string, string>>): boolean {
  const selector = at(webhook, 'namespaceSelector');
  const wanted = Object.entries((at(selector, 'matchLabels') ?? {}) as JsonObject);
  if (!wanted.every(([key, value]) => labels[key] === value)) return false;
  return listAt(selector, 'matchExpressions').every((expression) => {
    const found = labels[String(at(expression, 'key'))];
    const isListed = found !== undefined && listAt(expression, 'values').includes(found);
    switch (at(expression, 'operator')) {
      case 'In':
        return isListed;
      case 'NotIn':
        return !isListed;
      case 'Exists':
        return found !== undefined;
      case 'DoesNotExist':
        return found === undefined;
      default:
        throw new Error(`no such operator: ${String(at(expression, 'operator'))}`);
    }
  });
}
