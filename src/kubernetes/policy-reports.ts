import type { CallLimits } from '../domain/calls/call-limits.ts';
import { isJsonObject, type JsonObject } from '../domain/text/json-object.ts';
import { sameJson } from '../domain/text/same-json.ts';
import type { Finding, NamespaceFields, Round } from '../usecases/rejudging/round.ts';
import { cutBytes, findingText, MANAGED_BY, MANAGER } from './finding-text.ts';
import type { KubeApi } from './kube-api.ts';
import { createWrites, type Writes } from './writes.ts';

export interface PolicyReportsOptions {
  readonly api: KubeApi;
  readonly clock: { now(): Date };
  /** A call for one request, or for one list. */
  readonly newCall: () => { readonly call: CallLimits; close(): void };
}

export interface ReportsWritten {
  /** False: the cluster has no PolicyReports. */
  readonly isPresent: boolean;
  readonly written: number;
  readonly deleted: number;
  readonly failed: number;
  readonly failure: string | undefined;
}

/** PolicyReports of the Kubernetes Policy Working Group (wgpolicyk8s.io/v1alpha2): one of this name per namespace. */
export interface PolicyReports {
  /**
   * Makes the reports of the cluster those of the round: what is equal stays, and reports of namespaces where nothing runs
   * any more are deleted, unless the round did not see everything. Throws KUBERNETES_REFUSED and KUBERNETES_UNAVAILABLE if
   * the reports cannot be listed, and the reason of the signal.
   */
  write(round: Round, rules: { readonly isWhole: boolean; readonly signal: AbortSignal }): Promise<ReportsWritten>;
}

const GROUP = '/apis/wgpolicyk8s.io/v1alpha2';
export const REPORT_NAME = MANAGER;
/** Small, because all reports are listed: a page of 250 must fit into one answer of the API server. In bytes. */
const RESULTS_MAX_BYTES = 128 * 1024;
const RESULTS_MAX = 200;
const MESSAGE_MAX = 500;

/** A report without its times. */
interface Content {
  readonly summary: Readonly<Record<'pass' | 'fail' | 'warn' | 'error' | 'skip', number>>;
  readonly results: readonly JsonObject[];
}

export function createPolicyReports({ api, clock, newCall }: PolicyReportsOptions): PolicyReports {
  const isPresent = async (): Promise<boolean> => {
    const { call, close } = newCall();
    try {
      // Anything but a clear "no" goes on, so that the list says what is wrong.
      return (await api.send(call, { method: 'GET', path: GROUP })).status !== 404;
    } finally {
      close();
    }
  };

  const apply = ({ send }: Writes, namespace: string, content: Content): Promise<number | undefined> => {
    const timestamp = { seconds: Math.floor(clock.now().getTime() / 1000), nanos: 0 };
    return send({
      method: 'PATCH',
      path: `${pathOf(namespace)}?fieldManager=${MANAGER}&force=true`,
      // JSON is YAML.
      contentType: 'application/apply-patch+yaml',
      body: {
        ...{ apiVersion: 'wgpolicyk8s.io/v1alpha2', kind: 'PolicyReport' },
        metadata: { name: REPORT_NAME, namespace, labels: MANAGED_BY },
        summary: content.summary,
        results: content.results.map((result) => ({ ...result, timestamp })),
      },
    });
  };

  const remove = ({ send }: Writes, namespace: string, uid: string): Promise<number | undefined> =>
    send({
      ...{ method: 'DELETE', path: pathOf(namespace) },
      body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } },
    });

  return {
    async write(round, { isWhole, signal }) {
      if (!(await isPresent())) return { isPresent: false, written: 0, deleted: 0, failed: 0, failure: undefined };
      const wanted = contentsOf(round);
      /** Namespaces; a list that went on after its snapshot had expired may show a report twice. */
      const settled = new Set<string>();
      const stale: { readonly namespace: string; readonly uid: string }[] = [];
      const { call, close } = newCall();
      const path = `${GROUP}/policyreports?fieldSelector=${encodeURIComponent(`metadata.name=${REPORT_NAME}`)}`;
      await api
        .eachPage(call, path, (page) => {
          for (const report of page) {
            const { namespace, uid, isOurs } = identify(report);
            const content = wanted.get(namespace);
            if (content !== undefined && holds(report, content)) settled.add(namespace);
            if (content === undefined && isOurs) stale.push({ namespace, uid });
          }
        })
        .finally(close);

      const writes = createWrites(api, newCall, signal);
      const done = { written: 0, deleted: 0 };
      for (const [namespace, content] of wanted) {
        if (settled.has(namespace)) continue;
        const status = writes.isHopeless() ? undefined : await apply(writes, namespace, content);
        writes.note(status === 200 || status === 201);
        done.written += Number(status === 200 || status === 201);
      }
      for (const { namespace, uid } of isWhole ? stale : []) {
        const status = writes.isHopeless() ? undefined : await remove(writes, namespace, uid);
        const isGone = status === 200 || status === 202 || status === 404;
        writes.note(isGone);
        done.deleted += Number(isGone);
      }
      return { isPresent: true, ...done, failed: writes.failed, failure: writes.failure };
    },
  };
}

function pathOf(namespace: string): string {
  return `${GROUP}/namespaces/${encodeURIComponent(namespace)}/policyreports/${REPORT_NAME}`;
}

function contentsOf({ namespaces, findings }: Round): Map<string, Content> {
  const byNamespace = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = byNamespace.get(finding.pod.namespace) ?? [];
    byNamespace.set(finding.pod.namespace, list);
    list.push(finding);
  }
  return new Map([...namespaces].map(([name, fields]) => [name, contentOf(fields, byNamespace.get(name) ?? [])]));
}

/** Results are what does not pass, in a fixed order and within limits; the summary counts all. */
function contentOf({ admitted, failed, undecided }: NamespaceFields, findings: readonly Finding[]): Content {
  const results: JsonObject[] = [];
  let bytes = 0;
  for (const finding of [...findings].sort(byPlace)) {
    const result = resultOf(finding);
    bytes += Buffer.byteLength(JSON.stringify(result));
    if (results.length >= RESULTS_MAX || bytes > RESULTS_MAX_BYTES) break;
    results.push(result);
  }
  return { summary: { pass: admitted, fail: failed, warn: 0, error: undecided, skip: 0 }, results };
}

function resultOf(finding: Finding): JsonObject {
  const { kind, pod, field, image, reason, policies } = finding;
  const isError = kind === 'undecided';
  return {
    ...{ source: MANAGER, policy: cutBytes(policies.join(', '), 250) || MANAGER, rule: reason },
    ...(isError ? { result: 'error' } : { result: 'fail', severity: 'high' }),
    message: findingText(finding, MESSAGE_MAX),
    resources: [{ apiVersion: 'v1', kind: 'Pod', namespace: pod.namespace, name: pod.name, uid: pod.uid }],
    properties: { image: cutBytes(image, MESSAGE_MAX), field, reason },
  };
}

function byPlace(one: Finding, other: Finding): number {
  const [a, b] = [one, other].map(({ pod, field }) => `${pod.name} ${pod.uid} ${field}`);
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

function identify({ metadata }: JsonObject): { namespace: string; uid: string; isOurs: boolean } {
  const map = isJsonObject(metadata) ? metadata : {};
  const labels = isJsonObject(map['labels']) ? map['labels'] : {};
  const isOurs = Object.entries(MANAGED_BY).every(([key, value]) => labels[key] === value);
  return { namespace: String(map['namespace']), uid: String(map['uid']), isOurs };
}

/** True if the report says exactly this; somebody may have edited it. */
function holds(report: JsonObject, { summary, results }: Content): boolean {
  if (!identify(report).isOurs || !sameJson(report['summary'], summary)) return false;
  const found = report['results'] ?? [];
  if (!Array.isArray(found)) return false;
  const timeless = found.map((result) => {
    if (!isJsonObject(result)) return result;
    const { timestamp: _, ...rest } = result;
    return rest;
  });
  return sameJson(timeless, results);
}
