import type { Pattern } from './pattern.ts';

/**
 * Identity rule 7: true if the pattern also accepts strangers. Replaces the owner in the accepted subject (the first
 * path segment of an https subject, the domain of any other) with a random word, or adds the word before or after it,
 * also in the shape of the owner, and matches again. `word` consists of random lower-case letters, new in every run, so
 * that nobody can write a pattern around it.
 */
export function isMatchAllForSubject(pattern: Pattern, subject: string, word: string): boolean {
  return acceptsStrangers(pattern, { text: subject, owner: locateOwner(subject), word });
}

/** The same for an issuer, with its host as the owner. */
export function isMatchAllForIssuer(pattern: Pattern, issuer: string, word: string): boolean {
  return acceptsStrangers(pattern, { text: issuer, owner: locateHost(issuer), word });
}

/** True for patterns such as `.*` that match subjects made of random words. Checked before any request. */
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

interface OwnedText {
  readonly text: string;
  /** The place of the owner in the text. */
  readonly owner: Span;
  readonly word: string;
}

function acceptsStrangers(pattern: Pattern, { text, owner: { start, end }, word }: OwnedText): boolean {
  const owner = text.slice(start, end);
  const accepts = (stranger: string): boolean =>
    stranger !== owner && pattern.matches(text.slice(0, start) + stranger + text.slice(end));
  // The maximum length of a name on GitHub.
  const longest = word.repeat(Math.ceil(39 / word.length)).slice(0, 39);
  const acceptsAll = (strangers: readonly string[]): boolean => strangers.length > 0 && strangers.every(accepts);
  return (
    [word, longest, `${word}${owner}`, `${owner}${word}`].some(accepts) ||
    // Also words as long as the owner, so that a count such as {8} does not hide a pattern.
    acceptsAll(strangersLike('x'.repeat(owner.length), { start: 0, end: 0 }, word)) ||
    shapesKept(owner).some((kept) => acceptsAll(strangersLike(owner, kept, word)))
  );
}

/** The number of characters of the owner that stay unchanged at its start and at its end. */
interface Kept {
  readonly start: number;
  readonly end: number;
}

/** No character, one character at either end or both, and the top-level domain of a host. */
function shapesKept(owner: string): Kept[] {
  const dot = owner.lastIndexOf('.');
  const ends = [0, 1].flatMap((start) => [0, 1].map((end) => ({ start, end })));
  return dot < 0 ? ends : [...ends, { start: 0, end: owner.length - dot }];
}

/** This number of random characters does not match a list of real names by chance. */
const RANDOM_CHARACTERS = 8;

/**
 * Random words in the shape of the owner: letters for letters, digits for digits, and everything else unchanged. So the
 * dash of acme-app does not hide `[a-z]{4}-[a-z]{3}`. Returns several short words, which count only together.
 */
function strangersLike(owner: string, kept: Kept, word: string): string[] {
  const middle = owner.slice(kept.start, Math.max(kept.start, owner.length - kept.end));
  const count = middle.match(/[A-Za-z0-9]/g)?.length ?? 0;
  if (count === 0) return [];
  let used = 0;
  const replaced = (character: string): string => {
    const letter = word[used++ % word.length] ?? '';
    if (/\d/.test(character)) return String(letter.charCodeAt(0) % 10);
    return character < 'a' ? letter.toUpperCase() : letter;
  };
  const next = (): string => {
    const tail = owner.slice(kept.start + middle.length);
    return owner.slice(0, kept.start) + middle.replace(/[A-Za-z0-9]/g, replaced) + tail;
  };
  const wanted = Math.ceil(RANDOM_CHARACTERS / count);
  // A short word may equal the owner by chance and then proves nothing, so this makes twice as many.
  const strangers = Array.from({ length: 2 * wanted }, next).filter((stranger) => stranger !== owner);
  return strangers.length < wanted ? [] : strangers.slice(0, wanted);
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
