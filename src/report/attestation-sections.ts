import type { AttestationResult } from '../domain/results.ts';
import { codeCell, folded, shortName, tableOf, timeCell } from './cells.ts';
import { reasonLink } from './error-text.ts';
import { markdownCode, markdownProse } from './escape.ts';
import { findingsTable } from './findings-table.ts';
import { NEXT_STEPS } from './next-steps.ts';
import type { ImageDetails, ImageReport } from './verify-details.ts';

/** Limits: rows shown before the table is folded, rows in total. */
const ROWS_OPEN = 25;
const ROWS_MAX = 300;

const COLUMNS = ['Image', 'Attestation', 'By', 'Signed at', 'Meets'];

/** The attestations of all images: type, signer, time, and the line of the input `attestations` that each meets. */
export function attestationTables(rows: readonly ImageReport[], troubleshootingUrl: string | undefined): string[] {
  const lines = rows.flatMap((row) =>
    (row.result.attestations ?? []).map((one) => attestationRow(row, one, troubleshootingUrl)),
  );
  if (lines.length === 0) return [];
  const table = tableOf(COLUMNS, lines.slice(0, ROWS_MAX));
  const left =
    lines.length > ROWS_MAX ? [`…and ${lines.length - ROWS_MAX} more attestations in the results file.`] : [];
  return lines.length <= ROWS_OPEN ? [table] : [folded(`${lines.length} attestations`, table, ...left)];
}

function attestationRow(
  { result, details }: ImageReport,
  one: AttestationResult,
  troubleshootingUrl: string | undefined,
): string[] {
  const platform = one.platform === undefined ? '' : `<br><sub>${codeCell(one.platform)}</sub>`;
  const { subject, issuer, requirement, reason } = one;
  const name = subject === null || issuer === null ? '–' : `${codeCell(subject)}<br><sub>${codeCell(issuer)}</sub>`;
  const meets =
    requirement === null
      ? `❌ ${reason === null ? 'no line' : reasonLink(reason, troubleshootingUrl)}`
      : `✅ ${codeCell(requirement)}`;
  return [
    `${codeCell(shortName(result, details.tags))}${platform}`,
    codeCell(one.predicateType),
    one.unverified === true ? `not proven: ${name}` : name,
    timeCell(one.unverified === true ? null : one.signedAt),
    meets,
  ];
}

/** The lines of the input `attestations` that an image does not meet: why, and what to do next. */
export function unmetLines({ lines = [] }: ImageDetails, troubleshootingUrl: string | undefined): string[] {
  return lines.flatMap(({ line, reason, message, findings, hints }) => {
    if (reason === null) return [];
    const heading = `Not met: ${markdownCode(line)}. ${reasonLink(reason, troubleshootingUrl)} ${NEXT_STEPS[reason].meaning}`;
    const why = findings.length === 0 ? `> ${markdownProse(message)}` : findingsTable('Attestation', findings);
    return [heading, why, ...(hints.length === 0 ? [] : [hints.map((hint) => `- ${markdownProse(hint)}`).join('\n')])];
  });
}
