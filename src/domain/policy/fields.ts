import { nearName } from '../text/near-name.ts';
import { quoted } from '../text/quoted.ts';
import type { LocatedMap, LocatedValue } from '../yaml/located.ts';
import type { PolicyProblem } from './policy.ts';

/** A value of a document, with its path. */
export interface Field {
  readonly value: LocatedValue;
  /** Such as `spec.authorities[0].keyless`; empty for the document. */
  readonly path: string;
  /** Of its key; starts at 1. */
  readonly line: number;
}

/** The fields of a map, all of them known. */
export type Fields = ReadonlyMap<string, Field>;

/** Reads the values of one document. Everything that is not as it should be becomes a problem, and the value undefined. */
export interface FieldReader {
  readonly problems: readonly PolicyProblem[];
  readonly add: (at: Pick<Field, 'path' | 'line'>, what: string, cure: string) => void;
  /** A map with known fields only. `elsewhere` says where a field belongs that often stands in the wrong place. */
  readonly map: (
    field: Field,
    known: readonly string[],
    elsewhere?: Readonly<Record<string, string>>,
  ) => Fields | undefined;
  /** A map from any keys to texts, such as labels. */
  readonly texts: (field: Field) => ReadonlyMap<string, Field> | undefined;
  /** A list with at least one item. */
  readonly list: (field: Field) => readonly Field[] | undefined;
  /** A text that is not empty. */
  readonly text: (field: Field | undefined) => string | undefined;
  /** A text that must be there. */
  readonly requiredText: (fields: Fields, name: string, parent: Field) => string | undefined;
  readonly oneOf: <Word extends string>(field: Field | undefined, words: readonly Word[]) => Word | undefined;
  readonly boolean: (field: Field | undefined) => boolean | undefined;
}

interface FieldPlace {
  readonly file: string;
  readonly document: number;
}

export function createFieldReader(place: FieldPlace): FieldReader {
  const problems: PolicyProblem[] = [];
  const add: FieldReader['add'] = ({ path, line }, what, cure) => {
    problems.push({ ...place, line, path, what, cure });
  };
  const wrongType = (field: Field, wanted: string): undefined => {
    const { value } = field;
    const isEmpty = value.kind === 'scalar' && value.value === null;
    add(
      field,
      isEmpty ? 'the field has no value' : `the value is ${kindOf(value)}, not ${wanted}`,
      isEmpty ? 'Give it a value, or remove the field.' : `Write ${wanted}.`,
    );
    return undefined;
  };

  const map: FieldReader['map'] = (field, known, elsewhere = {}) => {
    if (field.value.kind !== 'map') return wrongType(field, 'a map');
    const fields = fieldsOf(field.value, field.path);
    for (const [name, one] of fields) {
      if (known.includes(name)) continue;
      const place = Object.hasOwn(elsewhere, name) ? elsewhere[name] : undefined;
      const near = nearName(name, known);
      const cure =
        place ?? (near === undefined ? `Remove it; the fields here are ${known.join(', ')}.` : `Write \`${near}\`.`);
      add(one, `unknown field ${quoted(name)}, which policy-controller would ignore`, cure);
    }
    return fields;
  };

  const text: FieldReader['text'] = (field) => {
    if (field === undefined) return undefined;
    const { value } = field;
    if (value.kind !== 'scalar' || typeof value.value !== 'string') {
      const isWord = value.kind === 'scalar' && value.value !== null;
      return wrongType(field, isWord ? 'a text (in quotation marks)' : 'a text');
    }
    if (value.value.trim() !== '') return value.value;
    add(field, 'the text is empty', 'Give it a value, or remove the field.');
    return undefined;
  };

  return {
    problems,
    add,
    map,
    text,
    texts(field) {
      if (field.value.kind !== 'map') return wrongType(field, 'a map');
      const fields = fieldsOf(field.value, field.path);
      for (const one of fields.values()) {
        const { value } = one;
        if (value.kind !== 'scalar' || typeof value.value !== 'string') wrongType(one, 'a text (in quotation marks)');
      }
      return fields;
    },
    list(field) {
      if (field.value.kind !== 'list') return wrongType(field, 'a list');
      if (field.value.items.length === 0) {
        add(field, 'the list is empty', 'Give at least one entry.');
        return undefined;
      }
      return field.value.items.map((value, index) => ({ value, path: `${field.path}[${index}]`, line: value.line }));
    },
    requiredText(fields, name, parent) {
      const field = fields.get(name);
      if (field !== undefined) return text(field);
      add({ path: join(parent.path, name), line: parent.line }, 'the field is missing', `Add \`${name}\`.`);
      return undefined;
    },
    oneOf(field, words) {
      const value = text(field);
      if (field === undefined || value === undefined) return undefined;
      const word = words.find((one) => one === value);
      if (word === undefined) {
        add(field, `${quoted(value)} is not one of ${words.join(', ')}`, `Write one of ${words.join(', ')}.`);
      }
      return word;
    },
    boolean(field) {
      if (field === undefined) return undefined;
      const { value } = field;
      if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value;
      return wrongType(field, '`true` or `false`');
    },
  };
}

export function join(path: string, name: string): string {
  const step = /^[A-Za-z_][\w-]{0,99}$/.test(name) ? name : `[${quoted(name)}]`;
  return path === '' || step.startsWith('[') ? `${path}${step}` : `${path}.${step}`;
}

function fieldsOf(value: LocatedMap, path: string): Map<string, Field> {
  return new Map(
    [...value.entries].map(([name, entry]) => [
      name,
      { value: entry.value, path: join(path, name), line: entry.key.line },
    ]),
  );
}

function kindOf(value: LocatedValue): string {
  if (value.kind !== 'scalar') return `a ${value.kind}`;
  if (value.value === null) return 'empty';
  return typeof value.value === 'string' ? 'a text' : `a ${typeof value.value}`;
}

/** The value as JSON has it, with the keys of maps in order, to compare contents. */
export function plainValue(value: LocatedValue): unknown {
  switch (value.kind) {
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map(plainValue);
    case 'map':
      // A list of pairs: an object would treat `__proto__` and numbers in its own way.
      return [...value.entries]
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, entry]) => [key, plainValue(entry.value)]);
  }
}
