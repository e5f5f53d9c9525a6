import type { Results } from '../domain/results.ts';
import type { CertificateIdentity } from '../domain/signature/facts.ts';
import { codeCell, countOf, folded, tableOf } from './cells.ts';
import { reasonLink } from './error-text.ts';
import { markdownCode, markdownProse } from './escape.ts';
import { warningList } from './sign-summary.ts';

/** An attestation that signing would write. */
interface PlannedAttestationLine {
  readonly reference: string;
  /** The image of an index that it would be about. */
  readonly platform: string | undefined;
  readonly predicateType: string;
  /** Of the predicate, in bytes. */
  readonly size: number;
}

/** The findings of a dry run, which signs nothing. */
interface DryRunReport {
  readonly results: Results;
  /** The repository for the signatures of each image, unless it is the image's own. */
  readonly stores: readonly (string | undefined)[];
  readonly identity: Pick<CertificateIdentity, 'issuer' | 'subject' | 'claims'>;
  /** Every host that signing contacts, with its port if it has one. */
  readonly hosts: readonly string[];
  /** False if only attestations would be written. */
  readonly signs: boolean;
  readonly attestations: readonly PlannedAttestationLine[];
  /** True if GitHub's attestation store would get them too. */
  readonly storesAtGithub: boolean;
  /** True if the certificate and the log entry would be public. */
  readonly isPublic: boolean;
  /** Warnings for people, such as variables that look like inputs. */
  readonly warnings: readonly string[];
  readonly troubleshootingUrl: string | undefined;
}

/** Claims that a certificate would reveal, and their names in the report. */
const SHOWN_CLAIMS = [
  ['source-repository-uri', 'repository'],
  ['source-repository-ref', 'branch or tag'],
  ['source-repository-digest', 'commit'],
  ['build-config-uri', 'workflow'],
  ['run-invocation-uri', 'run'],
  ['build-trigger', 'event'],
  ['runner-environment', 'runner'],
  ['deployment-environment', 'environment'],
] as const;

/** GitHub shows neither the permissions of a token nor whether the plan has the store. */
const STORE_UNCHECKED =
  "They would also be added to GitHub's attestation store. Whether the job may do that (`attestations: write`) cannot be checked beforehand.";

/** Lines for the log. Untrusted text: the log escapes it. */
export function dryRunLines(report: DryRunReport): string[] {
  const images = report.results.images.map(({ reference, digest, verdict, reason, message }, index) =>
    verdict === 'pass'
      ? `${reference}: would be ${report.signs ? 'signed' : 'attested'} as ${digest}${storedIn(report.stores[index])}`
      : `${reference}: ${reason === 'IMAGE_NOT_FOUND' ? 'not in the registry yet' : reason}: ${message}`,
  );
  const heading = report.isPublic
    ? 'Signing would permanently publish:'
    : 'Signing would reveal to everyone who can read the signature:';
  return [
    'Dry run: nothing is signed.',
    ...images,
    ...report.attestations.map((one) => `Would attest ${attestationText(one)}`),
    ...(report.storesAtGithub ? [STORE_UNCHECKED] : []),
    `Signer: ${report.identity.subject} (issuer ${report.identity.issuer})`,
    `Hosts: ${report.hosts.join(', ')}`,
    heading,
    ...revealed(report).map(([name, value]) => `  ${name}: ${value}`),
  ];
}

/** The job summary of a dry run. */
export function dryRunSummary(report: DryRunReport): string {
  const { images } = report.results;
  const ready = images.filter(({ verdict }) => verdict === 'pass').length;
  const count =
    ready === images.length ? countOf(images.length, 'image') : `${ready} of ${countOf(images.length, 'image')}`;
  const rows = images.map(({ reference, reason, message }, index) => [
    codeCell(reference),
    reason === null
      ? `✅ would be ${report.signs ? 'signed' : 'attested'}${storedIn(report.stores[index], codeCell)}`
      : `❗ ${reasonLink(reason, report.troubleshootingUrl)}<br>${markdownProse(message)}`,
  ]);
  const shown = revealed(report).map(([name, value]) => [name, codeCell(value)]);
  const heading = report.isPublic ? 'Would be permanently public' : 'The signature would reveal';
  const hosts = report.hosts.slice(0, HOSTS_MAX).map((host) => `- ${markdownCode(host)}`);
  return [
    `## Dry run: nothing was signed; ${count} would be`,
    ...warningList(report.warnings),
    tableOf(['Image', 'Outcome'], rows.slice(0, ROWS_MAX)),
    ...(rows.length > ROWS_MAX ? [`…and ${rows.length - ROWS_MAX} more images in the results file.`] : []),
    ...attestationList(report),
    ...(report.storesAtGithub ? [STORE_UNCHECKED] : []),
    tableOf([heading, ''], shown.slice(0, ROWS_MAX)),
    folded('Hosts that this configuration contacts', hosts.join('\n')),
    '',
  ].join('\n\n');
}

function storedIn(store: string | undefined, quote: (text: string) => string = (text) => text): string {
  return store === undefined ? '' : `, signature in ${quote(store)}`;
}

function attestationText({ reference, platform, predicateType, size }: PlannedAttestationLine): string {
  const of = platform === undefined ? reference : `${platform} of ${reference}`;
  return `${predicateType} about ${of} (${size} bytes)`;
}

function attestationList({ attestations }: DryRunReport): string[] {
  if (attestations.length === 0) return [];
  const lines = attestations.slice(0, ROWS_MAX).map((one) => `- ${markdownProse(attestationText(one))}`);
  const more = attestations.length - lines.length;
  return [['Attestations:', '', ...lines, ...(more > 0 ? [`- …and ${more} more`] : [])].join('\n')];
}

/** Limits for the rows of a table and for the listed hosts. */
const ROWS_MAX = 300;
const HOSTS_MAX = 100;

function revealed(report: DryRunReport): (readonly [name: string, value: string])[] {
  const claims = SHOWN_CLAIMS.flatMap(([claim, name]) => {
    const value = report.identity.claims[claim];
    return value === undefined ? [] : [[name, value] as const];
  });
  const digests = report.results.images.flatMap(({ digest }) => (digest === null ? [] : [digest]));
  return [
    ['signer', report.identity.subject] as const,
    ...claims,
    ...digests.map((digest) => ['image digest', digest] as const),
  ];
}
