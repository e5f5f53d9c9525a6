import type { FieldProblem, IdentityProblem, NoSigner } from '../../domain/identity/identity-problem.ts';
import type { InputProblem } from '../action/inputs/input-problems.ts';
import { LIKELY_CAUSES } from '../action/inputs/requested-image.ts';

/** The input that names a signer, for what is wrong with no single one. */
const NAMES_SIGNER = 'source-repository';

/** A problem of the identity as one of an input, with its cure. */
export function inputProblem(problem: IdentityProblem): InputProblem {
  const cure = problem.kind === 'empty' ? LIKELY_CAUSES : 'See the identity inputs in verify/README.md.';
  return problem.kind === 'no-signer'
    ? { input: NAMES_SIGNER, what: `${noSignerText(problem)}.`, cure }
    : { input: problem.field, what: `${fieldProblemText(problem)}.`, cure };
}

/** Without a final full stop: it is the message of the images too. */
export function noSignerText({ narrowing }: NoSigner): string {
  const only = narrowing.length === 0 ? '' : ` (${narrowing.join(', ')} only narrow it)`;
  return (
    `nothing says who must have signed${only}: give source-repository, certificate-identity, ` +
    'certificate-identity-regexp, a claim source-repository-uri, -identifier, -owner-uri or -owner-identifier'
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
        "needs exactly one issuer, compared exactly: leave certificate-oidc-issuer out for GitHub's, or give one " +
        'value (certificate-oidc-issuer-regexp alone is not enough)'
      );
    case 'matches-anybody': {
      const shown = JSON.stringify(problem.pattern);
      return `${shown} matches anybody; name an owner in it, or set allow-any-identity: true`;
    }
  }
}
