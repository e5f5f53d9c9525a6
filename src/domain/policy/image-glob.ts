import type { Repository } from '../image/reference.ts';
import { parseGlob } from '../patterns/glob.ts';
import { quoted } from '../text/quoted.ts';
import { canonicalHost, HUB_IN_POLICIES, matchedRepository } from './image-name.ts';
import type { ImageGlob } from './policy.ts';

/** Two globs that policy-controller replaces (pkg/apis/glob, Compile), and only these two. */
const UPGRADED: ReadonlyMap<string, string> = new Map([
  ['*', `${HUB_IN_POLICIES}/library/*`],
  ['*/*', `${HUB_IN_POLICIES}/*/*`],
]);

/** The longest name of an image: host 255, path 255, digest 71, separators. */
const GLOB_MAX_CHARS = 600;
/** More than anybody needs. They determine the time for finding out whether the glob can match. */
const STARS_MAX = 10;

/** A glob, or why it cannot be used. */
export type ReadGlob =
  | { readonly kind: 'glob'; readonly glob: ImageGlob; readonly notices: readonly string[] }
  | { readonly kind: 'unusable'; readonly what: string; readonly instead: readonly string[] };

/**
 * Reads a glob of `spec.images` with the meaning that policy-controller gives it (pkg/apis/glob): `**` is any text, `*` any
 * text without `/`, everything else is literal, and the whole name must match. A glob that can match no image by digest is
 * unusable: the images that its author meant would be unprotected. One that matches more than it seems to is noted.
 */
export function readImageGlob(source: string): ReadGlob {
  const shown = quoted(source);
  const unusable = (what: string, instead: readonly string[] = []): ReadGlob => ({ kind: 'unusable', what, instead });
  if (source === '') return unusable('the glob is empty');
  if (source.length > GLOB_MAX_CHARS) return unusable(`the glob is longer than ${GLOB_MAX_CHARS} characters`);
  const stars = source.match(/\*+/g)?.length ?? 0;
  if (stars > STARS_MAX) return unusable(`${shown} has more than ${STARS_MAX} stars`);
  const strange = /[^A-Za-z0-9\-_:/*.@]/u.exec(source)?.[0];
  if (strange !== undefined) {
    return unusable(`${shown} contains ${quoted(strange)}; globs of images consist of A-Z a-z 0-9 - _ : / . @ and *`);
  }
  const upgraded = UPGRADED.get(source) ?? source;
  const why = whyNever(upgraded);
  if (why !== undefined) return unusable(`${shown} matches no image: ${why}`, rightForms(source));
  return { kind: 'glob', glob: compile(source, upgraded), notices: noticesAbout(source, upgraded) };
}

function compile(source: string, upgraded: string): ImageGlob {
  // `.*` and `[^/]*` beside each other match what `.*` alone matches.
  const { matches } = parseGlob(upgraded.replace(/\*{3,}/g, '**'));
  return {
    source,
    matches,
    matchesSomeOf: (repository) => reaches(upgraded, digestsOf(repository)),
  };
}

/** A deterministic automaton for a set of names. States are texts; undefined: no name begins so. */
interface Names {
  readonly start: string;
  /** One character for each way on from a state; every other character leads nowhere, or where one of these leads. */
  readonly ways: (state: string) => string;
  readonly step: (state: string, char: string) => string | undefined;
  readonly accepts: (state: string) => boolean;
}

/** True if the glob matches one of the names. Visits each pair of a place in the glob and a state once. */
function reaches(glob: string, names: Names): boolean {
  const tokens = glob.match(/\*{2,}|\*|[^*]/g) ?? [];
  const open: (readonly [number, string])[] = [[0, names.start]];
  const seen = new Set<string>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [at, state] = next;
    const key = `${at} ${state}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const token = tokens[at];
    if (token === undefined) {
      if (names.accepts(state)) return true;
      continue;
    }
    const isWild = token.startsWith('*');
    if (isWild) open.push([at + 1, state]);
    for (const char of isWild ? names.ways(state) : token) {
      if (token === '*' && char === '/') continue;
      const after = names.step(state, char);
      if (after !== undefined) open.push([isWild ? at : at + 1, after]);
    }
  }
  return false;
}

const DIGEST = '@sha256:';
const HEX = 64;

/** `name@sha256:` and any 64 digits. */
function digestsOf(repository: Repository): Names {
  const literal = `${matchedRepository(repository)}${DIGEST}`;
  return {
    start: '0',
    ways: (state) => literal[Number(state)] ?? '0',
    step: (state, char) => {
      const at = Number(state);
      const fits = at < literal.length ? char === literal[at] : at < literal.length + HEX && /[0-9a-f]/.test(char);
      return fits ? String(at + 1) : undefined;
    },
    accepts: (state) => Number(state) === literal.length + HEX,
  };
}

/**
 * All names of `matchedName`, and some more: hosts and paths are checked by their characters. `paths`: how many parts a path
 * has at least. States are a letter and a count.
 */
function allNames(paths: number): Names {
  const isHost = (char: string): boolean => /[a-z0-9.-]/.test(char);
  const isWord = (char: string): boolean => /[a-z0-9]/.test(char);
  const steps: Readonly<Record<string, (char: string, count: number) => string | undefined>> = {
    // Before the host.
    s: (char) => (char === '[' ? 'b0' : isHost(char) ? 'h0' : undefined),
    h: (char) => (isHost(char) ? 'h0' : char === ':' ? 'c0' : char === '/' ? 'p0' : undefined),
    // In the brackets of an IPv6 address, and after them.
    b: (char) => (/[0-9a-f:]/.test(char) ? 'b0' : char === ']' ? 'e0' : undefined),
    e: (char) => (char === ':' ? 'c0' : char === '/' ? 'p0' : undefined),
    // The port.
    c: (char) => (/[0-9]/.test(char) ? 'd0' : undefined),
    d: (char) => (/[0-9]/.test(char) ? 'd0' : char === '/' ? 'p0' : undefined),
    // At the beginning of a part of the path, in it, after a separator.
    p: (char, count) => (isWord(char) ? `w${count}` : undefined),
    w: (char, count) => {
      if (isWord(char)) return `w${count}`;
      if (/[._-]/.test(char)) return `q${count}`;
      if (char === '/') return `p${Math.min(count + 1, paths)}`;
      return char === '@' && count + 1 >= paths ? 'x1' : undefined;
    },
    q: (char, count) => (isWord(char) ? `w${count}` : /[._-]/.test(char) ? `q${count}` : undefined),
    // The digest.
    x: (char, count) => {
      if (count < DIGEST.length) return char === DIGEST[count] ? `x${count + 1}` : undefined;
      return count < DIGEST.length + HEX && /[0-9a-f]/.test(char) ? `x${count + 1}` : undefined;
    },
  };
  return {
    start: 's0',
    // A letter and a digit of each kind: in a digest or not, and of `sha256`.
    ways: () => 'ag0sh256.-_/:@[]',
    step: (state, char) => steps[state.slice(0, 1)]?.(char, Number(state.slice(1))),
    accepts: (state) => state === `x${DIGEST.length + HEX}`,
  };
}

/** Why the glob matches no image in the form of `matchedName`; undefined if it does. */
function whyNever(glob: string): string | undefined {
  const first = glob.split('/')[0] ?? '';
  const isPinned = !first.includes('*');
  const isHub = first === HUB_IN_POLICIES;
  if (isPinned && glob.includes('/')) {
    const host = canonicalHost(first);
    if (/[A-Z]/.test(first)) return 'names of images are lower case';
    if (!/[.:]|^localhost$/.test(first)) return 'the registry is missing, also for Docker Hub';
    if (host !== first) {
      return host === HUB_IN_POLICIES
        ? `Docker Hub is called ${HUB_IN_POLICIES} here`
        : `images of this registry are called ${host}/…`;
    }
  }
  if (reaches(glob, allNames(isPinned && isHub ? 2 : 1))) return undefined;
  if (/[A-Z]/.test(glob)) return 'names of images are lower case';
  if (!glob.includes('/')) return 'the registry is missing, also for Docker Hub';
  if (isHub && reaches(glob, allNames(1))) return 'official images of Docker Hub are below library/';
  if (/:[^/@]*$/.test(glob.slice(first.length))) return 'it names a tag, but images are matched by their digest';
  if (!glob.includes('@')) return 'an image is matched with its digest, as name@sha256:…';
  return 'no name and digest of an image look so';
}

/** What was probably meant, best first. */
function rightForms(source: string): string[] {
  const glob = withHost(source.toLowerCase());
  const isUsable = (one: string): boolean => whyNever(one) === undefined && overMatch(one) === undefined;
  if (isUsable(glob)) return [glob];
  const slash = glob.lastIndexOf('/');
  const folder = glob.slice(0, slash);
  const name = glob.slice(slash + 1).replace(/[:@*].*$/, '');
  const exact = `${folder}/${name}@*`;
  const all = `${folder}/**`;
  const forms = name === '' ? [all] : /^[*/]*$/.test(folder) ? [exact] : [exact, all];
  return forms.filter(isUsable);
}

function withHost(glob: string): string {
  const slash = glob.indexOf('/');
  if (slash < 0) return /[.:]/.test(glob.replace(/:[^:]*$/, '')) ? `${glob}/**` : `${HUB_IN_POLICIES}/library/${glob}`;
  const first = glob.slice(0, slash);
  if (first.includes('*')) return glob;
  const isHost = /[.:]|^localhost$/.test(first);
  const full = isHost ? `${canonicalHost(first)}${glob.slice(slash)}` : `${HUB_IN_POLICIES}/${glob}`;
  const [host, ...path] = full.split('/');
  return host === HUB_IN_POLICIES && path.length === 1 && !full.includes('**')
    ? `${HUB_IN_POLICIES}/library/${path[0]}`
    : full;
}

function noticesAbout(source: string, upgraded: string): string[] {
  if (upgraded !== source) return [`the glob ${quoted(source)} means ${quoted(upgraded)} only; write that`];
  const first = source.split('/')[0] ?? '';
  // Stars and slashes alone mean every image.
  const isEvery = /^[*/]+(?:@\*+)?$/.test(source);
  const over = overMatch(source);
  return [
    ...(first.includes('*') && !isEvery
      ? [
          `the glob ${quoted(source)} does not name the registry, so it also matches images of any other; write its host first`,
        ]
      : []),
    ...(over === undefined ? [] : [over]),
  ];
}

/** What a glob also matches because a `*` directly follows a name: `ghcr.io/acme**` and `ghcr.io/acme-evil/x`. */
function overMatch(glob: string): string | undefined {
  const found = /[a-z0-9]\*+|[._-]\*\*|[._-]\*(?=[^/]*\/)/.exec(glob);
  const digest = glob.indexOf('@');
  if (found === null || (digest >= 0 && found.index > digest)) return undefined;
  const before = glob.slice(0, found.index + 1);
  const after = glob.slice(found.index + found[0].length);
  const isLast = !after.includes('/');
  const right = isLast && !found[0].endsWith('**') ? `${before}@*` : `${before}/**`;
  const hint =
    after === '' && whyNever(right) === undefined
      ? `; write ${quoted(right)} for ${right.endsWith('@*') ? 'this name alone' : 'what is below it'}`
      : '';
  return `the glob ${quoted(glob)} also matches names that only begin with ${quoted(before)}, such as ${quoted(`${before}-other`)}${hint}`;
}
