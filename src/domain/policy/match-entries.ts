import { quoted } from '../text/quoted.ts';
import { type Field, type FieldReader, join } from './fields.ts';
import type { LabelExpression, LabelSelector, ObjectMatch } from './policy.ts';

/** The resources that policy-controller looks at, each with its group. */
const GROUPS: Readonly<Record<string, string>> = {
  pods: '',
  replicasets: 'apps',
  deployments: 'apps',
  statefulsets: 'apps',
  daemonsets: 'apps',
  jobs: 'batch',
  cronjobs: 'batch',
};
const RESOURCES = Object.keys(GROUPS);
const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/**
 * Reads `spec.match`. `namesObjects`: whether files or requests name the images; a bare list of images has no object whose
 * kind and labels could be compared. An entry that fits no object is a problem: the policy would protect nothing.
 */
export function readMatch(reader: FieldReader, field: Field, namesObjects: boolean): ObjectMatch[] {
  if (!namesObjects) {
    reader.add(
      field,
      'match looks at the object that names an image, but here images are listed without objects',
      'Use the action verify-files for this policy, or remove match.',
    );
    return [];
  }
  return (reader.list(field) ?? []).flatMap((item) => readEntry(reader, item) ?? []);
}

function readEntry(reader: FieldReader, item: Field): ObjectMatch | undefined {
  const fields = reader.map(item, ['group', 'version', 'resource', 'selector']);
  if (fields === undefined) return undefined;
  const resource = reader.requiredText(fields, 'resource', item);
  const version = reader.requiredText(fields, 'version', item);
  // The group of pods is the empty text.
  const groupField = fields.get('group');
  const isCore = groupField?.value.kind === 'scalar' && groupField.value.value === '';
  const group = isCore || groupField === undefined ? '' : reader.text(groupField);
  const selectorField = fields.get('selector');
  const selector = selectorField === undefined ? undefined : readSelector(reader, selectorField);
  const at = fields.get('resource');
  if (resource === undefined || version === undefined || group === undefined || at === undefined) return undefined;
  const right = Object.hasOwn(GROUPS, resource) ? GROUPS[resource] : undefined;
  if (right === undefined) {
    reader.add(
      at,
      `${quoted(resource)} is not a resource that policies can match`,
      `Write one of ${RESOURCES.join(', ')}.`,
    );
    return undefined;
  }
  if (group !== right) {
    reader.add(
      { path: join(item.path, 'group'), line: (groupField ?? item).line },
      `no object fits: ${resource} have the group ${quoted(right)}, not ${quoted(group)}`,
      `Write \`group: ${right === '' ? '""' : right}\`.`,
    );
    return undefined;
  }
  return { group, version, resource, selector };
}

function readSelector(reader: FieldReader, field: Field): LabelSelector | undefined {
  const fields = reader.map(field, ['matchLabels', 'matchExpressions']);
  if (fields === undefined) return undefined;
  const labels = fields.get('matchLabels');
  const texts = labels === undefined ? undefined : reader.texts(labels);
  const matchLabels = new Map<string, string>();
  for (const [key, { value }] of texts ?? []) {
    if (value.kind === 'scalar' && typeof value.value === 'string') matchLabels.set(key, value.value);
  }
  const expressions = fields.get('matchExpressions');
  const items = expressions === undefined ? [] : (reader.list(expressions) ?? []);
  return { matchLabels, matchExpressions: items.flatMap((item) => readExpression(reader, item) ?? []) };
}

function readExpression(reader: FieldReader, item: Field): LabelExpression | undefined {
  const fields = reader.map(item, ['key', 'operator', 'values']);
  if (fields === undefined) return undefined;
  const key = reader.requiredText(fields, 'key', item);
  const written = reader.requiredText(fields, 'operator', item);
  const operator = written === undefined ? undefined : reader.oneOf(fields.get('operator'), OPERATORS);
  const field = fields.get('values');
  const values = (field === undefined ? [] : (reader.list(field) ?? [])).flatMap((one) => {
    const { value } = one;
    if (value.kind === 'scalar' && typeof value.value === 'string') return [value.value];
    reader.add(one, 'the value is not a text', 'Write it in quotation marks.');
    return [];
  });
  if (key === undefined || operator === undefined) return undefined;
  const needsValues = operator === 'In' || operator === 'NotIn';
  if (needsValues === (field !== undefined)) return { key, operator, values };
  const cure = needsValues ? 'Add `values`.' : 'Remove `values`.';
  reader.add(field ?? item, `${operator} ${needsValues ? 'needs values' : 'takes no values'}`, cure);
  return undefined;
}
