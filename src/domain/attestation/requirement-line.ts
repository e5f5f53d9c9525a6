import { parseMaxAge } from '../identity/max-age.ts';
import { quoted } from '../text/quoted.ts';
import { EmptyValueError, ValueError } from '../text/value-error.ts';
import { hasUnseen } from '../text/visible-text.ts';
import {
  COSIGN_ALIAS_NAMES,
  isCycloneDx,
  isImageSignatureType,
  isSlsaProvenance,
  isSpdx,
  parsePredicateType,
  SLSA_PROVENANCE_V1,
} from './predicate-types.ts';

/** The predicate types that a requirement accepts. */
export interface TypeRule {
  /** As the user wrote it. */
  readonly name: string;
  readonly accepts: (predicateType: string) => boolean;
}

/** Conditions with a value. All but the last two bear the names of inputs. */
const CONDITIONS = [
  'max-age',
  'source-repository',
  'source-ref',
  'workflow',
  'signer-workflow',
  'certificate-identity',
  'certificate-oidc-issuer',
  'builder-id',
  'build-type',
] as const;
const FLAGS = ['per-platform', 'buildkit'] as const;

export type ConditionName = (typeof CONDITIONS)[number];
type Flag = (typeof FLAGS)[number];

/** One line of the input `attestations` (contract §2.6): a type and conditions. */
export interface RequirementLine {
  /** As written, without line breaks. */
  readonly text: string;
  readonly type: TypeRule;
  readonly conditions: ReadonlyMap<ConditionName, string>;
  readonly flags: ReadonlySet<Flag>;
  readonly maxAgeMs: number | undefined;
}

export interface NumberedLine {
  /** Counted from 1 in the value of the input. */
  readonly number: number;
  readonly text: string;
}

/** The maximum number of requirements: each attestation is compared with each of them. */
const LINES_MAX = 50;

/**
 * Splits the value of the input into requirements: one per line, and an indented line continues the one above. A value of
 * blanks means no requirement. Throws ValueError for an empty line, which may be a dropped job output.
 */
export function splitRequirements(value: string): readonly NumberedLine[] {
  if (value.trim() === '') return [];
  const lines: NumberedLine[] = [];
  const written = value.replace(/\r?\n$/, '').split(/\r?\n/);
  for (const [index, line] of written.entries()) {
    const number = index + 1;
    const text = line.trim();
    if (text === '') throw new EmptyValueError(`line ${number}`);
    const above = lines.at(-1);
    if (!/^[ \t]/.test(line)) lines.push({ number, text });
    else if (above === undefined) {
      throw new ValueError(`line ${number} is indented, so it continues the line above, but there is none`);
    } else lines[lines.length - 1] = { number: above.number, text: `${above.text} ${text}` };
  }
  if (lines.length > LINES_MAX) throw new ValueError(`it has ${lines.length} requirements, more than ${LINES_MAX}`);
  return lines;
}

/** Parses one requirement. Throws ValueError; EmptyValueError for a condition without a value. */
export function parseRequirementLine(text: string): RequirementLine {
  if (hasUnseen(text.replaceAll('\t', ' '))) throw new ValueError(`${quoted(text)} contains an invisible character`);
  const [first = '', ...words] = splitWords(text);
  const type = parseType(first);
  const conditions = new Map<ConditionName, string>();
  const flags = new Set<Flag>();
  for (const word of words) {
    const { name, value } = splitWord(word);
    const isFlag = isFlagName(name);
    if (!isFlag && !isCondition(name)) throw new ValueError(unknownWord(word));
    if (flags.has(name as Flag) || conditions.has(name as ConditionName))
      throw new ValueError(`${name} is given twice`);
    if (isFlag) {
      if (value !== undefined) throw new ValueError(`${name} is a flag and takes no value`);
      flags.add(name);
    } else {
      if (value === undefined) throw new ValueError(`${name} has no value: write ${name}=…`);
      if (value.trim() === '') throw new EmptyValueError(name);
      conditions.set(name, value);
    }
    if (!applies(name, type)) throw new ValueError(`${name} does not apply to ${type.name}`);
  }
  return { text, type, conditions, flags, maxAgeMs: readMaxAge(conditions.get('max-age')) };
}

function isCondition(name: string): name is ConditionName {
  return (CONDITIONS as readonly string[]).includes(name);
}

function isFlagName(name: string): name is Flag {
  return (FLAGS as readonly string[]).includes(name);
}

function readMaxAge(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  try {
    return parseMaxAge(value);
  } catch (error) {
    if (error instanceof ValueError) throw new ValueError(`max-age: ${quoted(value)} ${error.message}`);
    throw error;
  }
}

/** A blank separates words, except between the quotation marks around a whole value: `name="a value"`. */
function splitWords(text: string): string[] {
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (isBlank(text[at])) {
      at += 1;
      continue;
    }
    const start = at;
    while (at < text.length && !isBlank(text[at])) {
      const mark = text[at];
      if (isMark(mark) && words.length > 0 && text.indexOf('=', start) === at - 1) {
        const end = text.indexOf(mark, at + 1);
        if (end < 0) throw new ValueError(`a quotation mark is not closed: ${quoted(text.slice(start))}`);
        at = end;
        if (at + 1 < text.length && !isBlank(text[at + 1])) {
          throw new ValueError(`text follows a quotation mark: ${quoted(text.slice(start))}`);
        }
      } else if (isMark(mark)) {
        throw new ValueError(
          `a quotation mark must follow \`=\` and enclose the whole value: ${quoted(text.slice(start))}`,
        );
      }
      at += 1;
    }
    words.push(text.slice(start, at));
  }
  return words;
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t';
}

function isMark(char: string | undefined): char is string {
  return char === '"' || char === "'";
}

function splitWord(word: string): { readonly name: string; readonly value: string | undefined } {
  const at = word.indexOf('=');
  if (at < 0) return { name: word, value: undefined };
  const value = word.slice(at + 1);
  return { name: word.slice(0, at), value: isMark(value[0]) ? value.slice(1, -1) : value };
}

function unknownWord(word: string): string {
  const hint = isTypeName(word) ? '; write each type on its own line' : '';
  return `${quoted(word)} is neither a condition (${CONDITIONS.join(', ')}) nor a flag (${FLAGS.join(', ')})${hint}`;
}

/** Types that the gate names in addition to cosign's aliases. */
const FAMILIES: Readonly<Record<string, TypeRule['accepts']>> = {
  provenance: (type) => type === SLSA_PROVENANCE_V1,
  sbom: (type) => isSpdx(type) || isCycloneDx(type),
  spdx: isSpdx,
  cyclonedx: isCycloneDx,
};

function isTypeName(word: string): boolean {
  return Object.hasOwn(FAMILIES, word) || parsePredicateType(word) !== undefined;
}

function parseType(name: string): TypeRule {
  const family = Object.hasOwn(FAMILIES, name) ? FAMILIES[name] : undefined;
  if (family !== undefined) return { name, accepts: family };
  const exact = parsePredicateType(name);
  if (exact === undefined) {
    const names = [...new Set([...Object.keys(FAMILIES), ...COSIGN_ALIAS_NAMES])].join(', ');
    throw new ValueError(`${quoted(name)} is not a type of attestation: write one of ${names}, or a URI`);
  }
  if (isImageSignatureType(exact)) {
    throw new ValueError(`${quoted(name)} is the type of an image signature, which is not an attestation`);
  }
  return { name, accepts: (type) => type === exact };
}

/** False for a condition that attestations of this type cannot meet. */
function applies(name: ConditionName | Flag, type: TypeRule): boolean {
  const isProvenance = type.name === 'provenance' || isSlsaProvenance(parsePredicateType(type.name) ?? '');
  if (name === 'builder-id' || name === 'build-type') return isProvenance;
  if (name !== 'buildkit') return true;
  // BuildKit writes SLSA provenance and SPDX documents.
  return isProvenance || ['sbom', 'spdx'].includes(type.name) || isSpdx(parsePredicateType(type.name) ?? '');
}
