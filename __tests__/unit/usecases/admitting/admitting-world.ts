import { CodedError } from '../../../../src/coded-error.ts';
import { type Digest, digestOf } from '../../../../src/domain/image/digest.ts';
import { parseReference } from '../../../../src/domain/image/reference.ts';
import type { Policy } from '../../../../src/domain/policy/policy.ts';
import type { ImageToAdmit, RegistryAccess, RulesInForce } from '../../../../src/usecases/admitting/admitter.ts';
import {
  type AdmitterPorts,
  type AdmitterSettings,
  createAdmitter,
} from '../../../../src/usecases/admitting/create-admitter.ts';
import type { Candidate, Place, Registry, SignatureVerifier } from '../../../../src/usecases/ports.ts';
import { createMovedClock, testCall } from '../../../calls.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export const digestNamed = (name: string): Digest => digestOf(bytesOf(name));

export interface AdmittingWorld {
  readonly settings?: Partial<AdmitterSettings>;
  readonly policies: readonly Policy[];
  /** The signers of each image, by its name. */
  readonly signed?: Readonly<Record<string, readonly string[]>>;
}

/** A process with a registry that writes down every listing and tag it is asked for, and a verifier that writes down every proof. */
export function admittingWorld({ settings, policies, signed = {} }: AdmittingWorld) {
  const clock = createMovedClock();
  const requests: string[] = [];
  const proofs: string[] = [];
  const signers = new Map(Object.entries(signed).map(([name, list]) => [digestNamed(name) as string, list]));
  const tags = new Map<string, Digest>();
  const state = {
    rules: { kind: 'ready', policies, otherRoots: new Map() } as RulesInForce,
    rootVersion: 'root 1',
    /** Status of the referrers API for a login; 200 unless set. */
    status: new Map<string, number>(),
    /** Status of the signature tag. */
    tagStatus: 404,
    /** Runs before each answer of a registry. */
    beforeAnswer: async (_signal: AbortSignal): Promise<void> => undefined,
    signedAt: clock.now(),
  };
  const place = (kind: Place['kind'], status: number, entries: number): Place => {
    const isFailed = status !== 200 && status !== 404;
    const error = isFailed ? new CodedError('REGISTRY_DENIED', 'EVIL WORDS of the registry') : undefined;
    const outcome = isFailed ? 'failed' : status === 404 ? 'absent' : 'listed';
    return { kind, request: `GET ${kind}`, status, outcome, entries, error };
  };
  const registryFor = (loginId: string): Registry =>
    ({
      listReferrers: async ({ signal }, repository, digest) => {
        requests.push(`${repository.registry}/${repository.path}@${digest}`);
        await state.beforeAnswer(signal);
        const status = state.status.get(loginId) ?? 200;
        const list = status === 200 ? (signers.get(digest) ?? []) : [];
        const descriptors = list.map((name) => ({
          mediaType: 'a/b',
          digest: digestOf(bytesOf(`${name} ${digest}`)),
          size: 1,
          artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
          annotations: { name },
        }));
        return { place: place('referrers-api', status, list.length), descriptors, unreadable: [] };
      },
      listReferrersTag: async () => ({ place: place('referrers-tag', 404, 0), descriptors: [], unreadable: [] }),
      fetchReferrer: async (_call, _where, { descriptor }) => {
        const bundle = bytesOf(descriptor.annotations?.['name'] ?? '');
        const candidate: Candidate = { format: 'bundle', digest: descriptor.digest, bundle };
        return { candidates: [candidate], unreadable: [], places: [] };
      },
      fetchLegacy: async () => ({
        candidates: [],
        unreadable: [],
        places: [place('signature-tag', state.tagStatus, 0)],
      }),
      manifest: async ({ signal }, repository, tag) => {
        requests.push(`${repository.registry}/${repository.path}:${tag}`);
        await state.beforeAnswer(signal);
        const digest = tags.get(tag);
        return digest === undefined ? undefined : { digest, mediaType: 'a/b', bytes: new Uint8Array(1) };
      },
    }) as Partial<Registry> as Registry;
  const verifierOf = (root: string): SignatureVerifier =>
    ({
      verify: async (_call, candidate) => {
        const subject = candidate.format === 'bundle' ? textOf(candidate.bundle) : '';
        proofs.push(`${root}: ${subject}`);
        const identity = { issuer: 'i', subject, subjectKind: 'uri', claims: {} } as const;
        const about = { format: 'bundle', annotations: {}, dockerReference: undefined, log: undefined } as const;
        return { kind: 'verified', facts: { ...about, identity, provenTimes: [state.signedAt] } };
      },
    }) as Partial<SignatureVerifier> as SignatureVerifier;
  const ports: AdmitterPorts = {
    clock,
    verifier: verifierOf('own'),
    rootVersion: () => state.rootVersion,
    loadRoot: async () => undefined,
    readStatement: async () => {
      throw new TypeError('no statement is read here');
    },
    rules: async () => state.rules,
  };
  const admitter = createAdmitter(
    { noMatch: 'deny', format: 'any', signatureRepositories: [], privateHosts: [], concurrency: 8, ...settings },
    ports,
  );
  const accessOf = (loginId: string): RegistryAccess => ({ registry: registryFor(loginId), loginId });
  /** `registry.example/acme/app` at the digest of this name. */
  const image = (name: string, over: Partial<ImageToAdmit> = {}): ImageToAdmit => ({
    repository: { registry: 'registry.example', path: 'acme/app' },
    tag: undefined,
    digest: digestNamed(name),
    use: { object: undefined, annotated: undefined },
    namespace: 'default',
    ...over,
  });
  /** `ghcr.io/acme/app:1` as the user writes it; no digest unless written. */
  const reference = (text: string, over: Partial<ImageToAdmit> = {}): ImageToAdmit => {
    const { repository, tag, digest } = parseReference(text);
    return image('', { repository, tag, digest, ...over });
  };
  const admission = (one: ImageToAdmit, login = 'nobody', call = testCall()) =>
    admitter.judge(call, one, accessOf(login));
  /** Verdict and reason, in one text. */
  const judge = async (one: ImageToAdmit, login?: string, call?: ReturnType<typeof testCall>): Promise<string> => {
    const { verdict, reason = '' } = await admission(one, login, call);
    return `${verdict} ${reason}`.trim();
  };
  return {
    admitter,
    clock,
    state,
    requests,
    proofs,
    signers,
    tags,
    image,
    reference,
    judge,
    admission,
    accessOf,
    ports,
  };
}
