import { CodedError } from '../coded-error.ts';
import { isJsonObject } from '../domain/text/json-object.ts';
import { quoted } from '../domain/text/quoted.ts';
import type { HttpError } from '../http/http-error.ts';
import type { KubeAnswer } from './kube-api.ts';

/** The text of a `Status` (k8s.io/apimachinery meta/v1); undefined if the body is something else. */
function saidBy(body: unknown): string | undefined {
  const message = isJsonObject(body) && body['kind'] === 'Status' ? body['message'] : undefined;
  return typeof message === 'string' ? message : undefined;
}

/** The error for an answer of the API server other than the one that was needed. `what`: `GET /api/v1/pods`. */
export function refusedBy(what: string, { status, body }: KubeAnswer): CodedError {
  const said = saidBy(body);
  const text = `the API server answered ${what} with ${status}${said === undefined ? '' : `: ${quoted(said)}`}`;
  const isOutage = status === 429 || status >= 500;
  return new CodedError(isOutage ? 'KUBERNETES_UNAVAILABLE' : 'KUBERNETES_REFUSED', text, { hint: hintFor(status) });
}

function hintFor(status: number): string {
  if (status === 401) return 'Check the token of the service account, and that it was not deleted.';
  if (status === 403) return 'Give the service account this right, as in the roles of `deploy`.';
  if (status === 404) return 'Check that the API server has this resource.';
  return 'Look at the logs of the API server.';
}

/** The error for an answer that is not what Kubernetes' API sends. */
export function notUnderstood(what: string, why: string): CodedError {
  return new CodedError('KUBERNETES_REFUSED', `the API server answered ${what} with something else: ${why}`, {
    hint: 'Check that the URL leads to an API server of Kubernetes.',
  });
}

/** The error for an API server that gives no answer. */
export function unreachable(error: HttpError): CodedError {
  return new CodedError('KUBERNETES_UNAVAILABLE', `the API server gives no usable answer: ${error.message}`, {
    cause: error,
    hint:
      error.failure === 'tls'
        ? 'Check that the CA file of the service account belongs to this API server.'
        : 'Check that this Pod may reach the API server (network policies), and that it runs.',
  });
}
