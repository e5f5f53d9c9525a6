/** The place that names an image. */
export interface Source {
  /** The path of a file as given, or the input or variable with the text: `images`, `$GITHUB_ARTIFACTS_LIST`. */
  readonly file: string;
  /** Starts at 1. */
  readonly line?: number;
  /** The number of the document in a file with several, starting at 1. */
  readonly document?: number;
  /** The object in the document that names it, with its kind, such as `target app` of a bake build. */
  readonly object?: string;
  /** The path of the field in the object. */
  readonly field?: string;
}

/** A source as text for people. */
export function formatSource({ file, line, document, object, field }: Source): string {
  return [
    line === undefined ? file : `${file}:${line}`,
    ...(document === undefined ? [] : [`document ${document}`]),
    ...(object === undefined ? [] : [object]),
    ...(field === undefined ? [] : [field]),
  ].join(' ');
}

/** Each source once, in the order of first mention. */
export function distinctSources(sources: readonly Source[]): Source[] {
  return [...new Map(sources.map((source) => [formatSource(source), source])).values()];
}
