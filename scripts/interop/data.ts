import type { Cell } from './matrix.ts';

/** What one run of the interop script found out: docs/interop.json, from which docs/interop.md is written. */
export interface InteropData {
  /** The command that wrote it. */
  readonly command: string;
  /** `2026-11-25`. */
  readonly date: string;
  readonly peers: readonly TakenPart[];
  /** What could not run there, and why. */
  readonly skipped: readonly string[];
  readonly registries: readonly { readonly name: string; readonly hasReferrersApi: boolean }[];
  readonly verifiers: readonly string[];
  /** What a signer or a verifier is known not to do; each asserted in the run. */
  readonly limits: readonly KnownLimit[];
  /** Names of the checks besides the matrix that passed, in order. */
  readonly checks: readonly string[];
  /** A row for each signature, and one for each signing that was refused as it must be. */
  readonly rows: readonly Row[];
}

export interface TakenPart {
  readonly role: 'client' | 'service' | 'registry' | 'runner';
  readonly name: string;
  readonly version: string;
  /** The command that installs it, Markdown. */
  readonly from: string;
}

export interface KnownLimit {
  readonly who: string;
  readonly does: 'signs' | 'verifies';
  readonly format: string;
  /** Of a signer. */
  readonly services?: string;
  readonly why: string;
}

/** A number: accepted, and so many twins refused, each for its own reason. */
export type Verdict = number | 'cannot' | 'not signed' | 'disagrees';

export interface Row {
  /** Number of the signing run; with `both` two rows have the same. */
  readonly case: number;
  readonly signer: string;
  /** Format of the signature. */
  readonly signature: string;
  /** Format that was asked for: `bundle`, `legacy` or `both`. */
  readonly writtenAs: string;
  readonly services: string;
  readonly registry: string;
  readonly image: string;
  /** By verifier. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

/** Cells of the matrix as rows, one per signature. */
export function rowsOf(cells: readonly Cell[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const { case: one, format, verifier, verdict, twins } of cells) {
    const key = `${one.number} ${format}`;
    const row = rows.get(key) ?? {
      ...{ case: one.number, signer: one.signer.name, signature: format, writtenAs: one.format },
      ...{ services: one.services, registry: one.registry.name, image: one.shape, verdicts: {} },
    };
    rows.set(key, { ...row, verdicts: { ...row.verdicts, [verifier]: verdict === 'agrees' ? twins : verdict } });
  }
  return [...rows.values()];
}

/** Every limit that the cells met, once. */
export function limitsOf(cells: readonly Cell[]): readonly KnownLimit[] {
  const limits = new Map<string, KnownLimit>();
  for (const { verdict, verifier, format, why, case: one } of cells) {
    if (why === undefined) continue;
    const limit: KnownLimit =
      verdict === 'cannot'
        ? { who: verifier, does: 'verifies', format, why }
        : { who: one.signer.name, does: 'signs', format: one.format, services: one.services, why };
    limits.set(JSON.stringify(limit), limit);
  }
  return [...limits.values()];
}

/** The data as JSON, with one line per entry of a list: changes are seen line by line. */
export function dataText(data: InteropData): string {
  const fields = Object.entries(data).map(([name, value]: [string, unknown]) => {
    if (!Array.isArray(value) || value.length === 0) return `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    const entries = value.map((entry) => `  ${JSON.stringify(entry)}`);
    return `${JSON.stringify(name)}: [\n${entries.join(',\n')}\n ]`;
  });
  return `{\n ${fields.join(',\n ')}\n}\n`;
}
