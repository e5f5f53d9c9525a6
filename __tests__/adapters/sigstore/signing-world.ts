import { TrustedRoot } from '@sigstore/protobuf-specs';
import { type FaultRule, withFaults } from '../../../sandbox/http/faults.ts';
import {
  type SigstoreOptions,
  type SigstoreService,
  type SigstoreStack,
  type StackVariant,
  startSigstore,
} from '../../../sandbox/sigstore/sigstore-stack.ts';
import { digestOf } from '../../../src/domain/image/digest.ts';
import { createHttpClient } from '../../../src/http/create-http-client.ts';
import { type IdentityTokenRequest, requestIdentityToken } from '../../../src/sigstore/signing/identity-token.ts';
import { createSigner, type SignerOptions, type SigstoreSigner } from '../../../src/sigstore/signing/signer.ts';
import { parseSigningConfig } from '../../../src/sigstore/trust/signing-config.ts';
import { createSignatureVerifier } from '../../../src/sigstore/verifying/verifier.ts';
import type { SignatureVerifier } from '../../../src/usecases/ports.ts';
import { type SeenBy, seenBy, testCall } from '../../calls.ts';

export type Variant = Exclude<StackVariant, 'all'>;

export const SUBJECT = digestOf(Buffer.from('an image'));

/** A stack with faults before some of its services. */
export function startFaultySigstore(
  rules: Partial<Record<SigstoreService, readonly FaultRule[]>>,
  options: SigstoreOptions = {},
): Promise<SigstoreStack> {
  return startSigstore({ ...options, wrap: (service, handler) => withFaults(handler, rules[service] ?? []) });
}

export interface WorldOptions {
  readonly variant?: Variant;
  readonly now?: () => Date;
  /** Budget of the signer's one call; waits take no time. */
  readonly retryForMs?: number;
  readonly trustedRoot?: string;
  readonly signingConfig?: string;
  readonly signer?: Partial<SignerOptions>;
}

/** Our own verifier over one trusted root. */
export function verifierOf(trustedRoot: string): SignatureVerifier {
  const root = TrustedRoot.fromJSON(JSON.parse(trustedRoot));
  return createSignatureVerifier({ trust: { rootFor: async () => ({ label: 'test', root }) } });
}

/** A signer as an entry would build it, against this stack. */
export function signerOf(stack: SigstoreStack, options: WorldOptions = {}): SeenBy<SigstoreSigner> {
  const { variant = 'v1', now = () => new Date() } = options;
  const clock = { now, sleep: async () => undefined };
  const http = createHttpClient({ clock, random: () => 0 });
  const env = stack.idTokenEnvironment;
  const request: IdentityTokenRequest = {
    requestUrl: env.ACTIONS_ID_TOKEN_REQUEST_URL,
    requestToken: env.ACTIONS_ID_TOKEN_REQUEST_TOKEN,
    audience: 'sigstore',
    clock,
    mask: () => undefined,
  };
  const signer = createSigner({
    http,
    clock,
    random: () => 0,
    identityToken: (call) => requestIdentityToken(call, http, request),
    signingConfig: async () => parseSigningConfig(options.signingConfig ?? stack.signingConfigJson(variant)),
    formats: { bundle: true, legacy: variant.startsWith('v1') },
    verify: verifierOf(options.trustedRoot ?? stack.trustedRootJson(variant)),
    serverUrl: 'https://github.com',
    ...options.signer,
  });
  return seenBy(testCall({ retryFor: options.retryForMs ?? 0 }), signer, ['loggedEntries']);
}

/** Requests that one service got. */
export function requestsTo(stack: SigstoreStack, service: SigstoreService): number {
  return stack.log.requests().filter((request) => request.server === service).length;
}

export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
