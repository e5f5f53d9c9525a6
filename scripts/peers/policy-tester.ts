import { X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type Ran, runProgram } from '../common/run-program.ts';
import { labelOf, POLICY_TESTER } from './catalogue.ts';

/** `policy-tester 0.13.1`. */
export const POLICY_TESTER_NAME = labelOf(POLICY_TESTER);

const ROOT_NAME = 'peers';

interface TrustedRootJson {
  readonly certificateAuthorities?: readonly AuthorityJson[];
  readonly timestampAuthorities?: readonly AuthorityJson[];
  readonly tlogs?: readonly LogJson[];
  readonly ctlogs?: readonly LogJson[];
}
interface AuthorityJson {
  readonly uri?: string;
  readonly certChain: { readonly certificates: readonly { readonly rawBytes: string }[] };
}
interface LogJson {
  readonly baseUrl: string;
  readonly publicKey: { readonly rawBytes: string };
}

/** Writes a trusted root as the TrustRoot resource that policy-controller reads; returns the path. */
export async function writeTrustRoot(directory: string, trustedRoot: string): Promise<string> {
  const root = JSON.parse(await readFile(trustedRoot, 'utf8')) as TrustedRootJson;
  const authority = ({ uri, certChain }: AuthorityJson): object => {
    const certificates = certChain.certificates.map(({ rawBytes }) => Buffer.from(rawBytes, 'base64'));
    const [first = Buffer.alloc(0)] = certificates;
    // What it is called is not compared, but has to be there.
    const named = (name: string): string =>
      new RegExp(`^${name}=(.*)$`, 'm').exec(new X509Certificate(first).subject)?.[1] ?? 'unnamed';
    return {
      subject: { organization: named('O'), commonName: named('CN') },
      uri: uri ?? 'https://unnamed.invalid',
      certChain: base64(certificates.map((one) => pem('CERTIFICATE', one)).join('')),
    };
  };
  const log = ({ baseUrl, publicKey }: LogJson): object => ({
    baseURL: baseUrl,
    hashAlgorithm: 'sha-256',
    publicKey: base64(pem('PUBLIC KEY', Buffer.from(publicKey.rawBytes, 'base64'))),
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
        tLogs: (root.tlogs ?? []).map(log),
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

const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`;
