import { parseRegexp } from '../../../../src/domain/patterns/regexp.ts';
import type { KeylessAuthority, Policy, PolicyProblem, PolicySet } from '../../../../src/domain/policy/policy.ts';
import { type PolicyContext, type ReadPolicies, readPolicies } from '../../../../src/domain/policy/read-policies.ts';
import { CONTEXT as IDENTITY, RELEASE } from '../identity-samples.ts';

/** Where policies are read in tests: files name the images. */
export const CONTEXT: PolicyContext = { namesObjects: true, identity: { ...IDENTITY, parseRegexp } };

export const ISSUER = 'https://token.actions.githubusercontent.com';

/** A policy that everything can be changed in; each text is inserted as it is, with the indentation of its place. */
export interface PolicyText {
  readonly name?: string;
  readonly annotations?: string;
  readonly globs?: string;
  /** Further fields of `spec`. */
  readonly spec?: string;
  /** Instead of one keyless authority. */
  readonly authorities?: string;
}

/** An entry of `authorities` that accepts Acme/App's release workflow. */
export const KEYLESS = `- keyless:
    identities:
      - issuer: ${ISSUER}
        subject: ${RELEASE}`;

export function policyText({ name = 'ours', annotations, globs, spec, authorities }: PolicyText = {}): string {
  return [
    'apiVersion: policy.sigstore.dev/v1beta1',
    'kind: ClusterImagePolicy',
    'metadata:',
    `  name: ${name}`,
    ...(annotations === undefined ? [] : ['  annotations:', indented(annotations, 4)]),
    'spec:',
    '  images:',
    indented(globs ?? '- glob: ghcr.io/acme/**', 4),
    ...(spec === undefined ? [] : [indented(spec, 2)]),
    '  authorities:',
    indented(authorities ?? KEYLESS, 4),
    '',
  ].join('\n');
}

function indented(text: string, by: number): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : ' '.repeat(by) + line))
    .join('\n');
}

function read(text: string, context: Partial<PolicyContext> = {}): ReadPolicies {
  return readPolicies([{ file: 'policy.yaml', text }], { ...CONTEXT, ...context });
}

/** The policies of a text that must be valid. */
export function setOf(text: string, context: Partial<PolicyContext> = {}): PolicySet {
  const result = read(text, context);
  if (result.kind === 'invalid') throw new Error(JSON.stringify(result.problems, undefined, 1));
  return result.set;
}

export function policyOf(text: string, context: Partial<PolicyContext> = {}): Policy {
  return setOf(text, context).policies[0];
}

export function keylessOf(text: string, index = 0): KeylessAuthority {
  const authority = policyOf(text).authorities[index];
  if (authority?.kind !== 'keyless') throw new Error('not a keyless authority');
  return authority;
}

/** The problems of a text; none if it is valid. */
export function problemsOf(text: string, context: Partial<PolicyContext> = {}): readonly PolicyProblem[] {
  const result = read(text, context);
  return result.kind === 'invalid' ? result.problems : [];
}

/** The number of the first line with this text, from 1. */
export function lineOf(text: string, part: string): number {
  const index = text.split('\n').findIndex((line) => line.includes(part));
  if (index < 0) throw new Error(`no line has ${part}`);
  return index + 1;
}
