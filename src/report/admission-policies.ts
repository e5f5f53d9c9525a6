import { refusedByRule4 } from '../domain/identity/pasteable-inputs.ts';
import { markdownBlock } from './escape.ts';
import { gapsOf, laterTagsPattern, type PasteOptions, withheldText } from './paste-blocks.ts';

interface AdmissionPolicyOptions extends PasteOptions {
  readonly format: 'bundle' | 'legacy' | 'both';
}

/** The number of repositories that one snippet covers. */
const REPOSITORIES_SHOWN = 5;
const SUBJECT_IS_NOT_ENOUGH =
  'No policy is offered: these controllers compare only the subject, and others can sign with the same subject ' +
  '(anyone who uses the same workflow or configuration of another repository).';
const NOT_SAFE =
  'No policy is offered: the subject, the issuer or the name of an image contains characters that a policy could misread.';
/** Values that are safe between quotes in both policies: no meaning to YAML or to the matcher. */
const SAFE = /^[A-Za-z0-9._:/@+=%#!-]+$/;

/**
 * Markdown blocks with policies for the admission controllers that can read the written signatures: Kyverno's
 * ImageValidatingPolicy for bundles, the Sigstore policy-controller for `.sig` tags. They cover the images whose
 * signatures are in their own repository. Returns none for a private trusted root, which such a policy cannot name.
 * Says why if no policy would tell this signer from others.
 */
export function admissionPolicyBlocks(options: AdmissionPolicyOptions): string[] {
  const { subject, issuer } = options.identity;
  const images = options.images.filter(({ store }) => store === undefined);
  const repositories = [...new Set(images.map(({ pinned }) => pinned.split('@')[0] ?? ''))];
  if (options.trust !== 'public-good' || repositories.length === 0) return [];
  const refused = refusedByRule4(options.identity);
  if (refused.length > 0) return [withheldText(refused)];
  if (![subject, issuer, ...repositories].every((text) => SAFE.test(text))) return [NOT_SAFE];
  // These policies compare only the subject, and would admit anyone who shares it.
  if (gapsOf(options)?.length !== 0) return [SUBJECT_IS_NOT_ENOUGH];
  const shown = repositories.slice(0, REPOSITORIES_SHOWN);
  const later = laterTagsPattern(options.identity);
  const identity = [
    `- issuer: '${issuer}'`,
    `  subject: '${subject}'`,
    ...(later === undefined ? [] : [`# for later tags too, instead of subject: subjectRegExp: '${later}'`]),
  ];
  const parts: string[] = [];
  if (options.format !== 'legacy') {
    parts.push('Kyverno 1.17 or newer:', markdownBlock('yaml', kyvernoPolicy(identity, shown)));
  }
  if (options.format !== 'bundle') {
    parts.push('Sigstore policy-controller:', markdownBlock('yaml', clusterImagePolicy(identity, shown)));
  } else {
    parts.push('The Sigstore policy-controller reads image signatures only from the `.sig` tag. Use `format: both`.');
  }
  return parts;
}

function indented(lines: readonly string[], width: number): string {
  return lines.map((line) => `${' '.repeat(width)}${line}`).join('\n');
}

/** Every name that a pod can use for a repository. Docker Hub's repositories also have names without a host. */
function podNames(repository: string): string[] {
  const [, hub] = /^docker\.io\/(.+)$/.exec(repository) ?? [];
  const [, official] = /^library\/(.+)$/.exec(hub ?? '') ?? [];
  return [
    repository,
    ...(hub === undefined ? [] : [hub, `index.docker.io/${hub}`]),
    ...(official === undefined ? [] : [official, `docker.io/${official}`]),
  ];
}

/** `identity`: the YAML lines of one identity. */
function kyvernoPolicy(identity: readonly string[], repositories: readonly string[]): string {
  // Kyverno compares globs with the text in the pod. It admits an image that no glob matches without checking it,
  // and `name*` would match other repositories.
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
${indented(identity, 12)}
        ctlog: { url: https://rekor.sigstore.dev }
  validations: # the same for images.initContainers, where pods have them
    - expression: images.containers.map(image, verifyImageSignatures(image, [attestors.workflow])).all(n, n > 0)
      message: not signed by the expected workflow`;
}

function clusterImagePolicy(identity: readonly string[], repositories: readonly string[]): string {
  // The controller compares pinned names, and knows Docker Hub only by its index host.
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
${indented(identity, 10)}
      ctlog: { url: https://rekor.sigstore.dev }`;
}
