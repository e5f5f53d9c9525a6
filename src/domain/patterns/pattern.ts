/** A compiled pattern. For every pattern, matching takes time linear in the value. */
export interface Pattern {
  /** As the user wrote it. */
  readonly source: string;
  /** True if the pattern matches the whole value. */
  readonly matches: (value: string) => boolean;
}

/** A pattern in cosign's syntax. */
export interface RegexpPattern extends Pattern {
  /** True if it matches anywhere in the value, as in cosign. */
  readonly findsIn: (value: string) => boolean;
}

/** The maximum length of a pattern in UTF-16 units. */
export const PATTERN_MAX_CHARS = 2048;
