import { pasteableInputs } from '../../../src/domain/identity/pasteable-inputs.ts';
import type { ImageResult, Results, SignatureResult } from '../../../src/domain/results.ts';
import type { CertificateIdentity } from '../../../src/domain/signature/facts.ts';
import type { SignedImageReport, SignReport } from '../../../src/report/sign-summary.ts';
import type { ImageDetails, ImageReport, SignatureDetails } from '../../../src/report/verify-details.ts';
import type { VerifyReport } from '../../../src/report/verify-summary.ts';

export const DIGEST = `sha256:${'a'.repeat(64)}`;
export const OTHER_DIGEST = `sha256:${'b'.repeat(64)}`;
export const TROUBLE = 'https://github.com/acme/countersign/blob/v1/docs/troubleshooting.md';

interface WorkflowRun {
  /** `owner/name`. */
  readonly repository: string;
  readonly commit: string;
  readonly runId: number;
}

/** What a run of a repository's release workflow proves about itself. */
export function identityOf({ repository, commit, runId }: WorkflowRun): CertificateIdentity {
  const url = `https://github.com/${repository}`;
  const workflow = `${url}/.github/workflows/release.yml@refs/heads/main`;
  return {
    issuer: 'https://token.actions.githubusercontent.com',
    subject: workflow,
    subjectKind: 'uri',
    claims: {
      'source-repository-uri': url,
      'source-repository-digest': commit,
      'source-repository-ref': 'refs/heads/main',
      'build-config-uri': workflow,
      'build-trigger': 'push',
      'run-invocation-uri': `${url}/actions/runs/${runId}/attempts/1`,
      'runner-environment': 'github-hosted',
    },
  };
}

export const IDENTITY = identityOf({
  repository: 'acme/app',
  commit: '0123456789abcdef0123456789abcdef01234567',
  runId: 9001,
});

/** Everything that could act in Markdown, HTML, GitHub's own filters, a log or a shell; a branch may be called that. */
export const HOSTILE = [
  'x"$(id)`id`|y',
  '</code></td></table><script>alert(1)</script><img src=https://evil.example/p.png onerror=alert(1)>',
  '[click](https://evil.example) ![i](https://evil.example/i.png) <https://evil.example> https://evil.example www.evil.example',
  '@octocat #1 GH-1 :rocket: \u202egnp.exe\u202c \u0007 \u200b аcme',
  `\`\`\`\n# Verified\n| a | b |\n| - | - |\n<details open><summary>hm</summary>\n<!-- ::error::forged \${{ secrets.X }} *b* ~s~ $x$`,
  '\n::error::forged',
].join(' ');

export const HOSTILE_IDENTITY: CertificateIdentity = {
  ...IDENTITY,
  subject: `https://github.com/acme/app/.github/workflows/release.yml@refs/heads/${HOSTILE}`,
  claims: { ...IDENTITY.claims, 'source-repository-ref': `refs/heads/${HOSTILE}` },
};

export function signature(over: Partial<SignatureResult> = {}): SignatureResult {
  return {
    format: 'bundle',
    digest: OTHER_DIGEST,
    verdict: 'accepted',
    reason: null,
    issuer: IDENTITY.issuer,
    subject: IDENTITY.subject,
    claims: { ...IDENTITY.claims },
    annotations: {},
    signedAt: '2026-11-22T10:00:00.000Z',
    log: { url: 'https://rekor.sigstore.dev', index: 123456 },
    ...over,
  };
}

export function image(over: Partial<ImageResult> = {}): ImageResult {
  return {
    reference: 'ghcr.io/acme/app:1.2',
    resolved: `ghcr.io/acme/app@${DIGEST}`,
    repository: 'ghcr.io/acme/app',
    tag: '1.2',
    digest: DIGEST,
    verdict: 'pass',
    reason: null,
    message: 'signed',
    sources: [{ file: 'images' }],
    signatures: [signature()],
    ...over,
  };
}

export function refusedImage(over: Partial<ImageResult> = {}): ImageResult {
  return image({
    verdict: 'fail',
    reason: 'IDENTITY_MISMATCH',
    message: 'source-repository: expected https://github.com/acme/app, found https://github.com/eve/app',
    signatures: [signature({ verdict: 'rejected', reason: 'IDENTITY_MISMATCH' })],
    ...over,
  });
}

export function results(...images: ImageResult[]): Results {
  return { schemaVersion: 2, verified: images.length > 0 && images.every((one) => one.verdict === 'pass'), images };
}

/** Images in a sign report, without further tags. */
export function signed(...images: readonly ImageResult[]): SignedImageReport[] {
  return images.map((result) => ({ result, tags: [], store: undefined, storeRules: [] }));
}

export function signReport(over: Partial<SignReport> = {}): SignReport {
  return {
    images: signed(image({ signatures: [signature({ written: true })] })),
    identity: IDENTITY,
    serverUrl: 'https://github.com',
    format: 'bundle',
    upload: true,
    trust: 'public-good',
    skipped: [],
    warnings: [],
    errors: [],
    action: { repository: 'acme/countersign', ref: 'v1', troubleshootingUrl: TROUBLE, copy: undefined },
    ...over,
  };
}

export function signatureDetails(over: Partial<SignatureDetails> = {}): SignatureDetails {
  const verified = 'verified' in over ? over.verified : IDENTITY;
  const paste = { serverUrl: 'https://github.com', defaultIssuer: IDENTITY.issuer };
  return {
    format: 'bundle',
    accepted: false,
    reason: 'IDENTITY_MISMATCH',
    verified,
    offer: verified === undefined ? undefined : pasteableInputs({ identity: verified }, paste),
    unverified: undefined,
    findings: [
      {
        field: 'source-repository',
        expected: 'https://github.com/acme/app',
        found: 'https://github.com/eve/app',
        ok: false,
      },
      { field: 'claims deployment-environment', expected: 'prod', found: undefined, ok: false },
      { field: 'issuer', expected: IDENTITY.issuer, found: IDENTITY.issuer, ok: true },
    ],
    hints: [],
    message: undefined,
    ...over,
  };
}

export function details(over: Partial<ImageDetails> = {}): ImageDetails {
  return {
    tags: [],
    platform: undefined,
    search: { repository: 'ghcr.io/acme/app', isRedirected: false, format: 'any', waited: true },
    signatures: [signatureDetails()],
    others: [],
    places: [{ request: `GET /v2/acme/app/referrers/${DIGEST}`, status: 200, entries: 1 }],
    hint: undefined,
    ...over,
  };
}

/** One image in a report, as if it was looked at and nothing more was found than `more` says. */
export function reported(result: ImageResult = image(), more: Partial<ImageDetails> = {}): ImageReport {
  return { result, details: details(more) };
}

/** An image that passed, with the signature that was accepted. */
const PASSED = reported(image(), { signatures: [signatureDetails({ accepted: true, reason: null, findings: [] })] });

export function verifyReport(over: Partial<VerifyReport> = {}): VerifyReport {
  return {
    images: [PASSED],
    verdict: 'pass',
    notes: [],
    skipped: [],
    error: undefined,
    troubleshootingUrl: TROUBLE,
    ...over,
  };
}
