import { PATTERN_MAX_CHARS } from '../patterns/pattern.ts';
import { quoted } from '../text/quoted.ts';
import { JUDGED_MAX_CHARS } from '../text/text-fault.ts';
import { CorrectedValueError, type Instead, ListedValuesError, ValueError } from '../text/value-error.ts';
import { patternOf } from './known-issuers.ts';
import { isFullRef } from './workflow-uri.ts';

const EXACT = 'certificate-identity';
const PATTERN = 'certificate-identity-regexp';

/**
 * Checks a subject that is compared exactly, and returns it. Throws ValueError for a value that no certificate has: a
 * pattern, a list, or on a GitHub server (this one or github.com) a URL without a scheme, a repository alone, or a workflow
 * file without `@` and a full ref.
 */
export function parseSubject(value: string, serverUrl: string): string {
  if (value.length > JUDGED_MAX_CHARS) return value;
  const shown = quoted(value);
  const refuse = (what: string, ...right: readonly Instead[]): CorrectedValueError =>
    new CorrectedValueError(`${shown} ${what}`, right);
  const exactly = (one: string): Instead => ({ input: EXACT, value: one });
  if (/[,\s]\s*(?:https?:\/\/|[^\s,@/]+@[^\s,@/]+\.[^\s,@/]+$)/.test(value)) {
    throw new ListedValuesError(value, EXACT, value.split(/[,\s]+/));
  }
  if (/^\^|\\[./]|\.\*|\.\+|\$$/.test(value)) {
    throw refuse(`is a regular expression, but is compared exactly; it belongs into ${PATTERN}`, {
      input: PATTERN,
      value,
    });
  }
  if (value.includes('*')) {
    throw refuse(`contains *, but is compared exactly; a pattern belongs into ${PATTERN}`, {
      input: PATTERN,
      value: patternOf(value),
    });
  }
  const servers = ['https://github.com', serverUrl];
  const bare = servers.find((server) => startsWith(value, `${server.replace(/^https?:\/\//, '')}/`));
  if (bare !== undefined) throw refuse('has no scheme', exactly(`${bare}${value.slice(value.indexOf('/'))}`));
  const server = servers.find((one) => startsWith(value, `${one}/`));
  if (server === undefined) return value;
  refuseWrongWorkflow(value, server);
  return value;
}

function refuseWrongWorkflow(value: string, server: string): void {
  const shown = quoted(value);
  const rest = value.slice(server.length + 1);
  const at = rest.indexOf('@');
  const place = at < 0 ? rest : rest.slice(0, at);
  const [owner = '', name = '', ...path] = place.split('/');
  if (path.join('') === '') {
    throw new CorrectedValueError(
      `${shown} is not the subject of a certificate, which names the workflow file and its ref`,
      owner !== '' && name !== '' ? [{ input: 'source-repository', value: `${owner}/${name}` }] : [],
    );
  }
  // Other issuers may vouch for other addresses there. A file may be called ci@2.yml.
  if (!place.includes('/.github/workflows/') || /@(?:refs\/.|[0-9a-f]{40}$)/.test(value)) return;
  const ref = at < 0 ? '' : rest.slice(at + 1);
  const refs =
    ref === '' || isFullRef(ref) ? ['refs/heads/main', 'refs/tags/v1'] : [`refs/tags/${ref}`, `refs/heads/${ref}`];
  if (/\s/.test(ref)) throw new ValueError(`${shown} is not the subject of a workflow`);
  throw new CorrectedValueError(
    `${shown} does not end in @ and a full ref (refs/… or 40 lower-case hex digits), as subjects of workflows do`,
    /^[0-9a-fA-F]{40}$/.test(ref)
      ? [{ input: EXACT, value: `${server}/${place}@${ref.toLowerCase()}` }]
      : refs.map((one) => ({ input: EXACT, value: `${server}/${place}@${one}` })),
  );
}

function startsWith(value: string, prefix: string): boolean {
  return value.toLowerCase().startsWith(prefix.toLowerCase());
}

/**
 * Checks the text of a regular expression for subjects (or, as `issuer`, for issuers) that cannot match any whole value: a
 * glob, the delimiters of another language, an anchor in the middle. Throws CorrectedValueError. The engine checks its
 * grammar.
 */
export function refuseEmptyPattern(value: string, input: string): void {
  if (value.length > PATTERN_MAX_CHARS) return;
  const shown = quoted(value);
  const refuse = (what: string, ...right: readonly string[]): CorrectedValueError =>
    new CorrectedValueError(
      `${shown} ${what}`,
      right.map((one) => ({ input, value: one })),
    );
  const inner = /^\/(.+)\/[a-z]*$/.exec(value)?.[1];
  if (inner !== undefined)
    throw refuse('is written with the slashes of another language', inner.replaceAll('\\/', '/'));
  if (/[^\\]\/\*{1,2}(?=$|[@/])/.test(value) && !/[\\^$()|[\]+]|\.\*/.test(value)) {
    throw refuse('is a glob; in a regular expression, * repeats the character before it', patternOf(value));
  }
  if (anchorInMiddle(value)) throw refuse('matches nothing, because text is before its ^ or after its $');
}

/** True if a literal character of every match would be before `^` or after `$`. Only for patterns without alternatives. */
function anchorInMiddle(value: string): boolean {
  if (value.includes('|') || value.includes('(?')) return false;
  const plain = value.replace(/\\./gs, 'x').replace(/\[\^?\]?[^\]]*\]/g, 'x');
  return /[A-Za-z0-9:/]\^/.test(plain) || /\$[A-Za-z0-9:/]/.test(plain);
}
