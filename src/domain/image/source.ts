/** Where an image was named. */
export interface Source {
  /** Path of a file as given, or the input or variable that holds the text: `images`, `$GITHUB_ARTIFACTS_LIST`. */
  readonly file: string;
  /** Counted from 1. */
  readonly line?: number;
  /** Which document of a file that holds several, counted from 1. */
  readonly document?: number;
  /** What of the document names it, with its kind: `target app` of a bake build. */
  readonly object?: string;
  /** Path of the field in the object. */
  readonly field?: string;
}

/** A source as people read it, and as the results have it. */
export function formatSource({ file, line, document, object, field }: Source): string {
  return [
    line === undefined ? file : `${file}:${line}`,
    ...(document === undefined ? [] : [`document ${document}`]),
    ...(object === undefined ? [] : [object]),
    ...(field === undefined ? [] : [field]),
  ].join(' ');
}

/** Each source once, as the results list them. */
export function formatSources(sources: readonly Source[]): string[] {
  return [...new Set(sources.map(formatSource))];
}
