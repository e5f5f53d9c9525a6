import type { ImageResult, PolicyResult } from '../domain/results.ts';
import { quoted } from '../domain/text/quoted.ts';

/** The parts of a result that say which policy decided. */
export type DecidedByPolicies = Pick<ImageResult, 'verdict' | 'reason'> & Partial<Pick<ImageResult, 'policies'>>;

/** The policy that the verdict of an image rests on; undefined if it passed, or if none matches it. */
export function decidingPolicy({ policies = [], verdict, reason }: DecidedByPolicies): PolicyResult | undefined {
  const unmet = policies.filter((one) => one.verdict !== 'pass');
  return unmet.find((one) => one.verdict === verdict && one.reason === reason) ?? unmet[0];
}

/** `Policy "ours", authority "release": `, before why it refuses; empty if no policy decided. Untrusted text. */
export function policyPrefix(image: DecidedByPolicies): string {
  const policy = decidingPolicy(image);
  return policy === undefined ? '' : `Policy ${quoted(policy.name)}, authority ${quoted(policy.authority)}: `;
}

/** What to do about a signer that a policy does not accept. */
export function policyCure({ name, authority }: PolicyResult): string {
  return `If this signer may sign this image, change authority ${quoted(authority)} of policy ${quoted(name)}. Otherwise do not deploy the image, and find out who pushed it.`;
}

/** What an image lacks that only `static: pass` lets through. */
export const STATIC_PASS_CURE =
  'To have the image verified, add an authority with a signer to the policy, and remove `static: pass`.';
