/**
 * Types only: the values of a YAML or JSON document with the places where they are written. Aliases and merge keys are
 * resolved, as kubectl resolves them: what they stand for has the place of its own text.
 */

/** A place in the text of a file. */
export interface TextPlace {
  /** Starts at 1. */
  readonly line: number;
  /** Offsets into the text as UTF-16 code units, the end exclusive. Of a scalar: with its quotes, without comments. */
  readonly start: number;
  readonly end: number;
}

export interface LocatedMap extends TextPlace {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, LocatedEntry>;
}

export interface LocatedEntry {
  readonly key: TextPlace;
  readonly value: LocatedValue;
}

export interface LocatedList extends TextPlace {
  readonly kind: 'list';
  readonly items: readonly LocatedValue[];
}

export interface LocatedScalar extends TextPlace {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** How it is written. Only these styles can be replaced in place. */
  readonly style: 'plain' | 'single-quoted' | 'double-quoted' | 'block';
}

export type LocatedValue = LocatedMap | LocatedList | LocatedScalar;

export interface YamlDocument {
  /** Starts at 1. Counts every document of the file, also empty ones. */
  readonly number: number;
  /** Undefined for a document without content. */
  readonly root: LocatedValue | undefined;
}

/** Why a file cannot be used, and where. */
export interface YamlProblem {
  readonly line: number;
  readonly document: number;
  readonly message: string;
}

export type ReadYaml =
  | { readonly kind: 'documents'; readonly documents: readonly YamlDocument[] }
  | { readonly kind: 'unreadable'; readonly problems: readonly [YamlProblem, ...YamlProblem[]] };
