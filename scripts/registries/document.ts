export function registriesDocument(outcomes: ReadonlyMap<string, string>): string {
  return [...outcomes].join('\n');
}
