import { CodedError } from '../../coded-error.ts';
import type { KeylessAuthority, Policy, PolicySet } from '../../domain/policy/policy.ts';
import { missingServices } from '../../domain/policy/services.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { CallContext } from '../../usecases/call-context.ts';
import type { SignatureVerifier } from '../../usecases/ports.ts';
import { connectTrust, type TrustConnection } from './connect.ts';
import type { Surroundings } from './surroundings.ts';

/** What policies need besides the trusted root of the run. */
export interface PolicyTrust {
  /** A verifier for each trusted root that a policy names, by its JSON. */
  readonly otherRoots: ReadonlyMap<string, SignatureVerifier>;
  readonly requiresAttestations: boolean;
}

interface TrustOptions {
  readonly surroundings: Surroundings;
  readonly http: HttpClient;
  /** The trusted root of the run. */
  readonly trust: TrustConnection;
}

/**
 * Connects the trusted roots that policies name, and checks that the root of the run lists the services that the other
 * policies name. Throws INPUT_INVALID before anything is asked of a registry.
 */
export async function connectPolicyTrust(
  call: CallContext,
  { policies }: PolicySet,
  { surroundings, http, trust }: TrustOptions,
): Promise<PolicyTrust> {
  const keyless = policies.flatMap((policy) =>
    policy.authorities.flatMap((authority) => (authority.kind === 'keyless' ? [{ policy, authority }] : [])),
  );
  const roots = new Set(keyless.flatMap(({ authority }) => authority.trustedRoot ?? []));
  const otherRoots = new Map<string, SignatureVerifier>();
  for (const trustedRoot of roots) {
    const origin = { kind: 'files', trustedRoot, signingConfig: undefined } as const;
    const rules = { http, offline: true, signing: false, plainHttpHosts: [], githubServerUrl: 'https://github.com' };
    const { source, verifier } = connectTrust(surroundings, origin, rules);
    // A root that cannot be read would otherwise make every image an error of its own.
    await source.rootFor(call, NO_HINT);
    otherRoots.set(trustedRoot, verifier);
  }
  await checkServices(call, keyless, trust);
  return { otherRoots, requiresAttestations: keyless.some(({ authority }) => authority.attestations.length > 0) };
}

const NO_HINT = { issuerOrganization: undefined, visibility: undefined };

/** Services that the public Sigstore does not have mean keys other than those of a root that does not list them. */
async function checkServices(
  call: CallContext,
  keyless: readonly { readonly policy: Policy; readonly authority: KeylessAuthority }[],
  { source }: TrustConnection,
): Promise<void> {
  const named = keyless.filter(
    ({ authority: { trustedRoot, services } }) =>
      trustedRoot === undefined && (services.certificateAuthority ?? services.log) !== undefined,
  );
  if (named.length === 0) return;
  const { root, label } = await source.rootFor(call, NO_HINT);
  const lines = named.flatMap(({ policy, authority }) => {
    const missing = missingServices(authority.services, root);
    const { file, line } = policy.place;
    const where = `${quoted(`${file}:${line}`)} policy ${quoted(policy.name)}, authority ${quoted(authority.name)}`;
    return missing.length === 0
      ? []
      : [`${where} names ${missing.join(' and ')}, which the trusted root ${label} does not list`];
  });
  if (lines.length === 0) return;
  throw new CodedError('INPUT_INVALID', `input policy: ${lines.join('; ')}`, {
    hint: 'Give the trusted root of that Sigstore in `trusted-root`, or as a TrustRoot with `trustRootRef` in the policy files.',
  });
}
