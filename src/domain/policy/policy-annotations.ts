import { parseMaxAge } from '../identity/max-age.ts';
import type { IdentityInputs } from '../identity/requirement.ts';
import { nearName } from '../text/near-name.ts';
import { quoted } from '../text/quoted.ts';
import { ValueError } from '../text/value-error.ts';
import type { Field, FieldReader, Fields } from './fields.ts';

/** The prefix of what the gate can say and the format cannot (contract §2.5.1). */
export const PREFIX = 'countersign/';

/** Annotations that narrow who may have signed, as the inputs of these names. */
export const NARROWING = ['source-repository', 'source-ref', 'workflow', 'claims', 'annotations', 'max-age'] as const;
/** Those about claims: only one exact issuer gives them a meaning (identity rule 2). */
export const ABOUT_CLAIMS = ['source-repository', 'source-ref', 'workflow', 'claims'] as const;
const NAMES = [...NARROWING, 'allow-any-identity', 'attestations', 'require', 'namespaces'] as const;
type AnnotationName = (typeof NAMES)[number];

/** The annotations of one policy, read. */
export interface PolicyAnnotations {
  /** Those that are given, by their names without the prefix. */
  readonly given: ReadonlyMap<AnnotationName, Field>;
  /** The parts of the identity that they set. */
  readonly inputs: Pick<
    IdentityInputs,
    'sourceRepository' | 'sourceRef' | 'workflow' | 'claims' | 'annotations' | 'maxAgeMs' | 'allowAnyIdentity'
  >;
  /** The text of `attestations`. */
  readonly attestations: string | undefined;
  readonly require: number | undefined;
  readonly namespaces: readonly string[] | undefined;
}

/** Reads the annotations under the prefix; all others belong to somebody else. */
export function readAnnotations(reader: FieldReader, annotations: Fields): PolicyAnnotations {
  const given = new Map<AnnotationName, Field>();
  for (const [key, field] of annotations) {
    // Another spelling would be an annotation that nothing reads.
    if (!key.toLowerCase().startsWith(PREFIX)) continue;
    const name = NAMES.find((one) => key === `${PREFIX}${one}`);
    if (name !== undefined) {
      given.set(name, field);
      continue;
    }
    const near = nearName(key.slice(PREFIX.length), NAMES);
    const all = NAMES.map((one) => `${PREFIX}${one}`).join(', ');
    reader.add(
      field,
      `unknown annotation ${quoted(key)}`,
      near === undefined ? `Remove it; the annotations are ${all}.` : `Write \`${PREFIX}${near}\`.`,
    );
  }
  const text = (name: AnnotationName): string | undefined => reader.text(given.get(name));
  const lines = (name: AnnotationName): readonly string[] => readLines(reader, given.get(name), text(name));
  return {
    given,
    inputs: {
      sourceRepository: lines('source-repository'),
      sourceRef: lines('source-ref'),
      workflow: lines('workflow'),
      claims: lines('claims'),
      annotations: lines('annotations'),
      maxAgeMs: readMaxAge(reader, given.get('max-age'), text('max-age')?.trim()),
      allowAnyIdentity: readFlag(reader, given.get('allow-any-identity'), text('allow-any-identity')?.trim()),
    },
    attestations: text('attestations'),
    require: readCount(reader, given.get('require'), text('require')?.trim()),
    namespaces: given.has('namespaces')
      ? readNamespaces(reader, given.get('namespaces'), lines('namespaces'))
      : undefined,
  };
}

/** One value per line, as in the inputs. An empty line may be a lost value. */
function readLines(reader: FieldReader, field: Field | undefined, text: string | undefined): readonly string[] {
  if (field === undefined || text === undefined) return [];
  const lines = text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line) => line.trim());
  const empty = lines.indexOf('');
  if (empty >= 0) reader.add(field, `line ${empty + 1} of ${lines.length} is empty`, 'Remove the line, or fill it.');
  return lines.filter((line) => line !== '');
}

function readMaxAge(reader: FieldReader, field: Field | undefined, text: string | undefined): number | undefined {
  if (field === undefined || text === undefined) return undefined;
  try {
    return parseMaxAge(text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    reader.add(field, `${quoted(text)} ${error.message}`, 'Write a duration such as `12h` or `30d`.');
    return undefined;
  }
}

function readFlag(reader: FieldReader, field: Field | undefined, text: string | undefined): boolean {
  if (field === undefined || text === undefined) return false;
  if (text !== 'true' && text !== 'false') {
    reader.add(field, `${quoted(text)} is neither true nor false`, 'Write "true" or "false", in quotation marks.');
  }
  return text === 'true';
}

function readCount(reader: FieldReader, field: Field | undefined, text: string | undefined): number | undefined {
  if (field === undefined || text === undefined) return undefined;
  if (/^[1-9][0-9]{0,3}$/.test(text)) return Number(text);
  reader.add(field, `${quoted(text)} is not a number of authorities`, 'Write a number from 1 on, such as "2".');
  return undefined;
}

const NAMESPACE_GLOB = /^[a-z0-9*](?:[a-z0-9*-]*[a-z0-9*])?$/;
/** A name has at most 63 characters (RFC 1123 label); each may have a `*` beside it. */
const NAMESPACE_MAX = 127;

function readNamespaces(reader: FieldReader, field: Field | undefined, lines: readonly string[]): readonly string[] {
  const strange = lines.find(
    (line) => !NAMESPACE_GLOB.test(line) || line.length > NAMESPACE_MAX || line.includes('***'),
  );
  if (field !== undefined && strange !== undefined) {
    reader.add(
      field,
      `${quoted(strange)} is neither the name of a namespace nor a glob for names`,
      'Write one per line; names consist of a-z, 0-9 and -, and * is any text.',
    );
  }
  return lines;
}
