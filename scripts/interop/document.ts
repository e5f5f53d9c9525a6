import { STAND_INS } from './act.ts';
import type { Cell } from './matrix.ts';

export interface DocumentOptions {
  readonly cells: readonly Cell[];
  readonly verifiers: readonly string[];
  /** Peers that took part, with their versions. */
  readonly peers: readonly (readonly [peer: string, version: string, from: string])[];
  /** What could not be had, and why. */
  readonly skipped: readonly string[];
  /** Every check besides the matrix, in order. */
  readonly checks: readonly string[];
  readonly date: Date;
  readonly all: boolean;
  readonly everyRegistry: boolean;
}

/** docs/interop.md: the whole matrix, who took part, and what was left out. */
export function interopDocument(options: DocumentOptions): string {
  const { cells, peers, skipped, checks, date, all, everyRegistry } = options;
  const cases = new Map(cells.map((cell) => [cell.case.number, cell.case]));
  const twins = cells.reduce((sum, cell) => sum + cell.twins, 0);
  const agreeing = cells.filter(({ verdict }) => verdict === 'agrees').length;
  const signers = [...new Set([...cases.values()].map(({ signer }) => signer.name))];
  return [
    '# Who agrees with us',
    '',
    `Written by \`npm run interop -- ${all ? '--all ' : ''}${everyRegistry ? '--every-registry ' : ''}--write\` on ${date.toISOString().slice(0, 10)}, with the committed \`dist/\`, on real services on loopback: ${cases.size} signing runs, ${cells.filter(({ verdict }) => verdict !== 'not signed').length} judgements, ${agreeing} of them acceptances, each with its refused twins (${twins} in all): a wrong identity, a tampered payload, another digest; with annotations also another annotation; on an index also platform images nobody signed.`,
    '',
    '## Peers',
    '',
    '| peer | version | from |',
    '| --- | --- | --- |',
    ...peers.map((row) => `| ${row.join(' | ')} |`),
    ...(skipped.length === 0 ? [] : ['', 'Not in this run:', '', ...skipped.map((line) => `- ${line}`)]),
    '',
    '## Matrix',
    '',
    `For each signer, every format and set of services is crossed with every shape of image${
      everyRegistry
        ? ', on every registry'
        : '; the registries take turns, so that each of them meets every format, every set of services and every shape (not every combination of the three)'
    }. Every signature is judged by every verifier. \`v1\` is Rekor v1 with a timestamp, \`v2\` Rekor v2 with a timestamp, \`tsa\` a timestamp alone under a trusted root without logs. cosign writes one format a run: \`both\` is two of its runs.`,
    '',
    '`✓ n`: accepted, and n twins refused, each for its own reason. `cannot`, `not signed`: for the reason given below. `✗`: disagrees.',
    ...signers.flatMap((signer) => ['', `### ${signer} signs`, '', ...matrixOf(signer, options)]),
    '',
    ...reasonsOf(cells),
    '## Beside the matrix',
    '',
    ...checks.map((line) => `- ${line}`),
    '',
    'The workflow runner is nektos/act on the host, without Docker and without GitHub. It cannot fetch actions there; local stand-ins with the same inputs and outputs take the place of ' +
      `${Object.keys(STAND_INS)
        .map((name) => `\`${name}\``)
        .join(
          ', ',
        )} (umoci builds, skopeo pushes). \`actions/checkout\` is its own. The id-token endpoint is the sandbox's, given by environment variables.`,
    '',
  ].join('\n');
}

function matrixOf(signer: string, { cells, verifiers }: DocumentOptions): readonly string[] {
  const own = cells.filter((cell) => cell.case.signer.name === signer);
  const rows = new Map<string, Cell[]>();
  for (const cell of own) {
    const key = `${cell.case.number} ${cell.format}`;
    rows.set(key, [...(rows.get(key) ?? []), cell]);
  }
  return [
    `| # | signature | written as | services | registry | image | ${verifiers.join(' | ')} |`,
    `| --- | --- | --- | --- | --- | --- | ${verifiers.map(() => '---').join(' | ')} |`,
    ...[...rows.values()].map((row) => {
      const [first] = row;
      if (first === undefined) return '';
      const { number, format, services, registry, shape } = first.case;
      const verdicts = verifiers.map((name) => shown(row.find(({ verifier }) => verifier === name)));
      return `| ${number} | ${first.format} | ${format} | ${services} | ${registry.name} | ${shape} | ${verdicts.join(' | ')} |`;
    }),
  ];
}

function shown(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  return { agrees: `✓ ${cell.twins}`, cannot: 'cannot', 'not signed': 'not signed', disagrees: '✗' }[cell.verdict];
}

function reasonsOf(cells: readonly Cell[]): readonly string[] {
  const reasons = new Set(
    cells.flatMap(({ verdict, verifier, format, why, case: one }) => {
      if (verdict === 'cannot') return [`- ${verifier} verifies, ${format}: ${why}.`];
      if (verdict === 'not signed') return [`- ${one.signer.name} signs, ${one.format}, ${one.services}: ${why}.`];
      return [];
    }),
  );
  if (cells.some(({ verifier }) => verifier === 'cosign 2.6.4')) {
    reasons.add(
      '- cosign 2.6.4 leaves `-a` out of the bundles it signs, and takes any `-a` for verified in a bundle: no twin there.',
    );
  }
  return reasons.size === 0 ? [] : ['Who cannot, and why (each asserted):', '', ...reasons, ''];
}
