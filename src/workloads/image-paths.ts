import { quoted } from '../domain/text/quoted.ts';
import { ValueError } from '../domain/text/value-error.ts';
import type { LocatedValue } from '../domain/yaml/located.ts';
import type { FieldPath } from './field-path.ts';

/** One line of the input `image-paths`: a field that names an image, in the objects of a kind. */
export interface ImagePath {
  readonly kind: string;
  /** Empty for Kubernetes' core group. */
  readonly group: string;
  /** Keys; `*` is every item of a list or every value of a map. */
  readonly steps: readonly string[];
}

const LINE = /^(\S+)\s+(\S+)$/;
const KIND = /^[A-Za-z][A-Za-z0-9]*$/;
const GROUP = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/**
 * Parses a line `Kind.group path/to/field`, such as `Prometheus.monitoring.coreos.com spec/image`. `*` stands for every
 * item of a list and every value of a map; in keys, `~1` is a slash and `~0` a tilde (RFC 6901 §3). A kind of the core
 * group has no dot. Throws ValueError.
 */
export function parseImagePath(line: string): ImagePath {
  const [, type = '', path = ''] = LINE.exec(line.trim()) ?? [];
  if (type === '') {
    throw new ValueError(`${quoted(line)} is not a kind and a path; write Kind.group path/to/field`);
  }
  const dot = type.indexOf('.');
  const kind = dot < 0 ? type : type.slice(0, dot);
  const group = dot < 0 ? '' : type.slice(dot + 1);
  if (!KIND.test(kind) || (dot >= 0 && !GROUP.test(group))) {
    throw new ValueError(`${quoted(type)} is not a kind with its group, such as Prometheus.monitoring.coreos.com`);
  }
  const steps = path.split('/');
  if (steps.includes('')) {
    throw new ValueError(
      `${quoted(path)} is not a path: write keys with single slashes between them, without one at the start or end`,
    );
  }
  if (steps.some((step) => /~(?![01])/.test(step))) {
    throw new ValueError(`${quoted(path)} has a ~ that is not ~0 or ~1`);
  }
  return { kind, group, steps: steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')) };
}

/** The line that names a field of a kind; list items as `*`. Undefined if kind or path need other characters. */
export function imagePathLine(
  { kind, group }: { readonly kind: string; readonly group: string },
  path: FieldPath,
): string | undefined {
  if (!KIND.test(kind) || (group !== '' && !GROUP.test(group))) return undefined;
  const steps = path.map((step) => (typeof step === 'number' ? '*' : step.replaceAll('~', '~0').replaceAll('/', '~1')));
  if (steps.some((step) => !/^(?:\*|[A-Za-z0-9._~-]+)$/.test(step))) return undefined;
  return `${group === '' ? kind : `${kind}.${group}`} ${steps.join('/')}`;
}

/** The values of an object that the steps lead to, each with its path. */
export function* valuesAt(
  root: LocatedValue,
  steps: readonly string[],
): Generator<{ readonly value: LocatedValue; readonly path: FieldPath }> {
  yield* descend(root, steps, []);
}

function* descend(
  value: LocatedValue,
  steps: readonly string[],
  path: FieldPath,
): Generator<{ value: LocatedValue; path: FieldPath }> {
  const [step, ...others] = steps;
  if (step === undefined) {
    yield { value, path };
    return;
  }
  if (value.kind === 'list' && step === '*') {
    for (const [index, item] of value.items.entries()) yield* descend(item, others, [...path, index]);
  } else if (value.kind === 'map') {
    const keys = step === '*' ? [...value.entries.keys()] : [step];
    for (const key of keys) {
      const entry = value.entries.get(key);
      if (entry !== undefined) yield* descend(entry.value, others, [...path, key]);
    }
  }
}
