import { createHash } from 'node:crypto';
import {
  details,
  HOSTILE,
  identityOf,
  image,
  results,
  signature,
  signatureDetails,
  signReport,
  TROUBLE,
  verifyReport,
} from '../../__tests__/unit/report/report-samples.ts';
import { CodedError } from '../../src/coded-error.ts';
import type { AttestationResult, ImageResult, SignatureResult } from '../../src/domain/results.ts';
import type { CertificateIdentity } from '../../src/domain/signature/facts.ts';
import { refuseForeignServer, refusePublicLog } from '../../src/entries/sign/public-log-guard.ts';
import * as attested from '../../src/report/attestation-sections.ts';
import type { NamedTag } from '../../src/report/cells.ts';
import { dryRunSummary } from '../../src/report/dry-run.ts';
import { type SignReport, signSummary } from '../../src/report/sign-summary.ts';
import type { ImageDetails, SignatureDetails } from '../../src/report/verify-details.ts';
import { type VerifyReport, verifySummary } from '../../src/report/verify-summary.ts';

/** Job summaries of every kind, made by the report code from invented but well-formed results. */

const COMMIT = '0b6b9a3f1c1f4e4c9a4d1a5fb0f8c3e7d2a96c55';

/** The digest of a name: like a real one, and the same each time. */
function digestFor(name: string): string {
  return `sha256:${createHash('sha256').update(name).digest('hex')}`;
}

const IDENTITY = identityOf({ repository: 'acme/shop', commit: COMMIT, runId: 11_893_475_023 });

const STRANGER: CertificateIdentity = {
  ...IDENTITY,
  subject: 'https://github.com/acme/shop/.github/workflows/nightly.yml@refs/heads/main',
  claims: {
    ...IDENTITY.claims,
    'build-config-uri': 'https://github.com/acme/shop/.github/workflows/nightly.yml@refs/heads/main',
  },
};

const HOSTILE_IDENTITY: CertificateIdentity = {
  issuer: `https://evil.example/${HOSTILE}`,
  subject: `https://github.com/acme/shop/.github/workflows/release.yml@refs/heads/${HOSTILE}`,
  subjectKind: 'uri',
  claims: Object.fromEntries(
    Object.entries(IDENTITY.claims).map(([name, value]) => [name, `${value}${HOSTILE}`]),
  ) as CertificateIdentity['claims'],
};

function signatureOf(name: string, over: Partial<SignatureResult> = {}): SignatureResult {
  return signature({
    digest: digestFor(`${name} signature`),
    subject: IDENTITY.subject,
    claims: { ...IDENTITY.claims },
    log: { url: 'https://rekor.sigstore.dev', index: 612_345_678 },
    ...over,
  });
}

function imageOf(name: string, over: Partial<ImageResult> = {}): ImageResult {
  const repository = `ghcr.io/acme/${name}`;
  const digest = digestFor(name);
  return image({
    reference: `${repository}:1.4.2`,
    resolved: `${repository}@${digest}`,
    repository,
    tag: '1.4.2',
    digest,
    message: `signed by ${IDENTITY.subject} (issuer ${IDENTITY.issuer}) at 2026-11-22T10:00:00.000Z`,
    signatures: [signatureOf(name)],
    ...over,
  });
}

/** Provenance and SBOM of an image, with the lines of the gate that they meet. */
function attestationsOf(name: string, over: Partial<AttestationResult> = {}): AttestationResult[] {
  const types = [
    ['https://slsa.dev/provenance/v1', 'provenance'],
    ['https://spdx.dev/Document/v2.3', 'sbom max-age=30d'],
  ] as const;
  return types.map(([predicateType, requirement], index) => ({
    ...signatureOf(name, { digest: digestFor(`${name} ${requirement}`) }),
    predicateType,
    requirement,
    statementPath: null,
    log: { url: 'https://rekor.sigstore.dev', index: 612_345_679 + index },
    ...over,
  }));
}

// ── sign ────────────────────────────────────────────────────────────────────────────────────────

const signReportOf = (
  images: readonly ImageResult[],
  over: Partial<SignReport> = {},
  tags: readonly string[] = [],
): SignReport =>
  signReport({
    images: images.map((result) => ({ result, tags: named(tags), store: undefined, storeRules: [] })),
    identity: IDENTITY,
    ...over,
  });

const named = (tags: readonly string[], isChecked = false): NamedTag[] => tags.map((name) => ({ name, isChecked }));

const made = (name: string, over: Partial<SignatureResult> = {}): SignatureResult =>
  signatureOf(name, { written: true, ...over });

const many = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `service-${String(index + 1).padStart(3, '0')}`);

const failedSigning = (name: string, error: CodedError): ImageResult =>
  imageOf(name, { verdict: 'error', reason: error.code, message: error.message, signatures: [] });

const NO_TOKEN = new CodedError(
  'IDENTITY_TOKEN_UNAVAILABLE',
  'this job may not request an id-token: the permission id-token: write is missing',
  {
    hint:
      'Give the job these permissions:\npermissions:\n  contents: read\n  id-token: write\n  packages: write\n' +
      'In a called workflow, the caller must grant them too: add the same lines to the job that calls it with `uses:`.',
  },
);

const FORK = new CodedError(
  'IDENTITY_TOKEN_UNAVAILABLE',
  'runs of forks and Dependabot get no id-token, and this is a pull request from a fork, so it cannot sign',
  {
    hint: 'Skip signing in such runs. Add this line to the step or job:\nif: github.event.pull_request.head.repo.full_name == github.repository',
  },
);

/** What the guard throws. */
function refusedPublicLog(guard: () => void): CodedError {
  try {
    guard();
  } catch (error) {
    if (error instanceof CodedError) return error;
  }
  throw new Error('not refused');
}

const AUTO = { kind: 'instance', instance: 'auto' } as const;
const PRIVATE = refusedPublicLog(() => refusePublicLog(AUTO, 'private'));
const ENTERPRISE = refusedPublicLog(() => refuseForeignServer(AUTO, 'https://acme.ghe.com'));

const BAD_INPUTS = new CodedError(
  'INPUT_INVALID',
  '2 inputs cannot be used:\n' +
    `- input digest: "ghcr.io/acme/cart:1.4.2" has a tag but no digest: whoever can push to the registry would choose what gets signed. Add \`digest: \${{ steps.build.outputs.digest }}\`.\n` +
    '- input format: "bundel" is not a valid value. Write one of bundle, legacy, both.',
  { hint: 'Fix the inputs named above. The list is complete.' },
);

// ── verify ──────────────────────────────────────────────────────────────────────────────────────

const PLACES = (name: string, found: boolean): ImageDetails['places'] => {
  const digest = digestFor(name);
  return [
    { request: `GET /v2/acme/${name}/referrers/${digest}`, status: 200, entries: found ? 1 : 0 },
    { request: `GET /v2/acme/${name}/manifests/${digest.replace(':', '-')}.sig`, status: 404, entries: 0 },
  ];
};

const detailsOf = (name: string, over: Partial<ImageDetails> = {}): ImageDetails =>
  details({ signatures: [], places: PLACES(name, true), search: SEARCH(name), ...over });

const SEARCH = (name: string): ImageDetails['search'] => ({
  repository: `ghcr.io/acme/${name}`,
  isRedirected: false,
  format: 'any',
  waited: true,
});

const PLATFORMS: NonNullable<ImageResult['platforms']> = [
  { platform: 'linux/amd64', digest: digestFor('amd64'), verdict: 'pass', reason: null },
  { platform: 'linux/arm64', digest: digestFor('arm64'), verdict: 'pass', reason: null },
];

function mismatchOf(over: Partial<SignatureDetails> = {}): SignatureDetails {
  return signatureDetails({
    reason: 'CLAIM_MISMATCH',
    verified: STRANGER,
    findings: [
      { field: 'certificate-oidc-issuer', expected: IDENTITY.issuer, found: IDENTITY.issuer, ok: true },
      {
        field: 'source-repository',
        expected: 'https://github.com/acme/shop',
        found: 'https://github.com/acme/shop',
        ok: true,
      },
      {
        field: 'workflow',
        expected: '.github/workflows/release.yml',
        found: '.github/workflows/nightly.yml',
        ok: false,
      },
      { field: 'source-ref', expected: 'refs/heads/main', found: 'refs/heads/main', ok: true },
    ],
    ...over,
  });
}

function verifyReportOf(
  images: readonly ImageResult[],
  perImage: readonly ImageDetails[],
  over: Partial<VerifyReport> = {},
): VerifyReport {
  const verdict = (['error', 'fail', 'allowed'] as const).find((one) => images.some((image) => image.verdict === one));
  return verifyReport({
    images: images.map((result, index) => {
      const more = perImage[index];
      if (more === undefined) throw new Error(`no details of ${result.reference}`);
      return { result, details: more };
    }),
    verdict: verdict ?? (images.length === 0 ? 'error' : 'pass'),
    ...over,
  });
}

const refused = (name: string, over: Partial<ImageResult> = {}): ImageResult =>
  imageOf(name, {
    verdict: 'fail',
    reason: 'CLAIM_MISMATCH',
    message: 'workflow: expected .github/workflows/release.yml, found .github/workflows/nightly.yml',
    signatures: [signatureOf(name, { verdict: 'rejected', reason: 'CLAIM_MISMATCH', subject: STRANGER.subject })],
    ...over,
  });

const unsignedResult = (name: string, over: Partial<ImageResult> = {}): ImageResult =>
  refused(name, {
    reason: 'NO_SIGNATURE',
    message: 'no signature was found: GET /v2/… → 200, 0 listed',
    signatures: [],
    ...over,
  });
const unsigned = (name: string): ImageResult => unsignedResult(name);

const unsignedDetails = (name: string): ImageDetails =>
  detailsOf(name, { places: PLACES(name, false), others: ['https://slsa.dev/provenance/v1'] });

const tampered = (name: string): ImageResult =>
  refused(name, {
    reason: 'SIGNATURE_INVALID',
    message: 'the signature does not verify over the signed statement with the key of its certificate',
    signatures: [signatureOf(name, { verdict: 'rejected', reason: 'SIGNATURE_INVALID', unverified: true })],
  });

const tamperedDetails = (name: string): ImageDetails =>
  detailsOf(name, {
    signatures: [
      mismatchOf({
        reason: 'SIGNATURE_INVALID',
        verified: undefined,
        unverified: IDENTITY,
        findings: [],
        message: 'the signature does not verify over the signed statement with the key of its certificate',
      }),
    ],
  });

const outage = (name: string): ImageResult =>
  imageOf(name, {
    verdict: 'error',
    reason: 'REGISTRY_UNAVAILABLE',
    message: `could not look for signatures: GET /v2/acme/${name}/referrers/${digestFor(name)} → 503: the registry kept failing for 60 s`,
    signatures: [],
  });

const outageDetails = (name: string): ImageDetails =>
  detailsOf(name, {
    places: [{ request: `GET /v2/acme/${name}/referrers/${digestFor(name)}`, status: 503, entries: 0 }],
  });

const passDetails = (name: string): ImageDetails => detailsOf(name, { others: ['https://slsa.dev/provenance/v1'] });

const fleet = many(200);
/** Of 200 images two are refused and one could not be asked about. */
const fleetImage = (name: string, index: number): ImageResult => {
  if (index === 41) return refused(name);
  if (index === 117) return unsigned(name);
  if (index === 163) return outage(name);
  return imageOf(name);
};
const fleetDetails = (name: string, index: number): ImageDetails => {
  if (index === 41) return detailsOf(name, { signatures: [mismatchOf()] });
  if (index === 117) return unsignedDetails(name);
  if (index === 163) return outageDetails(name);
  return passDetails(name);
};

const longName = (part: string): string => Array.from({ length: 12 }, (_, index) => `${part}-${index}`).join('/');

const hostileImage = (over: Partial<ImageResult> = {}): ImageResult =>
  refused('cart', {
    reference: HOSTILE,
    repository: null,
    tag: HOSTILE,
    message: HOSTILE,
    sources: [{ file: HOSTILE }, { file: HOSTILE, line: 1, object: HOSTILE, field: HOSTILE }],
    ...over,
  });

export interface Sample {
  /** File name without extension. */
  readonly name: string;
  readonly title: string;
  /** One summary a step. */
  readonly markdown: readonly string[];
}

const verifySample = (...report: Parameters<typeof verifyReportOf>): string => verifySummary(verifyReportOf(...report));

/** Every kind of job summary. */
export function samples(): Sample[] {
  const one = [
    imageOf('cart', {
      signatures: [made('cart')],
      platforms: PLATFORMS,
      attestations: attestationsOf('cart', { written: true, requirement: null }),
    }),
  ];
  const three = [
    imageOf('cart', {
      signatures: [
        made('cart'),
        made('cart', { format: 'legacy', log: { url: 'https://rekor.sigstore.dev', index: 612_345_679 } }),
      ],
    }),
    imageOf('checkout', {
      signatures: [
        signatureOf('checkout', { written: false }),
        signatureOf('checkout', { format: 'legacy', written: false }),
      ],
    }),
    imageOf('mail', {
      signatures: [made('mail'), made('mail', { format: 'legacy' })],
      platforms: [
        { platform: 'linux/amd64', digest: digestFor('amd64'), verdict: 'pass', reason: null },
        { platform: 'linux/arm64', digest: digestFor('arm64'), verdict: 'pass', reason: null },
      ],
    }),
  ];
  const oneMarkdown = signSummary(signReportOf(one, {}, ['1.4.2', '1.4', 'latest']));
  const threeMarkdown = signSummary(signReportOf(three, { format: 'both' }));
  return [
    { name: 'sign-1', title: 'Signing one image', markdown: [oneMarkdown] },
    { name: 'sign-3', title: 'Signing three images, one already signed', markdown: [threeMarkdown] },
    {
      name: 'sign-200',
      title: 'Signing 200 images',
      markdown: [signSummary(signReportOf(many(200).map((name) => imageOf(name, { signatures: [made(name)] }))))],
    },
    {
      name: 'sign-steps',
      title: 'Two sign steps of one job',
      markdown: [oneMarkdown, signSummary(signReportOf([imageOf('mail', { signatures: [made('mail')] })]))],
    },
    {
      name: 'sign-not-uploaded',
      title: 'Signing without an upload, with a private Sigstore',
      markdown: [
        signSummary(
          signReportOf(
            [
              imageOf('cart', {
                signatures: [made('cart', { written: false, log: { url: 'https://rekor.acme.example', index: 7 } })],
              }),
            ],
            {
              upload: false,
              trust: 'custom',
            },
          ),
        ),
      ],
    },
    {
      name: 'sign-no-permission',
      title: 'No id-token: the permission is missing',
      markdown: [
        signSummary(signReportOf([failedSigning('cart', NO_TOKEN)], { identity: undefined, errors: [NO_TOKEN] })),
      ],
    },
    {
      name: 'sign-fork',
      title: 'No id-token: a pull request from a fork',
      markdown: [signSummary(signReportOf([failedSigning('cart', FORK)], { identity: undefined, errors: [FORK] }))],
    },
    {
      name: 'sign-public-log',
      title: 'A private repository, and a GitHub server of its own',
      markdown: [PRIVATE, ENTERPRISE].map((error) =>
        signSummary(signReportOf([], { identity: undefined, errors: [error] })),
      ),
    },
    {
      name: 'sign-inputs',
      title: 'Inputs that cannot be used',
      markdown: [signSummary(signReportOf([], { identity: undefined, errors: [BAD_INPUTS] }))],
    },
    {
      name: 'sign-partial',
      title: 'An upload that failed',
      markdown: [
        (() => {
          const error = new CodedError('REGISTRY_DENIED', 'PUT /v2/acme/mail/manifests/sha256:… returned 403 DENIED', {
            hint: 'Grant `packages: write` to the job.',
          });
          return signSummary(
            signReportOf([imageOf('cart', { signatures: [made('cart')] }), failedSigning('mail', error)], {
              errors: [error],
            }),
          );
        })(),
      ],
    },
    {
      name: 'sign-dry-run',
      title: 'A dry run',
      markdown: [
        dryRunSummary({
          results: results(
            imageOf('cart', { signatures: [] }),
            imageOf('mail', {
              verdict: 'error',
              reason: 'IMAGE_NOT_FOUND',
              message: 'ghcr.io/acme/mail:1.4.2 is not there',
              signatures: [],
            }),
          ),
          stores: [],
          identity: IDENTITY,
          hosts: ['ghcr.io', 'fulcio.sigstore.dev', 'rekor.sigstore.dev', 'tuf-repo-cdn.sigstore.dev'],
          signs: true,
          attestations: [
            {
              reference: 'ghcr.io/acme/cart:1.4.2',
              platform: undefined,
              predicateType: 'https://slsa.dev/provenance/v1',
              size: 1172,
            },
          ],
          storesAtGithub: false,
          isPublic: true,
          warnings: [],
          troubleshootingUrl: TROUBLE,
        }),
      ],
    },
    {
      name: 'verify-1',
      title: 'One image that passed',
      markdown: [verifySample([imageOf('cart')], [passDetails('cart')])],
    },
    {
      name: 'verify-3',
      title: 'Three images: one passed, two were refused',
      markdown: [
        verifySample(
          [
            imageOf('cart', { platforms: PLATFORMS, attestations: attestationsOf('cart') }),
            refused('checkout'),
            unsigned('mail'),
          ],
          [
            detailsOf('cart'),
            detailsOf('checkout', { signatures: [mismatchOf()] }),
            detailsOf('mail', { places: PLACES('mail', false) }),
          ],
          { attested },
        ),
      ],
    },
    {
      name: 'verify-200',
      title: '200 images',
      markdown: [verifySample(fleet.map(fleetImage), fleet.map(fleetDetails))],
    },
    {
      name: 'verify-200-refused',
      title: '200 refused images',
      markdown: [
        verifySample(
          fleet.map((name) => refused(name)),
          fleet.map((name) => detailsOf(name, { signatures: [mismatchOf()] })),
        ),
      ],
    },
    {
      name: 'verify-refused',
      title: 'A wrong signer',
      markdown: [verifySample([refused('cart')], [detailsOf('cart', { signatures: [mismatchOf()] })])],
    },
    {
      name: 'verify-recursive',
      title: 'Platform images: all passed; one of another image was not signed',
      markdown: [
        verifySample([imageOf('cart', { platforms: PLATFORMS })], [passDetails('cart')]),
        verifySample(
          [
            unsignedResult('cart', {
              platforms: PLATFORMS.map((one) =>
                one.platform === 'linux/amd64' ? one : { ...one, verdict: 'fail', reason: 'NO_SIGNATURE' },
              ),
              signatures: [signatureOf('cart')],
            }),
          ],
          [
            detailsOf('cart', {
              platform: { name: 'linux/arm64', isIndexSigned: true },
              places: PLACES('cart', false),
            }),
          ],
        ),
      ],
    },
    {
      name: 'verify-signature-repository',
      title: 'An unsigned image with signature-repository and format',
      markdown: [
        verifySample(
          [unsignedResult('cart')],
          [
            detailsOf('cart', {
              search: { repository: 'ghcr.io/acme/signatures', isRedirected: true, format: 'legacy', waited: false },
              places: PLACES('cart', false),
            }),
          ],
        ),
      ],
    },
    {
      name: 'verify-unsigned',
      title: 'An unsigned image',
      markdown: [verifySample([unsigned('cart')], [unsignedDetails('cart')])],
    },
    {
      name: 'verify-tampered',
      title: 'A signature that does not verify',
      markdown: [verifySample([tampered('cart')], [tamperedDetails('cart')])],
    },
    {
      name: 'verify-outage',
      title: 'A registry that could not be asked',
      markdown: [verifySample([outage('cart')], [outageDetails('cart')])],
    },
    {
      name: 'verify-warn',
      title: 'Let through by mode: warn',
      markdown: [
        verifySample(
          [refused('cart', { verdict: 'allowed' }), imageOf('mail')],
          [detailsOf('cart', { signatures: [mismatchOf()] }), passDetails('mail')],
        ),
      ],
    },
    {
      name: 'verify-inputs',
      title: 'Inputs that cannot be used',
      markdown: [verifySample([], [], { error: BAD_INPUTS })],
    },
    {
      name: 'verify-no-identity',
      title: 'No identity was asked for',
      markdown: [
        verifySample(
          [
            refused('cart', {
              verdict: 'error',
              reason: 'INPUT_INVALID',
              message: 'no input says who must have signed',
            }),
          ],
          [detailsOf('cart', { signatures: [mismatchOf({ findings: [], reason: 'IDENTITY_MISMATCH' })] })],
          {
            error: new CodedError(
              'INPUT_INVALID',
              'no input says who must have signed: give `source-repository` or `certificate-identity`',
            ),
          },
        ),
      ],
    },
    {
      name: 'long-names',
      title: 'Long names',
      markdown: [
        verifySample(
          [imageOf(longName('component'), { tag: 'x'.repeat(128) }), refused(longName('team'))],
          [
            passDetails('a'),
            detailsOf('b', { tags: named(['x'.repeat(128), 'y'.repeat(128)]), signatures: [mismatchOf()] }),
          ],
        ),
        signSummary(
          signReportOf([imageOf(longName('component'), { signatures: [made('a')] })], {}, [
            'x'.repeat(128),
            'y'.repeat(128),
          ]),
        ),
      ],
    },
    {
      name: 'hostile',
      title: 'Hostile text in every place',
      markdown: hostileSummaries(),
    },
  ];
}

function hostileSummaries(): string[] {
  const found = detailsOf('cart', {
    tags: named([HOSTILE]),
    signatures: [
      mismatchOf({
        verified: HOSTILE_IDENTITY,
        findings: [{ field: HOSTILE, expected: HOSTILE, found: HOSTILE, ok: false }],
        hints: [HOSTILE],
      }),
      mismatchOf({
        format: 'legacy',
        verified: undefined,
        unverified: HOSTILE_IDENTITY,
        findings: [],
        message: HOSTILE,
      }),
    ],
    others: [HOSTILE],
    places: [{ request: HOSTILE, status: HOSTILE, entries: 0 }],
    hint: HOSTILE,
  });
  const copied = signatureOf('cart', {
    issuer: HOSTILE_IDENTITY.issuer,
    subject: HOSTILE_IDENTITY.subject,
    signedAt: HOSTILE,
    log: { url: `https://${HOSTILE}`, index: 1 },
  });
  const error = new CodedError('REGISTRY_DENIED', HOSTILE, { hint: HOSTILE });
  return [
    verifySample([hostileImage({ signatures: [{ ...copied, unverified: true }] })], [found], {
      notes: [HOSTILE],
      skipped: [HOSTILE],
    }),
    verifySample([hostileImage({ verdict: 'pass', reason: null, resolved: HOSTILE, signatures: [copied] })], [found]),
    verifySample([], [], { error }),
    signSummary(
      signReportOf([hostileImage({ signatures: [] })], { identity: undefined, errors: [error], skipped: [HOSTILE] }),
    ),
    signSummary(
      signReport({
        images: [
          {
            result: hostileImage({
              verdict: 'pass',
              reason: null,
              resolved: HOSTILE,
              signatures: [{ ...copied, written: true }],
            }),
            tags: named([HOSTILE]),
            store: HOSTILE,
            storeRules: [HOSTILE, `${HOSTILE}=${HOSTILE}`],
          },
        ],
        identity: HOSTILE_IDENTITY,
        format: 'both',
      }),
    ),
    dryRunSummary({
      results: results(hostileImage({ verdict: 'error', reason: 'IMAGE_NOT_FOUND' }), hostileImage({ reason: null })),
      stores: [undefined, HOSTILE],
      identity: HOSTILE_IDENTITY,
      hosts: [HOSTILE],
      signs: true,
      attestations: [{ reference: HOSTILE, platform: HOSTILE, predicateType: HOSTILE, size: 1 }],
      storesAtGithub: false,
      isPublic: true,
      warnings: [],
      troubleshootingUrl: TROUBLE,
    }),
  ];
}
