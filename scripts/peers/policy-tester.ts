import { X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type Ran, runProgram } from '../common/run-program.ts';
import { labelOf, POLICY_TESTER } from './catalogue.ts';
import { type Authority, chainPem, isEcdsa, keyPem, type Log, readTrustedRoot } from './trusted-root.ts';

/** `policy-tester 0.13.1`. */
export const POLICY_TESTER_NAME = labelOf(POLICY_TESTER);

const ROOT_NAME = 'peers';

/** Writes a trusted root as the TrustRoot resource that policy-controller reads; returns the path. */
export async function writeTrustRoot(directory: string, trustedRoot: string): Promise<string> {
  const root = await readTrustedRoot(trustedRoot);
  const authority = (one: Authority): object => {
    const { subject } = new X509Certificate(chainPem(one));
    // What it is called is not compared, but has to be there.
    const named = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(subject)?.[1] ?? 'unnamed';
    return {
      subject: { organization: named('O'), commonName: named('CN') },
      uri: one.uri ?? 'https://unnamed.invalid',
      certChain: base64(chainPem(one)),
    };
  };
  const log = (one: Log): object => ({
    ...{ baseURL: one.baseUrl, hashAlgorithm: 'sha-256', publicKey: base64(keyPem(one)) },
  });
  const path = join(directory, 'trust-root.yaml');
  const resource = {
    apiVersion: 'policy.sigstore.dev/v1alpha1',
    kind: 'TrustRoot',
    metadata: { name: ROOT_NAME },
    spec: {
      sigstoreKeys: {
        certificateAuthorities: (root.certificateAuthorities ?? []).map(authority),
        timestampAuthorities: (root.timestampAuthorities ?? []).map(authority),
        tLogs: (root.tlogs ?? []).filter(isEcdsa).map(log),
        ctLogs: (root.ctlogs ?? []).map(log),
      },
    },
  };
  await writeFile(path, stringify(resource));
  return path;
}

export interface PolicyTrial {
  /** Pinned. */
  readonly image: string;
  readonly identity: string;
  readonly issuer: string;
  /** The attestation to ask for; without it, the image signature. */
  readonly predicateType?: string;
  /** Path that `writeTrustRoot` returned. */
  readonly trustRoot: string;
  /** Where the policy is written. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What policy-controller decides about an image, by a policy with one authority. */
export async function tryPolicy(path: string, trial: PolicyTrial): Promise<Ran> {
  const { image, identity, issuer, predicateType, trustRoot, directory, env } = trial;
  const policy = {
    apiVersion: 'policy.sigstore.dev/v1beta1',
    kind: 'ClusterImagePolicy',
    metadata: { name: 'trial' },
    spec: {
      images: [{ glob: '**' }],
      authorities: [
        {
          name: 'signer',
          keyless: {
            url: 'https://fulcio.invalid',
            trustRootRef: ROOT_NAME,
            identities: [{ issuer, subject: identity }],
          },
          ctlog: { url: 'https://rekor.invalid', trustRootRef: ROOT_NAME },
          ...(predicateType === undefined ? {} : { attestations: [{ name: 'wanted', predicateType }] }),
        },
      ],
    },
  };
  const file = join(directory, `policy-${Math.random().toString(36).slice(2)}.yaml`);
  await writeFile(file, stringify(policy));
  return runProgram(path, ['-policy', file, '-image', image, '-trustroot', trustRoot], { env });
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
