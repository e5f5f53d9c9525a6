import { pasteableLine } from '../../../domain/identity/pasteable-line.ts';
import type { ActionName } from './run-files.ts';

/** The equivalent line in this action for a name from elsewhere. */
export interface Expression {
  readonly input: string;
  /** The value to show if the written value cannot be used. */
  readonly example: string;
  /** Converts the written value for this input. Undefined if it does not fit; then the example is shown. */
  readonly takeOver?: (written: string) => string | undefined;
}

export interface KnownName {
  /** The actions that have an input with this name, in any version. Empty for names that only other tools use. */
  readonly actions: readonly ActionName[];
  /** The equivalent line in actions that lack this input; see insteadIn. Absent if there is none. */
  readonly instead?: Readonly<Partial<Record<'sign' | 'verify', Expression>>>;
}

const SIGN = ['sign'] as const;
const GATES = ['verify', 'verify-files', 'audit'] as const;
/** Those that decide about the step. */
const VERDICTS = ['verify', 'verify-files'] as const;
const IMAGES = ['sign', 'verify', 'audit'] as const;
const ALL = ['sign', 'verify', 'verify-files', 'audit'] as const;
const FILES = ['verify-files'] as const;

/** An input that takes the written value unchanged. */
const same = (input: string, example: string): Expression => ({ input, example, takeOver: (written) => written });
/** An input whose value does not depend on the written one. */
const fixed = (input: string, example: string): Expression => ({ input, example });

const fullRef = (written: string): string => (written.startsWith('refs/') ? written : `refs/heads/${written}`);
const ownerAndName = (written: string): string | undefined =>
  /^(?:https:\/\/[^/]+\/)?[A-Za-z0-9_-]+\/[A-Za-z0-9._-]+$/.test(written) ? written : undefined;

const SOURCE_REF: Expression = { input: 'source-ref', example: 'refs/heads/main', takeOver: fullRef };
const SOURCE_REPOSITORY: Expression = { input: 'source-repository', example: 'acme/app', takeOver: ownerAndName };
const SUBJECT = same(
  'certificate-identity',
  'https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main',
);
const ISSUER = same('certificate-oidc-issuer', 'https://token.actions.githubusercontent.com');
const IMAGE = same('images', 'ghcr.io/acme/app');
const output = (step: string, name: string): string => `$\{{ steps.${step}.outputs.${name} }}`;
const TAGS = fixed('images', output('meta', 'tags'));
const DIGEST = same('digest', output('build', 'digest'));
const UPLOAD: Expression = {
  input: 'upload',
  example: 'true',
  takeOver: (written) => (/^(?:true|false)$/i.test(written) ? written.toLowerCase() : undefined),
};
const OWNER: Expression = {
  input: 'claims',
  example: 'source-repository-owner-uri=https://github.com/acme',
  takeOver: (written) =>
    /^[A-Za-z0-9-]+$/.test(written) ? `source-repository-owner-uri=https://github.com/${written}` : undefined,
};

const forBoth = (expression: Expression) => ({ sign: expression, verify: expression });

/**
 * All input names of the actions of this repository, in this version or another, and names that people know from
 * other tools. Each action has its own list of the inputs that it reads, and refuses every other name in this table
 * with the equivalent line. To make a name work, add it only to the action's list.
 */
export const KNOWN_NAMES: Readonly<Record<string, KnownName>> = {
  // Which images.
  images: { actions: IMAGES },
  digest: { actions: ['sign', 'verify'] },
  metadata: { actions: ['sign', 'verify'] },

  // Where trust comes from.
  instance: { actions: ALL },
  'signing-config': { actions: SIGN, instead: { verify: fixed('trusted-root', 'trusted_root.json') } },
  'trusted-root': { actions: ALL },
  'tuf-mirror': { actions: ALL },
  'tuf-root': { actions: ALL },

  // Network and credentials.
  registry: { actions: ALL },
  'registry-username': { actions: ALL },
  'registry-password': { actions: ALL },
  'github-token': { actions: ALL },
  'token-hosts': { actions: ALL },
  'insecure-registries': { actions: ALL },
  'ca-certificates': { actions: ALL },
  'client-certificate': { actions: ALL },
  'client-key': { actions: ALL },
  'retry-for': { actions: ALL },
  timeout: { actions: ALL },
  concurrency: { actions: ALL },
  'signature-repository': { actions: ALL },

  // How to sign.
  format: { actions: ALL },
  recursive: { actions: ALL },
  annotations: { actions: ALL },
  'if-signed': { actions: SIGN },
  upload: { actions: SIGN },
  'dry-run': { actions: SIGN },
  'allow-tags': { actions: SIGN },
  'bundle-directory': { actions: SIGN },
  summary: { actions: ALL },

  // Who must have signed.
  'certificate-identity': { actions: GATES },
  'certificate-identity-regexp': { actions: GATES },
  'certificate-oidc-issuer': { actions: GATES },
  'certificate-oidc-issuer-regexp': { actions: GATES },
  'source-repository': { actions: GATES },
  workflow: { actions: GATES },
  'source-ref': { actions: GATES },
  'signer-workflow': { actions: GATES },
  claims: { actions: GATES },
  'max-age': { actions: GATES },
  'allow-any-identity': { actions: GATES },
  policy: { actions: GATES },
  'no-match-policy': { actions: GATES },

  // What the gate does.
  mode: { actions: VERDICTS },
  'wait-for': { actions: GATES },
  offline: { actions: GATES },
  'check-name': { actions: VERDICTS },
  'status-name': { actions: VERDICTS },
  report: { actions: GATES },

  // Attestations.
  provenance: { actions: SIGN, instead: { verify: fixed('attestations', 'provenance') } },
  'sbom-path': { actions: SIGN, instead: { verify: fixed('attestations', 'sbom') } },
  'predicate-type': { actions: SIGN, instead: { verify: same('attestations', 'https://example.com/predicate/v1') } },
  predicate: { actions: SIGN, instead: { verify: fixed('attestations', 'https://example.com/predicate/v1') } },
  'predicate-path': { actions: SIGN, instead: { verify: fixed('attestations', 'https://example.com/predicate/v1') } },
  'attest-only': { actions: SIGN, instead: { verify: fixed('require-signature', 'false') } },
  'github-attestations': { actions: ALL },
  attestations: { actions: GATES, instead: { sign: fixed('provenance', 'true') } },
  'require-signature': { actions: GATES, instead: { sign: fixed('attest-only', 'true') } },

  // Images named in files, and changes to them.
  files: { actions: FILES },
  'changed-only': { actions: FILES },
  'base-files': { actions: FILES },
  'image-paths': { actions: FILES },
  'build-args': { actions: FILES },
  'allow-empty': { actions: FILES },
  pin: { actions: FILES },
  baseline: { actions: ['audit'] },

  // Names from other tools (cosign, gh, docker's and GitHub's actions), and parts of names.
  ref: { actions: [], instead: { verify: SOURCE_REF } },
  branch: { actions: [], instead: { verify: SOURCE_REF } },
  issuer: { actions: [], instead: { verify: ISSUER } },
  identity: { actions: [], instead: { verify: SUBJECT } },
  'cert-identity': { actions: [], instead: { verify: SUBJECT } },
  subject: { actions: [], instead: { sign: IMAGE, verify: SUBJECT } },
  'subject-name': { actions: [], instead: forBoth(IMAGE) },
  'subject-digest': { actions: [], instead: forBoth(DIGEST) },
  repository: { actions: [], instead: { sign: IMAGE, verify: SOURCE_REPOSITORY } },
  repo: { actions: [], instead: { sign: IMAGE, verify: SOURCE_REPOSITORY } },
  owner: { actions: [], instead: { verify: OWNER } },
  'signer-repo': {
    actions: [],
    instead: { verify: fixed('signer-workflow', 'acme/flows/.github/workflows/sign.yml') },
  },
  image: { actions: [], instead: forBoth(IMAGE) },
  tags: { actions: [], instead: forBoth(TAGS) },
  push: { actions: [], instead: { sign: UPLOAD } },
  'push-to-registry': { actions: [], instead: { sign: UPLOAD } },
  sbom: { actions: [], instead: { sign: same('sbom-path', 'sbom.spdx.json'), verify: fixed('attestations', 'sbom') } },
  'builder-id': { actions: [], instead: { verify: fixed('attestations', 'provenance builder-id=…') } },
  'build-type': { actions: [], instead: { verify: fixed('attestations', 'provenance build-type=…') } },
  'per-platform': { actions: [], instead: { verify: fixed('attestations', 'provenance per-platform') } },
  buildkit: { actions: [], instead: { verify: fixed('attestations', 'provenance buildkit') } },
};

/** What an action has in place of an input of its siblings. */
const IN_PLACE: Readonly<Partial<Record<ActionName, Readonly<Record<string, Expression>>>>> = {
  'verify-files': { images: fixed('files', 'deploy/**/*.yaml'), metadata: same('files', 'metadata.json') },
  audit: { metadata: IMAGE },
};

/**
 * The line in `action` that does what the name does elsewhere. The gates share most inputs, so what to write in `verify`
 * holds in each gate that has that input, or something in its place.
 */
export function insteadIn(action: ActionName, name: string): Expression | undefined {
  const { actions = [], instead }: Partial<KnownName> = KNOWN_NAMES[name] ?? {};
  if (action === 'sign') return instead?.sign;
  const line = instead?.verify;
  if (line === undefined) return actions.includes(action) ? undefined : IN_PLACE[action]?.[name];
  return KNOWN_NAMES[line.input]?.actions.includes(action) === true ? line : IN_PLACE[action]?.[line.input];
}

/** Inputs whose values are secrets or belong to one. Their values are never shown. */
const SECRETS: readonly string[] = [
  'registry-username',
  'registry-password',
  'github-token',
  'client-certificate',
  'client-key',
];

const VALUE_MAX_CHARS = 200;

/** `input: value` to paste: the written value if it fits and is harmless, else the example. */
export function lineFor({ input, example, takeOver }: Expression, written: string): string {
  const value = written.trim() === '' || SECRETS.includes(input) ? undefined : takeOver?.(written.trim());
  const line = value === undefined || value.length > VALUE_MAX_CHARS ? undefined : pasteableLine(input, value);
  return line ?? `${input}: ${example}`;
}

/** The line for a misspelt name: the correct name with the same value. */
export function respelt(input: string): Expression {
  const forms = [SOURCE_REF, SOURCE_REPOSITORY, SUBJECT, ISSUER, IMAGE, DIGEST];
  return forms.find((form) => form.input === input) ?? same(input, '…');
}

/** A name without the differences that people confuse: case, dashes of any length, underscores and blanks. */
export function bareName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The same, in the singular. */
export function foldName(name: string): string {
  return bareName(name).replace(/ies$/, 'y').replace(/s$/, '');
}
