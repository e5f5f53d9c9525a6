import type { FieldProblem, IdentityProblem, NoSigner } from '../../domain/identity/identity-problem.ts';
import { LIKELY_CAUSES } from '../action/inputs/requested-image.ts';
import type { InputProblem } from '../inputs/input-problems.ts';
import { writeInstead, writeList } from '../inputs/instead.ts';

/** The input to which problems of no particular input are attached. */
const NAMES_SIGNER = 'source-repository';

const SEE_INPUTS = 'See the identity inputs in verify/README.md.';

/** Converts a problem with the identity to a problem with an input, with its cure. */
export function inputProblem(problem: IdentityProblem): InputProblem {
  const cure =
    problem.kind === 'empty'
      ? LIKELY_CAUSES
      : ((problem.kind === 'unreadable' ? (problem.isList ? writeList : writeInstead)(problem.instead) : undefined) ??
        SEE_INPUTS);
  return problem.kind === 'no-signer'
    ? { input: NAMES_SIGNER, what: `${noSignerText(problem)}.`, cure: NAME_A_SIGNER }
    : { input: problem.field, what: `${fieldProblemText(problem)}.`, cure };
}

/** Identity rule 1: what is missing, and why the inputs that were given cannot replace it. No final full stop. */
export function noSignerText({ narrowing }: NoSigner): string {
  if (narrowing.length === 0) return NO_SIGNER;
  const names = narrowing.map((name) => `\`${name}\``).join(' and ');
  const reasons = narrowing.flatMap((name) => WHY_NOT_ENOUGH[name] ?? []);
  return [`${NO_SIGNER}: ${names} alone ${narrowing.length === 1 ? 'is' : 'are'} not enough`, ...reasons].join('. ');
}

/** The same in a few words, for each of many images. */
export const NO_SIGNER = 'no input says who must have signed';

/** What to write instead. */
export const NAME_A_SIGNER =
  'Give `source-repository`, `certificate-identity` or `certificate-identity-regexp`, or a `claims` line ' +
  '`source-repository-uri`, `source-repository-identifier`, `source-repository-owner-uri` or `source-repository-owner-identifier`.';

const ISSUER_OF_ALL = 'names the service that issues id-tokens, which is the same for everyone who uses it';

/** Who else would pass if only this input were given. */
const WHY_NOT_ENOUGH: Readonly<Record<string, string>> = {
  'signer-workflow':
    '`signer-workflow` names the workflow that held the key. Any repository that may call that workflow as a reusable one can sign its own images through it; `source-repository` says which repository must have called it',
  workflow: '`workflow` is only a path, and every repository can have a workflow file at that path',
  'source-ref': '`source-ref` is only the name of a branch or tag, and every repository can have one of that name',
  claims: 'A `claims` line names a signer only if it names a repository or its owner, beside exactly one issuer',
  annotations: 'Whoever signs chooses the `annotations`',
  'certificate-oidc-issuer': `\`certificate-oidc-issuer\` ${ISSUER_OF_ALL}`,
  'certificate-oidc-issuer-regexp': `\`certificate-oidc-issuer-regexp\` ${ISSUER_OF_ALL}`,
};

function fieldProblemText(problem: FieldProblem): string {
  switch (problem.kind) {
    case 'empty':
      return problem.of === undefined ? 'a value is empty' : `the value of ${problem.of} is empty`;
    case 'unreadable':
      return problem.why;
    case 'given-twice':
      return `${JSON.stringify(problem.key)} is given twice`;
    case 'needs-one-issuer':
      return (
        "it requires exactly one issuer, compared exactly: omit certificate-oidc-issuer for GitHub's issuer, or give " +
        'one value (certificate-oidc-issuer-regexp alone is not enough)'
      );
    case 'matches-anybody': {
      const shown = JSON.stringify(problem.pattern);
      return `${shown} matches anyone; name an owner in the pattern, or set allow-any-identity: true`;
    }
  }
}
