import { parseGlob } from '../patterns/glob.ts';
import type { Pattern } from '../patterns/pattern.ts';
import { editDistance } from '../text/near-name.ts';
import { quoted } from '../text/quoted.ts';
import { CorrectedValueError, type Instead, ListedValuesError, ValueError } from '../text/value-error.ts';
import { CODEFRESH_ISSUER, issuerKind } from './known-issuers.ts';
import { isFullRef } from './workflow-uri.ts';

const INPUT = 'source-ref';

/** Where refs of the claim `source-repository-ref` are. Tokens of GitHub and GitLab name no others. */
const NAMESPACES = ['heads', 'tags', 'pull'] as const;

/** Parses a ref or a glob for refs of the claim `source-repository-ref`. Throws ValueError. */
export function parseSourceRef(value: string, issuer: string | undefined): Pattern {
  // Codefresh writes the bare name of the branch or tag (fulcio config/identity/config.yaml, codefresh-workflow).
  if (issuer !== CODEFRESH_ISSUER) refuseWrongRef(value, issuer);
  return parseGlob(value);
}

function refuseWrongRef(value: string, issuer: string | undefined): void {
  const shown = quoted(value);
  if (/,\s*(?:refs\/|\*)/.test(value)) throw new ListedValuesError(value, INPUT, value.split(','));
  if (/^[0-9a-fA-F]{7,64}$/.test(value)) {
    const whole = value.length === 40;
    throw new CorrectedValueError(
      `${shown} is a commit, but the ref of a run is a branch or a tag`,
      whole ? [{ input: 'claims', value: `source-repository-digest=${value.toLowerCase()}` }] : [],
    );
  }
  const problem = problemWithRef(value, issuer);
  if (problem === undefined) return;
  const what = `${shown} ${problem.what}`;
  if (problem.right.length === 0) throw new ValueError(what);
  throw new CorrectedValueError(
    what,
    problem.right.map((right): Instead => ({ input: INPUT, value: right })),
  );
}

export interface RefProblem {
  /** Continues after the value. */
  readonly what: string;
  /** What may have been meant; empty if the text says it. */
  readonly right: readonly string[];
}

/** Why no run has such a ref (or glob for refs); undefined if one may. A commit has no problem here. */
export function problemWithRef(value: string, issuer: string | undefined): RefProblem | undefined {
  const spelt = respelt(value);
  if (spelt !== undefined) return { what: 'is not a full ref', right: [spelt] };
  if (!isFullRef(value) && !value.startsWith('*')) {
    const name = value.replace(/^\/+/, '').replace(/^origin\//, '');
    return { what: `is not a full ref: write refs/heads/${name} for a branch, refs/tags/${name} for a tag`, right: [] };
  }
  if (/[\s~^:?[\]\\]/.test(value)) {
    return { what: 'contains a character that refs do not have (globs know * and ** only)', right: [] };
  }
  if (value.endsWith('/') || value.includes('//')) {
    const clean = value.replace(/\/{2,}/g, '/').replace(/\/$/, '');
    return { what: 'is not a ref', right: value.endsWith('/') ? [clean, `${clean}/**`] : [clean] };
  }
  const parts = value.split('/');
  if (!value.includes('**') && value.includes('*') && parts.length < 3) {
    return { what: 'matches no ref, because * does not cross a slash', right: [value.replace('*', '**')] };
  }
  const [, namespace = ''] = parts;
  if (parts[0] !== 'refs' || namespace.includes('*')) return undefined;
  if (NAMESPACES.some((one) => one === namespace)) {
    return parts.length > 2 ? undefined : { what: 'has no name after it', right: [`${value}/**`] };
  }
  if (namespace === 'remotes' && parts.length > 3) {
    return { what: 'is a ref of a clone, not of the repository', right: [`refs/heads/${parts.slice(3).join('/')}`] };
  }
  const rest = parts.slice(2).join('/');
  // Other systems may have namespaces of their own.
  const isOther = issuerKind(issuer) === 'other';
  const near = NAMESPACES.find((one) => editDistance(namespace.toLowerCase(), one) <= (isOther ? 1 : 2));
  if (near !== undefined && rest !== '') return { what: 'is not a full ref', right: [`refs/${near}/${rest}`] };
  if (/^branch(?:es)?$/i.test(namespace) && rest !== '') {
    return { what: 'is not a full ref', right: [`refs/heads/${rest}`] };
  }
  if (isOther) return undefined;
  const name = parts.slice(1).join('/');
  return {
    what: `is not under ${NAMESPACES.map((one) => `refs/${one}/`).join(', ')}`,
    right: [`refs/heads/${name}`, `refs/tags/${name}`],
  };
}

/** A ref whose beginning is misspelt in a way that has one meaning. */
function respelt(value: string): string | undefined {
  const [, namespace = '', name = ''] = /^\/?(?:refs?\/+)?(heads?|tags?|pull)\/+(.+)$/i.exec(value) ?? [];
  if (name === '') return undefined;
  const folded = namespace.toLowerCase();
  const right = `refs/${folded === 'pull' ? folded : `${folded.replace(/s$/, '')}s`}/${name}`;
  return right === value ? undefined : right;
}
