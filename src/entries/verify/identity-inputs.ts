import type { IdentityInputs } from '../../usecases/verify-request.ts';
import { quoted } from '../inputs/input-problems.ts';
import { splitLines } from '../inputs/list-rule.ts';
import { type Reading, readBoolean, readDuration } from '../inputs/read-value.ts';
import { LIKELY_CAUSES } from '../inputs/requested-image.ts';

/**
 * Reads the identity inputs as lists of values; an empty value among them is a problem, because a dropped
 * job output must not make the gate ask for less. What they mean together is decided elsewhere.
 */
export function readIdentity(reading: Reading): IdentityInputs {
  const claims = readValues(reading, 'claims');
  for (const line of claims) refuseEmptyClaim(reading, line);
  return {
    certificateIdentity: readValues(reading, 'certificate-identity'),
    certificateIdentityRegexp: readValues(reading, 'certificate-identity-regexp'),
    certificateOidcIssuer: readValues(reading, 'certificate-oidc-issuer'),
    certificateOidcIssuerRegexp: readValues(reading, 'certificate-oidc-issuer-regexp'),
    sourceRepository: readValues(reading, 'source-repository'),
    workflow: readValues(reading, 'workflow'),
    sourceRef: readValues(reading, 'source-ref'),
    signerWorkflow: readValues(reading, 'signer-workflow'),
    claims,
    annotations: readValues(reading, 'annotations'),
    maxAgeMs: readDuration(reading, 'max-age', undefined),
    allowAnyIdentity: readBoolean(reading, 'allow-any-identity', false),
  };
}

/** One value a line: patterns, refs and subjects may hold commas. */
function readValues(reading: Reading, name: string): string[] {
  const raw = reading.source.input(name) ?? '';
  if (raw === '') return [];
  const lines = splitLines(raw);
  const values = lines.filter((line) => line !== '');
  if (values.length < Math.max(lines.length, 1)) {
    const which = lines.length > 1 ? `line ${lines.indexOf('') + 1} of ${lines.length} is empty` : 'the value is empty';
    reading.problems.add(name, `${which}.`, LIKELY_CAUSES);
  }
  return values;
}

function refuseEmptyClaim(reading: Reading, line: string): void {
  const equals = line.indexOf('=');
  if (equals > 0 && line.slice(equals + 1).trim() !== '') return;
  const what = equals > 0 ? `the value in ${quoted(line)} is empty.` : `${quoted(line)} is not of the form name=value.`;
  const cure =
    equals > 0 ? LIKELY_CAUSES : 'Write one `name=value` a line, such as `runner-environment=github-hosted`.';
  reading.problems.add('claims', what, cure);
}
