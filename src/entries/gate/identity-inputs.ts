import { parseMaxAge } from '../../domain/identity/max-age.ts';
import {
  type IdentityContext,
  type IdentityInputs,
  type ParsedIdentity,
  parseIdentityRequirement,
} from '../../domain/identity/requirement.ts';
import { quoted } from '../../domain/text/quoted.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { Reading } from '../action/inputs/input-source.ts';
import { LIKELY_CAUSES } from '../action/inputs/requested-image.ts';
import { identityContextOf } from '../inputs/identity-context.ts';
import { splitLines } from '../inputs/list-rule.ts';
import { readBoolean, writeDuration } from '../inputs/read-value.ts';
import { inputProblem } from './identity-words.ts';

/** The identity inputs, and what they mean together. */
export interface StepIdentity {
  /** `invalid`: the run ends with the problems that were found. */
  readonly identity: Exclude<ParsedIdentity, { readonly kind: 'invalid' }> | 'invalid';
  readonly inputs: IdentityInputs;
  readonly context: IdentityContext;
}

/**
 * Reads the identity inputs, one value per line, and parses them by the identity rules (contract §2.5). An empty
 * value is a problem, because a dropped job output must not make the gate less strict.
 */
export async function readIdentity(reading: Reading): Promise<StepIdentity> {
  const before = reading.problems.list.length;
  const certificateIdentityRegexp = readValues(reading, 'certificate-identity-regexp');
  const certificateOidcIssuerRegexp = readValues(reading, 'certificate-oidc-issuer-regexp');
  const hasRegexp = certificateIdentityRegexp.length + certificateOidcIssuerRegexp.length > 0;
  const parseRegexp = hasRegexp ? (await import('../../domain/patterns/regexp.ts')).parseRegexp : undefined;
  const inputs: IdentityInputs = {
    certificateIdentity: readValues(reading, 'certificate-identity'),
    certificateIdentityRegexp,
    certificateOidcIssuer: readValues(reading, 'certificate-oidc-issuer'),
    certificateOidcIssuerRegexp,
    sourceRepository: readValues(reading, 'source-repository'),
    workflow: readValues(reading, 'workflow'),
    sourceRef: readValues(reading, 'source-ref'),
    signerWorkflow: readValues(reading, 'signer-workflow'),
    claims: readValues(reading, 'claims'),
    annotations: readValues(reading, 'annotations'),
    maxAgeMs: readMaxAge(reading),
    allowAnyIdentity: readBoolean(reading, 'allow-any-identity', false),
  };
  const context = { ...identityContext(reading), parseRegexp };
  const parsed = parseIdentityRequirement(inputs, context);
  if (parsed.kind !== 'invalid') return { identity: parsed, inputs, context };
  addProblems(reading, parsed, before);
  return { identity: 'invalid', inputs, context };
}

/** What identities are read with, without the engine for patterns. */
export function identityContext({ source }: Pick<Reading, 'source'>): Omit<IdentityContext, 'parseRegexp'> {
  return identityContextOf(source.context.serverUrl);
}

function addProblems(reading: Reading, parsed: Extract<ParsedIdentity, { kind: 'invalid' }>, before: number): void {
  for (const problem of parsed.problems) {
    const { input, what, cure } = inputProblem(problem);
    reading.problems.add(input, what, cure);
  }
  // Whatever is wrong must end the run.
  if (reading.problems.list.length === before) {
    reading.problems.add('source-repository', 'the identity inputs cannot be used.', 'See verify/README.md.');
  }
}

/** Reads one value per line, because patterns, refs and subjects may contain commas. */
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

function readMaxAge(reading: Reading): number | undefined {
  const [value, second] = readValues(reading, 'max-age');
  if (value === undefined) return undefined;
  if (second !== undefined) {
    reading.problems.add('max-age', 'it contains more than one duration.', 'Write one, such as `12h` or `30d`.');
    return undefined;
  }
  try {
    return parseMaxAge(value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    reading.problems.add('max-age', `${quoted(value)} ${error.message}.`, writeDuration('max-age', value, '30d'));
    return undefined;
  }
}
