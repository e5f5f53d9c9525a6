import type { Pattern } from './pattern.ts';

/**
 * Identity rule 7: does the pattern accept strangers too? True if it still matches the subject it accepted
 * after the owner in it (first path segment of an https subject, domain of any other) was replaced by,
 * prefixed with or followed by a random word. `word` is random lower-case letters, made per run: nobody can
 * write a pattern around it.
 */
export function isMatchAllForSubject(pattern: Pattern, subject: string, word: string): boolean {
  return variantsOf(subject, locateOwner(subject), word).some((variant) => pattern.matches(variant));
}

/** The same for an issuer, whose host takes the owner's place. */
export function isMatchAllForIssuer(pattern: Pattern, issuer: string, word: string): boolean {
  return variantsOf(issuer, locateHost(issuer), word).some((variant) => pattern.matches(variant));
}

/** True for patterns such as `.*` that match subjects made of random words; found before any call. */
export function matchesAnySubject(pattern: Pattern, serverUrl: string, word: string): boolean {
  const probes = ['https://github.com', serverUrl].flatMap((server) => [
    `${server}/${word}/${word}/.github/workflows/${word}.yml@refs/heads/${word}`,
    `${server}/${word}/${word}/.github/workflows/${word}.yaml@refs/tags/${word}`,
  ]);
  return [...probes, `https://${word}.com/${word}`, `${word}@${word}.com`, word].some((probe) =>
    pattern.matches(probe),
  );
}

/** True for patterns that match an issuer made of random words. */
export function matchesAnyIssuer(pattern: Pattern, word: string): boolean {
  return [`https://${word}.com`, `https://${word}.com/${word}`, word].some((probe) => pattern.matches(probe));
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function variantsOf(text: string, { start, end }: Span, word: string): string[] {
  const owner = text.slice(start, end);
  // A word of the owner's own length too, so that a pattern cannot hide behind a count such as {8}.
  const fitted = word.repeat(Math.ceil(owner.length / word.length)).slice(0, owner.length);
  return [word, fitted, `${word}${owner}`, `${owner}${word}`]
    .filter((variant) => variant !== owner)
    .map((variant) => text.slice(0, start) + variant + text.slice(end));
}

function locateOwner(subject: string): Span {
  const web = /^https?:\/\/[^/]*\/([^/]+)/.exec(subject);
  if (web?.[1] !== undefined) return { start: web[0].length - web[1].length, end: web[0].length };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(subject)) return locateHost(subject);
  // An e-mail address, or Fulcio's `user!domain`.
  const at = Math.max(subject.lastIndexOf('@'), subject.lastIndexOf('!'));
  return { start: at + 1, end: subject.length };
}

function locateHost(uri: string): Span {
  const match = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri);
  return match?.[1] === undefined
    ? { start: 0, end: uri.length }
    : { start: match[0].length - match[1].length, end: match[0].length };
}
