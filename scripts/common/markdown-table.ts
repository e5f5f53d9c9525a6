/** A Markdown table, one line per element. Cells may hold any text: bars are escaped, line breaks become spaces. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { rightAligned = [] }: { readonly rightAligned?: readonly number[] } = {},
): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  const rule = header.map((_, column) => (rightAligned.includes(column) ? '---:' : '---'));
  return [line(header), line(rule), ...rows.map(line)];
}

function cell(text: string): string {
  return text.trim().replaceAll('|', '\\|').replace(/\s+/g, ' ');
}
