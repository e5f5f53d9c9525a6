import type { KeylessAuthority, Policy } from '../../../src/domain/policy/policy.ts';
import { requirement } from '../domain/identity-samples.ts';

/* Policies as values, without the reader. */

export const BASE = requirement({ certificateIdentity: ['a'] });

/** Accepts image signatures of this subject by the issuer `i`. */
export function keyless(subject: string, over: Partial<KeylessAuthority> = {}): KeylessAuthority {
  const pair = { issuers: ['i'], issuerPatterns: [], subjects: [subject], subjectPatterns: [] };
  return {
    kind: 'keyless',
    name: `by ${subject}`,
    requirement: { ...BASE, identities: [pair] },
    requireSignature: true,
    attestations: [],
    format: 'any',
    trustedRoot: undefined,
    requireTimestamp: false,
    source: undefined,
    services: { certificateAuthority: undefined, log: undefined },
    ...over,
  };
}

/** Matches every image; its content hash is its name. */
export function policy(name: string, authority: Policy['authorities'][number], over: Partial<Policy> = {}): Policy {
  return {
    name,
    place: { file: 'p.yaml', line: 1, document: 1 },
    globs: [{ source: '**', matches: () => true, matchesSomeOf: () => true }],
    match: undefined,
    mode: 'enforce',
    authorities: [authority],
    require: undefined,
    namespaces: undefined,
    contentHash: name,
    ...over,
  };
}
