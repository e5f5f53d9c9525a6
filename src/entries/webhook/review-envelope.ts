import { isJsonObject, type JsonObject } from '../../domain/text/json-object.ts';
import type { Fields } from './json-log.ts';

/** What the server itself reads of a review, and the refusal that it writes when nothing else answers. */

export interface Envelope {
  readonly apiVersion: string;
  readonly uid: string;
  /** For logs; untrusted. */
  readonly labels: Fields;
}

const VERSIONS: readonly string[] = ['admission.k8s.io/v1', 'admission.k8s.io/v1beta1'];
/** A uid has 36 characters, and a name of Kubernetes at most 253. */
const TEXT_MAX = 253;

/** Undefined if no answer could be written that the API server would read as one. */
export function envelopeOf(review: unknown): Envelope | undefined {
  if (!isJsonObject(review) || !isJsonObject(review['request'])) return undefined;
  const { apiVersion, request } = review as { apiVersion?: unknown; request: JsonObject };
  const uid = textOf(request['uid']);
  if (typeof apiVersion !== 'string' || !VERSIONS.includes(apiVersion) || uid === undefined) return undefined;
  const kind = isJsonObject(request['kind']) ? textOf(request['kind']['kind']) : undefined;
  const labels = {
    uid,
    namespace: textOf(request['namespace']),
    kind,
    name: textOf(request['name']),
    subResource: textOf(request['subResource']),
    operation: textOf(request['operation']),
    dryRun: request['dryRun'] === true ? true : undefined,
  };
  return { apiVersion, uid, labels };
}

/** A refusal in the version that was asked (k8s.io/api admission/v1, AdmissionResponse). */
export function refusedReview({ apiVersion, uid }: Envelope, code: 403 | 500 | 504, message: string): object {
  const reasons = { 403: 'Forbidden', 500: 'InternalError', 504: 'Timeout' };
  const status = { code, message, reason: reasons[code] };
  return { apiVersion, kind: 'AdmissionReview', response: { uid, allowed: false, status } };
}

/** What was answered about this request; undefined if it is not an answer to it. */
export function verdictOf(
  answer: object,
  { apiVersion, uid }: Envelope,
): { readonly isAllowed: boolean; readonly message: string | undefined } | undefined {
  const { response } = answer as { response?: unknown };
  if (Reflect.get(answer, 'apiVersion') !== apiVersion || !isJsonObject(response) || response['uid'] !== uid) {
    return undefined;
  }
  const { allowed, status } = response as { allowed?: unknown; status?: unknown };
  if (typeof allowed !== 'boolean') return undefined;
  const message = isJsonObject(status) && typeof status['message'] === 'string' ? status['message'] : undefined;
  return { isAllowed: allowed, message };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= TEXT_MAX ? value : undefined;
}
