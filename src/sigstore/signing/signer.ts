import { createHash, sign } from 'node:crypto';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { expectedIdentity } from '../../domain/identity/expected-identity.ts';
import { digestOf } from '../../domain/image/digest.ts';
import type { ProvenFacts } from '../../domain/signature/facts.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { CallContext } from '../../usecases/call-context.ts';
import type { Candidate, Clock, MadeSignature, SignatureVerifier, Signer } from '../../usecases/ports.ts';
import { SigstoreError } from '../sigstore-error.ts';
import { type LogService, type SigningServices, selectServices } from '../trust/service-selection.ts';
import type { SigningConfig } from '../trust/signing-config.ts';
import {
  attestationBundle,
  dsseBundle,
  dsseEnvelope,
  type Envelope,
  messageBundle,
  type ProofMaterial,
  preAuthEncoding,
} from './bundle-writer.ts';
import { type Credential, createCredentialSource } from './credential.ts';
import type { IdentityToken } from './identity-token.ts';
import { legacyLayer } from './legacy-signature.ts';
import type { LogEntry } from './log-entry.ts';
import { verifyOwn } from './self-verification.ts';
import { requestTimestamp } from './timestamp.ts';
import { enterIntoLogV1 } from './transparency-log-v1.ts';
import { enterIntoLogV2 } from './transparency-log-v2.ts';

export interface SignerOptions {
  readonly http: HttpClient;
  readonly clock: Clock;
  /** Returns a number in [0, 1), like Math.random; selects among equal services. */
  readonly random: () => number;
  /** Requests a new id-token (identity-token.ts), or throws if there is none. */
  readonly identityToken: (call: CallLimits) => Promise<IdentityToken>;
  /** The signing config; called once. */
  readonly signingConfig: (call: CallLimits) => Promise<SigningConfig>;
  /** Origins of services that will most likely be chosen: connections open before the signing config is known. */
  readonly expectedServices?: readonly string[];
  /** The formats that this run writes: `both` = both true. */
  readonly formats: { readonly bundle: boolean; readonly legacy: boolean };
  /** For self-verification: the verifier with this run's trusted root. */
  readonly verify: SignatureVerifier;
  /** GITHUB_SERVER_URL. */
  readonly serverUrl: string;
}

/** A Signer that also reports the hosts of its services. */
export interface SigstoreSigner extends Signer {
  /** The selected CA, logs and timestamp authorities, as `host[:port]`, without duplicates. */
  hosts(call: CallContext): Promise<readonly string[]>;
}

/**
 * Maximum attempts per signature: a Rekor v2 may already contain its entry, or its certificate may expire meanwhile.
 */
const MAX_ATTEMPTS = 3;

/**
 * The keyless signer of one run (see Signer in usecases/ports.ts). Its memory, including failures, lasts as long as the
 * run. It requests nothing before it is needed.
 */
export function createSigner(options: SignerOptions): SigstoreSigner {
  const { http, clock } = options;
  const logged: { url: string; index: number }[] = [];
  let selected: Promise<SigningServices> | undefined;

  const services = (call: CallLimits): Promise<SigningServices> => {
    selected ??= options
      .signingConfig(call)
      .then((config) => selectServices(config, { at: clock.now(), random: options.random, ...options.formats }));
    return selected;
  };
  let warm = false;
  const warmUp = (call: CallLimits): void => {
    if (warm) return;
    warm = true;
    const { expectedServices = [] } = options;
    for (const origin of expectedServices) http.preconnect(origin);
    services(call).then(
      (chosen) => {
        const others = urlsOf(chosen).filter((url) => !expectedServices.includes(new URL(url).origin));
        for (const url of others) http.preconnect(url);
      },
      () => undefined, // every user of the services gets the same error
    );
  };
  /** Opens connections to the logs and timestamp authorities, which are all called at once for each signature. */
  const openWitnesses = ({ logs, legacyLogs, tsas }: SigningServices, signatures: number): void => {
    const counts = new Map<string, number>();
    for (const url of new Set([...[...logs, ...legacyLogs].map((log) => log.url), ...tsas])) {
      const { origin } = new URL(url);
      counts.set(origin, (counts.get(origin) ?? 0) + signatures);
    }
    for (const [origin, atLeast] of counts) http.preconnect(origin, { atLeast });
  };
  const credentials = createCredentialSource({
    http,
    clock,
    identityToken: options.identityToken,
    caUrl: async (call) => (await services(call)).ca,
  });

  const remember = (entry: LogEntry): LogEntry => {
    logged.push({ url: entry.url, index: Number(entry.logIndex) });
    return entry;
  };

  /** Requests log entries and timestamps for one signature in parallel; undefined = sign again. */
  async function witness(
    call: CallContext,
    {
      enter,
      tsas,
      ...stamp
    }: {
      readonly enter: readonly (() => Promise<LogEntry | undefined>)[];
      readonly tsas: readonly string[];
      readonly signature: Uint8Array;
      readonly withCertificate: boolean;
    },
  ): Promise<{ entries: readonly LogEntry[]; timestamps: readonly Uint8Array[] } | undefined> {
    const [entries, timestamps] = await Promise.all([
      Promise.allSettled(enter.map(async (ask) => ask().then((entry) => entry && remember(entry)))),
      Promise.allSettled(tsas.map((url) => requestTimestamp(call, http, { url, ...stamp }))),
    ]);
    // Awaits both completely, so that a created entry is known even if the timestamp failed.
    const made = unwrap(entries);
    const complete = made.filter((entry) => entry !== undefined);
    const stamps = unwrap(timestamps);
    return complete.length === made.length ? { entries: complete, timestamps: stamps } : undefined;
  }

  /** Repeats `attempt` until it yields a complete signature while its certificate is still valid. */
  async function signed<T>(call: CallContext, attempt: (credential: Credential) => Promise<T | undefined>): Promise<T> {
    for (let tries = 0; tries < MAX_ATTEMPTS; tries += 1) {
      const credential = await credentials.credential(call);
      // Once due, nothing new is logged; signatures in progress may finish.
      call.due.throwIfAborted();
      const made = await attempt(credential);
      const inTime = clock.now().getTime() < credential.certificate.notAfter.getTime();
      if (made !== undefined && inTime) return made;
    }
    throw new SigstoreError('LOG_INVALID', `could not log a fresh signature in ${MAX_ATTEMPTS} attempts`, {
      hint:
        'The log keeps reporting that the entry already exists, or takes longer than certificates are valid. ' +
        'Try again later.',
    });
  }

  /** Signs a DSSE envelope around an in-toto statement, and has it logged in every one of these logs. */
  async function signEnvelope(
    call: CallContext,
    payload: Uint8Array,
    logs: readonly LogService[],
  ): Promise<{
    readonly envelope: Envelope;
    readonly material: ProofMaterial;
    readonly certificate: Credential['certificate'];
  }> {
    const { tsas } = await services(call);
    const tbs = preAuthEncoding(payload);
    return signed(call, async ({ privateKey, certificate }) => {
      const signature = sign('sha256', tbs, privateKey);
      const envelope = dsseEnvelope(payload, signature);
      const about = { signature, certificate: certificate.der };
      const enter = logs.map(({ url, version }) => () => {
        const log = { http, url };
        if (version === 2) return enterIntoLogV2(call, log, { ...about, digest: sha256(tbs) });
        const dsse = { kind: 'dsse', envelope: JSON.stringify(envelope), certificatePem: certificate.pem } as const;
        return enterIntoLogV1(call, log, { ...about, ...dsse, digest: sha256(payload) });
      });
      const proofs = await witness(call, { enter, tsas, signature, withCertificate: false });
      if (proofs === undefined) return undefined;
      return { envelope, material: { certificate: certificate.der, ...proofs }, certificate };
    });
  }

  return {
    async identity(call) {
      // Asking for the identity usually means signing, so connections open while the token is being issued.
      warmUp(call);
      const token = await credentials.token(call);
      return expectedIdentity(token.claims, { serverUrl: options.serverUrl });
    },

    async prepare(call, signatures) {
      warmUp(call);
      services(call).then(
        (chosen) => openWitnesses(chosen, signatures),
        () => undefined, // the certificate's request gets the same error
      );
      await credentials.credential(call);
    },

    async signStatement(call, payload, subject) {
      const { logs } = await services(call);
      const { envelope, material } = await signEnvelope(call, payload, logs);
      const bundle = dsseBundle(material, envelope);
      const candidate: Candidate = { format: 'bundle', digest: digestOf(bundle), bundle };
      const facts = await verifyOwn(call, options.verify, { candidate, subject });
      return made({ format: 'bundle', bundle, layer: undefined, facts, entry: material.entries[0] });
    },

    async signAttestation(call, payload, what) {
      const { attestationLayer, verifyOwnAttestation } = await import('./attestation.ts');
      const chosen = await services(call);
      const isLegacy = what.forms.includes('legacy');
      // One signature and one entry serve both forms, and only an entry of Rekor v1 can be stored under a tag.
      const logs = isLegacy ? [requireLegacyLog(chosen.legacyLogs)] : chosen.logs;
      const { envelope, material, certificate } = await signEnvelope(call, payload, logs);
      const entry = material.entries[0];
      const bundle = attestationBundle(material, envelope);
      const layer =
        isLegacy && entry !== undefined
          ? attestationLayer(JSON.stringify(envelope), what.predicateType, { certificate, entry })
          : undefined;
      const facts = await verifyOwnAttestation(call, options.verify, { what, payload, bundle, layer });
      return made({ format: 'bundle', bundle, layer, facts, entry });
    },

    async signLegacyPayload(call, payload, subject) {
      const chosen = await services(call);
      const log = requireLegacyLog(chosen.legacyLogs);
      const { layer, bundle, entry } = await signed(call, async ({ privateKey, certificate }) => {
        const signature = sign('sha256', payload, privateKey);
        const digest = sha256(payload);
        const entryOf = { kind: 'hashedrekord', signature, certificate: certificate.der, digest } as const;
        const enter = (): Promise<LogEntry> =>
          enterIntoLogV1(call, { http, url: log.url }, { ...entryOf, certificatePem: certificate.pem });
        // The annotation can contain only one timestamp, so only one is requested.
        const proofs = await witness(call, {
          enter: [enter],
          tsas: chosen.tsas.slice(0, 1),
          signature,
          withCertificate: true,
        });
        const entry = proofs?.entries[0];
        if (proofs === undefined || entry === undefined) return undefined;
        const { pem: certificatePem, chainPem } = certificate;
        const timestamp = proofs.timestamps[0];
        return {
          layer: legacyLayer({ payload, signature, certificatePem, chainPem, entry, timestamp }),
          bundle: messageBundle({ certificate: certificate.der, ...proofs }, digest, signature),
          entry,
        };
      });
      const candidate: Candidate = {
        format: 'legacy',
        digest: digestOf(payload),
        payload,
        annotations: layer.annotations,
      };
      const facts = await verifyOwn(call, options.verify, { candidate, subject });
      return made({ format: 'legacy', bundle, layer, facts, entry });
    },

    loggedEntries: () => [...logged],

    async hosts(call) {
      return [...new Set(urlsOf(await services(call)).map((url) => new URL(url).host))];
    },
  };
}

function made({
  facts,
  entry,
  ...written
}: Pick<MadeSignature, 'format' | 'bundle' | 'layer'> & {
  readonly facts: ProvenFacts;
  readonly entry: LogEntry | undefined;
}): MadeSignature {
  return {
    ...written,
    identity: { issuer: facts.identity.issuer, subject: facts.identity.subject, claims: facts.identity.claims },
    log: entry && { url: entry.url, index: Number(entry.logIndex) },
    isReadByLog: entry?.kind === 'dsse',
    signedAt: facts.provenTimes[0] ?? new Date(Number.NaN),
  };
}

function urlsOf(services: SigningServices): readonly string[] {
  const logs = [...services.logs, ...services.legacyLogs].map((log) => log.url);
  return [...new Set([services.ca, ...logs, ...services.tsas])];
}

function requireLegacyLog(logs: readonly LogService[]): LogService {
  const log = logs[0];
  if (log !== undefined) return log;
  throw new SigstoreError(
    'INPUT_INVALID',
    'a legacy signature was requested, but no Rekor v1 log is selected for this run',
  );
}

/** Returns all values, or throws the first failure. */
function unwrap<T>(results: readonly PromiseSettledResult<T>[]): readonly T[] {
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
