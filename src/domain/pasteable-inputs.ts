import { equalsIgnoringCase } from './ascii-case.ts';
import type { ClaimName } from './claims.ts';
import type { Facts } from './facts.ts';
import { OUTSIDER_TRIGGERS } from './identity-rules.ts';
import { parseWorkflowUri, repositoryOfSubject } from './workflow-uri.ts';

/** Inputs that would accept one verified signature. */
export interface PasteableInputs {
  /** YAML lines `input: value`, only of characters that mean nothing to YAML, shell or a workflow expression. */
  readonly lines: readonly string[];
  /** What could not be offered, and why; empty = the lines are complete. */
  readonly withheld: readonly string[];
}

/** Contract §3.7: the characters that are safe wherever text is pasted. */
const SAFE = /^[A-Za-z0-9._:/@+=,-]+$/;

/**
 * The inputs that accept this signature and, as far as its certificate says, nothing wider: repository,
 * workflow, ref, and the signer if it is another one. Only for verified facts: pasting is trusting.
 */
export function pasteableInputs(
  { identity }: Pick<Facts, 'identity'>,
  context: { readonly defaultIssuer: string; readonly serverUrl: string },
): PasteableInputs {
  const { claims, issuer, subject } = identity;
  const uri = claims['source-repository-uri'];
  const repository = uri?.startsWith(`${context.serverUrl}/`) ? uri.slice(context.serverUrl.length + 1) : undefined;
  const workflow = uri === undefined ? undefined : parseWorkflowUri(claims['build-config-uri'] ?? '', uri);
  const isWorkflow = identity.subjectKind === 'uri' && repository?.split('/').length === 2 && workflow !== undefined;
  const signer = repositoryOfSubject(subject);
  const isOwnWorkflow = signer !== undefined && uri !== undefined && equalsIgnoringCase(signer, uri);
  const trigger = claims['build-trigger'] ?? claims['github-workflow-trigger'];
  const triggerClaim: ClaimName = claims['build-trigger'] === undefined ? 'github-workflow-trigger' : 'build-trigger';

  const wanted: [string, string | undefined][] = isWorkflow
    ? [
        ['source-repository', repository],
        ['workflow', workflow.path],
        ['source-ref', claims['source-repository-ref']],
        ['certificate-identity', isOwnWorkflow ? undefined : subject],
      ]
    : [
        ['certificate-identity', subject],
        ['source-repository', uri],
      ];
  wanted.push(
    ['certificate-oidc-issuer', issuer === context.defaultIssuer ? undefined : issuer],
    ['claims', trigger !== undefined && OUTSIDER_TRIGGERS.includes(trigger) ? `${triggerClaim}=${trigger}` : undefined],
  );
  const given = wanted.filter((pair): pair is [string, string] => pair[1] !== undefined);
  return {
    lines: given.flatMap(([name, value]) => pasteableLine(name, value) ?? []),
    withheld: given
      .filter(([name, value]) => pasteableLine(name, value) === undefined)
      .map(([name]) => `${name}: the certificate's value holds characters that are not safe to paste`),
  };
}

/** One YAML line `input: value` to paste, or undefined if the value holds anything but safe characters. */
export function pasteableLine(name: string, value: string): string | undefined {
  return isSafe(value) ? `${name}: ${toYamlScalar(value)}` : undefined;
}

/** A glob or comma would be read as more than itself by an input that takes lists. */
function isSafe(value: string): boolean {
  return SAFE.test(value) && !value.includes(',');
}

/** Plain where YAML reads it as a string for certain, else in double quotes. */
function toYamlScalar(value: string): string {
  return /^[A-Za-z.][A-Za-z0-9._/@+=:-]*$/.test(value) && value.includes('/') && !value.endsWith(':')
    ? value
    : `"${value}"`;
}
