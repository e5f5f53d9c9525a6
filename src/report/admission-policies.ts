import { offerPolicy } from '../domain/policy/offered-policy.ts';
import { markdownBlock } from './escape.ts';
import { type PasteOptions, withheldText } from './paste-blocks.ts';

interface AdmissionPolicyOptions extends Pick<PasteOptions, 'identity' | 'serverUrl' | 'images' | 'trust'> {
  readonly format: 'bundle' | 'legacy' | 'both';
}

const SUBJECT_IS_NOT_ENOUGH =
  'No policy is offered: these controllers compare only the subject, and others can sign with the same subject ' +
  '(anyone who uses the same workflow or configuration of another repository).';
const NOT_SAFE =
  'No policy is offered: the subject, the issuer or the name of an image contains characters that a policy could misread.';

/** Policies for one signer, as YAML, or why none is offered. */
export interface OfferedPolicies {
  /** For the gate's input `policy` and the Sigstore policy-controller. */
  readonly clusterImagePolicy: string;
  /** Undefined where such a policy cannot name the trusted root. */
  readonly kyverno: string | undefined;
  readonly flux: string | undefined;
}

/**
 * Policies that accept this signer for the images whose signatures are in their own repository. Only for verified signers.
 * Undefined if there is no such image; a text if no policy would tell this signer from others (identity rules 3 and 4), or if
 * a value could be misread. Patterns are anchored and escaped (rule 7).
 */
export function offeredPolicies(options: Omit<AdmissionPolicyOptions, 'format'>): OfferedPolicies | string | undefined {
  const images = options.images.filter(({ store }) => store === undefined);
  const repositories = [...new Set(images.map(({ pinned }) => pinned.split('@')[0] ?? ''))];
  if (repositories.length === 0) return undefined;
  const { identity, serverUrl } = options;
  const isPublic = options.trust === 'public-good';
  const offer = offerPolicy({ identity, repositories, serverUrl, isPublic });
  switch (offer.kind) {
    case 'refused':
      return withheldText(offer.reasons);
    case 'unsafe':
      return NOT_SAFE;
    case 'ambiguous':
      return SUBJECT_IS_NOT_ENOUGH;
    case 'offered':
      break;
  }
  const { issuer, subject } = identity;
  const { clusterImagePolicy, identityLines, later, repositories: shown } = offer;
  return {
    clusterImagePolicy,
    kyverno: isPublic ? kyvernoPolicy(identityLines, shown) : undefined,
    flux: isPublic ? fluxVerify({ issuer, subject, later }, shown) : undefined,
  };
}

/**
 * Markdown blocks with policies for what reads the written signatures: the gate and the Sigstore policy-controller, Kyverno,
 * and Flux. Returns none for a private trusted root, which the last two cannot name.
 */
export function admissionPolicyBlocks(options: AdmissionPolicyOptions): string[] {
  if (options.trust !== 'public-good') return [];
  const offered = offeredPolicies(options);
  if (offered === undefined) return [];
  if (typeof offered === 'string') return [offered];
  return policyBlocks(offered, options.format);
}

/** Markdown: the policies, each under who reads it. */
export function policyBlocks(
  { clusterImagePolicy: own, kyverno, flux }: OfferedPolicies,
  format: AdmissionPolicyOptions['format'],
): string[] {
  const isBundle = format === 'bundle';
  return [
    ...(kyverno === undefined || format === 'legacy' ? [] : ['Kyverno 1.17 or newer:', markdownBlock('yaml', kyverno)]),
    ...(flux === undefined
      ? []
      : [`Flux${isBundle ? ' 2.8 or newer' : ''}, for charts and manifests:`, markdownBlock('yaml', flux)]),
    isBundle ? 'The gate (input `policy`):' : 'Sigstore policy-controller, and the gate (input `policy`):',
    markdownBlock('yaml', own),
    ...(isBundle
      ? ['The Sigstore policy-controller reads image signatures only from the `.sig` tag. Use `format: both`.']
      : []),
  ];
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

/** `spec.verify` of an OCIRepository or HelmRepository, whose fields are patterns that need not match the whole value. */
function fluxVerify(
  { issuer, subject, later }: { readonly issuer: string; readonly subject: string; readonly later: string | undefined },
  repositories: readonly string[],
): string {
  const exactly = (text: string): string => `^${text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}$`;
  return `# spec of an OCIRepository, or of a HelmRepository of type oci, with one of these urls:
${repositories.map((name) => `#   oci://${name}`).join('\n')}
verify:
  provider: cosign
  matchOIDCIdentity:
    - issuer: '${exactly(issuer)}'
      subject: '${exactly(subject)}'${later === undefined ? '' : `\n      # for later tags too: subject: '${later}'`}`;
}
