import { GITHUB_ISSUER } from '../../../src/domain/identity/github-issuer.ts';
import {
  type IdentityContext,
  type IdentityInputs,
  type IdentityRequirement,
  NO_IDENTITY_INPUTS,
  parseIdentityRequirement,
} from '../../../src/domain/identity/requirement.ts';
import { parseRegexp } from '../../../src/domain/patterns/regexp.ts';
import type { ClaimName } from '../../../src/domain/signature/claims.ts';
import type { CertificateIdentity, Facts } from '../../../src/domain/signature/facts.ts';
import { inputProblem } from '../../../src/entries/gate/identity-words.ts';

export const NOW = new Date('2026-11-22T12:00:00Z');
export const SIGNED = new Date('2026-11-22T10:00:00Z');

export const CONTEXT: IdentityContext = {
  defaultIssuer: GITHUB_ISSUER,
  serverUrl: 'https://github.com',
  randomWord: 'qzjxkwvpfh',
  parseRegexp,
};

export type Inputs = Partial<IdentityInputs>;

export function inputs(given: Inputs): IdentityInputs {
  return { ...NO_IDENTITY_INPUTS, ...given };
}

export function parse(
  given: Inputs,
  context: Partial<IdentityContext> = {},
): ReturnType<typeof parseIdentityRequirement> {
  return parseIdentityRequirement(inputs(given), { ...CONTEXT, ...context });
}

/** What is wrong with these inputs, in the words of the verify action: `input: what.` */
export function problemsOf(given: Inputs, context: Partial<IdentityContext> = {}): string[] {
  const parsed = parse(given, context);
  if (parsed.kind === 'requirement') return [];
  const problems = parsed.kind === 'invalid' ? parsed.problems : [parsed.problem];
  return problems.map(inputProblem).map(({ input, what }) => `${input}: ${what}`);
}

export function requirement(given: Inputs, context: Partial<IdentityContext> = {}): IdentityRequirement {
  const parsed = parse(given, context);
  if (parsed.kind !== 'requirement') throw new Error(JSON.stringify(parsed));
  return parsed.requirement;
}

export const REPOSITORY = 'https://github.com/Acme/App';
export const RELEASE = `${REPOSITORY}/.github/workflows/release.yml@refs/heads/main`;

type ClaimChanges = Partial<Record<ClaimName, string | undefined>>;

/** A signature of Acme/App's release workflow on main; undefined removes a claim. */
export function facts(
  changes: {
    readonly subject?: string;
    readonly subjectKind?: CertificateIdentity['subjectKind'];
    readonly issuer?: string;
    readonly claims?: ClaimChanges;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly provenTimes?: readonly Date[];
  } = {},
): Facts {
  const issuer = changes.issuer ?? GITHUB_ISSUER;
  const claims: ClaimChanges = {
    'issuer-deprecated': issuer,
    issuer,
    'github-workflow-ref': 'refs/heads/main',
    'build-signer-uri': changes.subject ?? RELEASE,
    'runner-environment': 'github-hosted',
    'source-repository-uri': REPOSITORY,
    'source-repository-ref': 'refs/heads/main',
    'source-repository-identifier': '1234',
    'source-repository-owner-uri': 'https://github.com/Acme',
    'source-repository-owner-identifier': '99',
    'build-config-uri': RELEASE,
    'build-trigger': 'push',
    'source-repository-visibility-at-signing': 'public',
    ...changes.claims,
  };
  return {
    format: 'bundle',
    identity: {
      issuer,
      subject: changes.subject ?? RELEASE,
      subjectKind: changes.subjectKind ?? 'uri',
      claims: Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined)),
    },
    annotations: changes.annotations ?? {},
    provenTimes: changes.provenTimes ?? [SIGNED],
    log: undefined,
    dockerReference: undefined,
  };
}
