import type { World } from '../../../sandbox/world.ts';
import type { JsonObject } from '../../../src/domain/text/json-object.ts';
import { SUBJECT } from '../../common/sandbox-identity.ts';

export interface PolicyOptions {
  /** Below the host of the registry: `acme/**`. */
  readonly images: string;
  /** Default: the workflow of the sandbox. */
  readonly subject?: string;
  readonly mode?: 'enforce' | 'warn';
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A ClusterImagePolicy that asks for one signer. */
export function policyFor(world: World, name: string, options: PolicyOptions): JsonObject {
  const { images, subject = SUBJECT, mode, annotations = {} } = options;
  return {
    ...{ apiVersion: 'policy.sigstore.dev/v1beta1', kind: 'ClusterImagePolicy', metadata: { name, annotations } },
    spec: {
      images: [{ glob: `${world.host}/${images}` }],
      ...(mode === undefined ? {} : { mode }),
      authorities: [{ keyless: { identities: [{ issuer: world.sigstore.issuer, subject }] } }],
    },
  };
}
