import type { Finding } from '../domain/identity/evaluation.ts';
import { codeCell, tableOf } from './cells.ts';
import { markdownText } from './escape.ts';

/** Expected and found side by side; mismatches go to the top. `label` is trusted Markdown. */
export function findingsTable(label: string, findings: readonly Finding[]): string {
  const rows = [...findings]
    .sort((a, b) => Number(a.ok) - Number(b.ok))
    .map(({ field, expected, found, ok }) => [
      `${ok ? '✅' : '❌'} ${markdownText(field)}`,
      codeCell(expected),
      found === undefined ? '*nothing*' : codeCell(found),
    ]);
  return tableOf([label, 'Expected', 'Found'], rows);
}
