/**
 * Codes for outcomes in which nothing could be decided or done (contract §4). Refusals are decisions and have
 * their own list in domain/signature/refusal.ts. Each code has a heading in docs/troubleshooting.md.
 */
export const ERROR_CODES = [
  'INPUT_INVALID',
  'IMAGE_NOT_FOUND',
  'REGISTRY_DENIED',
  'REGISTRY_UNAVAILABLE',
  'REGISTRY_INVALID',
  'TRUST_ROOT_UNAVAILABLE',
  'TRUST_ROOT_INVALID',
  'LOG_UNAVAILABLE',
  'LOG_INVALID',
  'CA_UNAVAILABLE',
  'CA_REFUSED',
  'CA_INVALID',
  'TSA_UNAVAILABLE',
  'TSA_INVALID',
  'IDENTITY_TOKEN_UNAVAILABLE',
  'PUBLIC_LOG_REFUSED',
  'SELF_VERIFICATION_FAILED',
  'SIGNATURE_LOST',
  'GITHUB_API_UNAVAILABLE',
  'ATTESTATION_STORE_REFUSED',
  'ATTESTATION_STORE_UNAVAILABLE',
  'KUBERNETES_REFUSED',
  'KUBERNETES_UNAVAILABLE',
  'TIMEOUT',
  'INTERNAL_ERROR',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** A line of a file that an error is about, to be annotated. */
export interface ErrorPlace {
  /** Path in the workspace, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number | undefined;
  readonly message: string;
}

export interface CodedErrorOptions {
  /** The next thing to try. Names the input or permission to change. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  readonly places?: readonly ErrorPlace[] | undefined;
}

/**
 * Removes secrets by their shape, because the run does not know their values: JSON Web Tokens, Authorization values,
 * and the user info and query strings of URLs (signed storage URLs carry credentials there).
 */
function redact(text: string): string {
  return text
    .replace(/[A-Za-z0-9_.-]+/g, withoutToken)
    .replace(/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [redacted]')
    .replace(/\b(https?:\/\/)[^/\s@"'<>]*@/gi, '$1[redacted]@')
    .replace(/\bhttps?:\/\/[^\s"'<>]*/gi, withoutQuery);
}

/*
 * Each expression above consumes everything it scans. Text with many unfinished tokens or URLs is therefore scanned
 * once, not once per beginning.
 */

function withoutToken(word: string): string {
  const start = word.search(/\beyJ/);
  return start < 0 || word.indexOf('.', start) < 0 ? word : `${word.slice(0, start)}[redacted token]`;
}

function withoutQuery(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : `${url.slice(0, query)}?[redacted]`;
}

/** An error with a stable code. The constructor redacts message and hint, and keeps the cause. */
export class CodedError extends Error {
  override readonly name: string = 'CodedError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  /** The lines of files that it is about; empty for most errors. */
  readonly places: readonly ErrorPlace[];

  constructor(code: ErrorCode, message: string, options: CodedErrorOptions = {}) {
    super(redact(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint === undefined ? undefined : redact(options.hint);
    this.places = (options.places ?? []).map((place) => ({ ...place, message: redact(place.message) }));
  }
}

/** Returns a CodedError as it is, and wraps anything else in an INTERNAL_ERROR. */
export function toCodedError(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new CodedError('INTERNAL_ERROR', `unexpected failure: ${text}`, {
    cause: error,
    hint: 'This is a bug in Countersign; please report it with the debug log.',
  });
}
