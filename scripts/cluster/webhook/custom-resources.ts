import type { JsonObject } from '../../../src/domain/text/json-object.ts';

interface Resource {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  /** The last one is stored. */
  readonly versions: readonly string[];
  readonly scope: 'Cluster' | 'Namespaced';
}

/** Kinds of other projects that the manifests and the webhook use, without their schemas: any object is taken. */
const RESOURCES: readonly Resource[] = [
  {
    ...{ group: 'policy.sigstore.dev', kind: 'ClusterImagePolicy', plural: 'clusterimagepolicies' },
    ...{ versions: ['v1beta1', 'v1alpha1'], scope: 'Cluster' },
  },
  {
    ...{ group: 'policy.sigstore.dev', kind: 'TrustRoot', plural: 'trustroots' },
    ...{ versions: ['v1alpha1'], scope: 'Cluster' },
  },
  {
    ...{ group: 'wgpolicyk8s.io', kind: 'PolicyReport', plural: 'policyreports' },
    ...{ versions: ['v1alpha2'], scope: 'Namespaced' },
  },
  {
    ...{ group: 'cert-manager.io', kind: 'Issuer', plural: 'issuers' },
    ...{ versions: ['v1'], scope: 'Namespaced' },
  },
  {
    ...{ group: 'cert-manager.io', kind: 'Certificate', plural: 'certificates' },
    ...{ versions: ['v1'], scope: 'Namespaced' },
  },
];

/** Definitions of all these kinds. */
export function customResources(): readonly JsonObject[] {
  return RESOURCES.map(({ group, kind, plural, versions, scope }) => ({
    ...{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' },
    metadata: { name: `${plural}.${group}` },
    spec: {
      ...{ group, scope, names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` } },
      versions: versions.map((name, index) => ({
        ...{ name, served: true, storage: index === versions.length - 1 },
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      })),
    },
  }));
}
