import { formatPinned, parseReference } from '../domain/image/reference.ts';
import type { NamedImage } from '../workloads/named-image.ts';
import type { FieldVerdict } from './field-verdict.ts';
import type { ReviewSettings } from './image-judge.ts';

/** The values are cut when they are written; so many entries at most are put together. */
const ENTRIES_MAX = 50;
const SEVERITY = ['pass', 'allowed', 'fail', 'error'] as const;

/** What the audit log of the API server keeps about a decision: `<webhook>/<key>: <value>`. */
export function auditOf({
  judged,
  unchanged,
  mode,
}: {
  readonly judged: readonly FieldVerdict[];
  readonly unchanged: readonly NamedImage[];
  readonly mode: ReviewSettings['mode'];
}): Readonly<Record<string, string>> {
  const verdicts = judged.map(({ verdict: { verdict } }) => SEVERITY.indexOf(verdict));
  // Anything that is not known counts as the worst.
  const worst = verdicts.includes(-1) ? 'error' : (SEVERITY[Math.max(...verdicts)] ?? 'error');
  const reasons = distinct(judged.flatMap(({ verdict: { reason } }) => reason ?? []));
  const policies = distinct(
    judged.flatMap(({ verdict }) => verdict.policies.map((policy) => `${policy.name}=${policy.verdict}`)),
  );
  const images = distinct(judged.map((one) => `${one.image.field}=${nameOf(one)} ${one.verdict.verdict}`));
  return {
    verdict: worst,
    ...(reasons === '' ? {} : { reason: reasons }),
    images,
    ...(policies === '' ? {} : { policies }),
    ...(unchanged.length === 0
      ? {}
      : { note: `${unchanged.length} other ${unchanged.length === 1 ? 'image' : 'images'} unchanged` }),
    ...(mode === 'warn' ? { mode } : {}),
  };
}

function distinct(texts: readonly string[]): string {
  const each = [...new Set(texts)];
  const rest = each.length - ENTRIES_MAX;
  return [...each.slice(0, ENTRIES_MAX), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

function nameOf({ image, verdict: { digest } }: FieldVerdict): string {
  return digest === undefined ? image.image : formatPinned(parseReference(image.image).repository, digest);
}
