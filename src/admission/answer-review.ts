import { cutText } from '../domain/text/cut-text.ts';
import { visibleText } from '../domain/text/visible-text.ts';
import { REVIEW_VERSION, type ReviewVersion } from './read-review.ts';
import type { AdmissionAnswer } from './review.ts';

/**
 * Writes answers as the API server accepts them (k8s.io/apiserver pkg/admission/plugin/webhook, request/admissionreview.go):
 * a patch only with its type, and none from a validating webhook; no status where the request is allowed, which it ignores.
 */

/** The API server cuts longer warnings (k8s.io/apiserver pkg/endpoints/filters/warning.go: 256, and 4096 in total). */
const WARNING_MAX = 256;
const WARNINGS_TOTAL = 4_096;
/** The most warnings of one answer. Each is a header of the response. */
const WARNINGS_MAX = 20;
/** What a user reads. Terminals and events show less. */
const MESSAGE_MAX = 6_000;
/** A key without the name of the webhook, which the API server puts before it (k8s.io/apimachinery IsQualifiedName). */
const AUDIT_KEY = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const AUDIT_VALUE_MAX = 2_048;

/** The AdmissionReview to send back with HTTP status 200. */
export function answerReview(answer: AdmissionAnswer, version: ReviewVersion = REVIEW_VERSION): object {
  const warnings = boundedWarnings(answer.warnings);
  const audit = boundedAudit(answer.auditAnnotations);
  return {
    apiVersion: version,
    kind: 'AdmissionReview',
    response: {
      uid: answer.uid,
      // Nothing but true allows, whatever the types say.
      allowed: answer.isAllowed === true,
      ...(answer.isAllowed === true ? patchOf(answer) : { status: statusOf(answer) }),
      ...(warnings.length === 0 ? {} : { warnings }),
      ...(Object.keys(audit).length === 0 ? {} : { auditAnnotations: audit }),
    },
  };
}

/** `metav1.Status`. Without a message, a user would read that there is no explanation. */
function statusOf({ message }: AdmissionAnswer): object {
  const lines = (message ?? '').split('\n').map(visibleText).join('\n');
  const cut = lines.length <= MESSAGE_MAX ? lines : `${lines.slice(0, MESSAGE_MAX)}…`;
  const text = cut.trim() === '' ? 'the image policies do not allow it' : cut.toWellFormed();
  return { status: 'Failure', code: 403, reason: 'Forbidden', message: text };
}

function patchOf({ patch }: AdmissionAnswer): object {
  if (patch.length === 0) return {};
  return { patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(patch), 'utf8').toString('base64') };
}

function boundedWarnings(warnings: readonly string[]): string[] {
  const parts: string[] = [];
  let total = 0;
  for (const part of warnings.flatMap(inParts)) {
    total += part.length;
    if (parts.length === WARNINGS_MAX - 1 || total > WARNINGS_TOTAL - WARNING_MAX) {
      parts.push('there are more warnings; see the audit log and the log of the webhook');
      break;
    }
    parts.push(part);
  }
  return parts;
}

/** One warning as several if it is too long, divided between words where possible. */
function inParts(warning: string): string[] {
  const parts: string[] = [];
  // Control characters make the API server drop a warning without a word.
  let rest = visibleText(warning).toWellFormed().trim();
  while (rest.length > WARNING_MAX) {
    const space = rest.lastIndexOf(' ', WARNING_MAX);
    let end = space > WARNING_MAX / 2 ? space : WARNING_MAX;
    if (/[\ud800-\udbff]/.test(rest.charAt(end - 1))) end -= 1;
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return [...parts, rest].filter((part) => part !== '');
}

function boundedAudit(annotations: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations)
      .filter(([key]) => AUDIT_KEY.test(key))
      .map(([key, value]) => [key, cutText(value, AUDIT_VALUE_MAX)]),
  );
}
