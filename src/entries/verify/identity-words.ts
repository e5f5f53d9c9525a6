import type { FieldProblem, IdentityProblem, NoSigner } from '../../domain/identity/identity-problem.ts';
import type { InputProblem } from '../action/inputs/input-problems.ts';
import { writeInstead, writeList } from '../action/inputs/instead.ts';
import { LIKELY_CAUSES } from '../action/inputs/requested-image.ts';

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
    ? { input: NAMES_SIGNER, what: `${noSignerText(problem)}.`, cure }
    : { input: problem.field, what: `${fieldProblemText(problem)}.`, cure };
}

/** Has no final full stop, because it is also the message of the images. */
export function noSignerText({ narrowing }: NoSigner): string {
  const only =
    narrowing.length === 0
      ? ''
      : ` (${narrowing.join(', ')} alone ${narrowing.length === 1 ? 'is' : 'are'} not enough)`;
  return (
    `no input says who must have signed${only}: give source-repository, certificate-identity, ` +
    'certificate-identity-regexp, or one of the claims source-repository-uri, -identifier, -owner-uri and -owner-identifier'
  );
}

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
