import { markdownBlock } from './escape.ts';
import { gapsOf, type PasteOptions } from './paste-blocks.ts';

export interface AdmissionPolicyOptions extends PasteOptions {
  readonly format: 'bundle' | 'legacy' | 'both';
}

/** Repositories covered by one snippet. */
const REPOSITORIES_SHOWN = 5;
const SUBJECT_IS_NOT_ENOUGH =
  'No policy is offered: these controllers compare the subject only, and others can sign under it too (whoever calls ' +
  'the same reusable workflow, or fires the same event).';
/** What both policies may hold between quotes without meaning anything to YAML or to the matcher. */
const SAFE = /^[A-Za-z0-9._:/@+=-]+$/;

/**
 * Markdown blocks with policies for the admission controllers that read what was written:
 * Kyverno's ImageValidatingPolicy for bundles, the Sigstore policy-controller for `.sig` tags. None for a
 * private trust root, which such a policy cannot name, or for a name that may not be pasted.
 */
export function admissionPolicyBlocks(options: AdmissionPolicyOptions): string[] {
  const { subject, issuer } = options.identity;
  const repositories = [...new Set(options.images.map((image) => image.split('@')[0] ?? ''))];
  if (options.trust !== 'public-good' || options.signatureRepository !== undefined) return [];
  if (![subject, issuer, ...repositories].every((text) => SAFE.test(text))) return [];
  // These policies compare the subject only, and would let in whoever shares it.
  if (gapsOf(options)?.length !== 0) return [SUBJECT_IS_NOT_ENOUGH];
  const shown = repositories.slice(0, REPOSITORIES_SHOWN);
  const parts: string[] = [];
  if (options.format !== 'legacy') {
    parts.push('Kyverno 1.17 or newer:', markdownBlock('yaml', kyvernoPolicy(subject, issuer, shown)));
  }
  if (options.format !== 'bundle') {
    parts.push('Sigstore policy-controller:', markdownBlock('yaml', clusterImagePolicy(subject, issuer, shown)));
  } else {
    parts.push('The Sigstore policy-controller reads image signatures only from the `.sig` tag: `format: both`.');
  }
  return parts;
}

/** Every way in which a pod may name a repository: to Docker Hub's, also without its host. */
function podNames(repository: string): string[] {
  const [, hub] = /^docker\.io\/(.+)$/.exec(repository) ?? [];
  const [, official] = /^library\/(.+)$/.exec(hub ?? '') ?? [];
  return [
    repository,
    ...(hub === undefined ? [] : [hub, `index.docker.io/${hub}`]),
    ...(official === undefined ? [] : [official, `docker.io/${official}`]),
  ];
}

function kyvernoPolicy(subject: string, issuer: string, repositories: readonly string[]): string {
  // Compared with the text in the pod; an image that no glob names would be let in unseen, and `name*` would take
  // in other repositories.
  const globs = repositories.flatMap(podNames).flatMap((name) => [name, `${name}:*`, `${name}@*`]);
  return `apiVersion: policies.kyverno.io/v1
kind: ImageValidatingPolicy
metadata: { name: countersign }
spec:
  failurePolicy: Fail
  validationActions: [Deny]
  matchConstraints:
    resourceRules:
      - { apiGroups: [''], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [pods] }
  matchImageReferences: # compared with the image as the pod names it
${globs.map((glob) => `    - glob: '${glob}'`).join('\n')}
  attestors:
    - name: workflow
      cosign:
        keyless:
          identities:
            - issuer: '${issuer}'
              subject: '${subject}'
        ctlog: { url: https://rekor.sigstore.dev }
  validations: # the same for images.initContainers, where pods have them
    - expression: images.containers.map(image, verifyImageSignatures(image, [attestors.workflow])).all(n, n > 0)
      message: not signed by the expected workflow`;
}

function clusterImagePolicy(subject: string, issuer: string, repositories: readonly string[]): string {
  // The controller compares pinned names, and knows Docker Hub by its index host only.
  const globs = repositories.map((name) => `${name.replace(/^docker\.io\//, 'index.docker.io/')}@*`);
  return `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata: { name: countersign }
spec:
  images:
${globs.map((glob) => `    - glob: '${glob}'`).join('\n')}
  authorities:
    - keyless:
        url: https://fulcio.sigstore.dev
        identities:
          - issuer: '${issuer}'
            subject: '${subject}'
      ctlog: { url: https://rekor.sigstore.dev }`;
}
