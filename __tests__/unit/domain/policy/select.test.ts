import { describe, expect, test } from 'vitest';
import type { Digest } from '../../../../src/domain/image/digest.ts';
import { parseReference } from '../../../../src/domain/image/reference.ts';
import {
  type NamingObject,
  policiesInNamespace,
  selectForRepository,
  selectPolicies,
} from '../../../../src/domain/policy/select.ts';
import { policyText, setOf } from './policy-samples.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}` as Digest;

const object = (apiVersion: string, kind: string, labels: Readonly<Record<string, string>> = {}): NamingObject => ({
  ...{ apiVersion, kind },
  labels: new Map(Object.entries(labels)),
});

function selected(text: string, image: string, named?: NamingObject): string[] {
  const { policies } = setOf(text);
  const { repository } = parseReference(image);
  const names = selectPolicies(policies, { repository, digest: DIGEST, object: named }).map(({ name }) => name);
  const possible = selectForRepository(policies, { repository, object: named }).map(({ name }) => name);
  // What applies to a digest applies to some digest.
  expect(possible).toEqual(expect.arrayContaining(names));
  return names;
}

test('every policy with a glob that matches applies, in the order of the files', () => {
  const text = [
    policyText({ name: 'all', globs: '- glob: "**"' }),
    policyText({ name: 'hub', globs: '- glob: index.docker.io/**' }),
    policyText({ name: 'two', globs: '- glob: quay.io/**\n- glob: ghcr.io/acme/*' }),
  ].join('---\n');
  expect(selected(text, 'ghcr.io/acme/app')).toEqual(['all', 'two']);
  expect(selected(text, 'nginx')).toEqual(['all', 'hub']);
  expect(selected(text, 'ghcr.io/acme/team/app')).toEqual(['all']);
});

// Rows 27 and 28.
test.each([
  ['nginx', 'docker.io/nginx', 'index.docker.io/library/nginx', 'registry-1.docker.io/library/nginx'],
  ['ghcr.io/acme/app', 'GHCR.IO/acme/app', 'ghcr.io:443/acme/app', 'GhCr.Io:0443/acme/app'],
])('the spellings of %s select the same policies', (...images) => {
  const text = [
    policyText({ name: 'hub', globs: '- glob: index.docker.io/library/*' }),
    policyText({ name: 'ghcr', globs: '- glob: ghcr.io/**' }),
  ].join('---\n');
  const [first = '', ...others] = images;
  expect(selected(text, first)).toHaveLength(1);
  for (const other of others) expect(selected(text, other)).toEqual(selected(text, first));
});

test('no policy can match a repository that no glob reaches', () => {
  const { policies } = setOf(policyText({ globs: '- glob: ghcr.io/acme/app@sha256:00*' }));
  const repository = (image: string) => ({ ...parseReference(image), object: undefined });
  expect(selectForRepository(policies, repository('evil.example/acme/app'))).toEqual([]);
  expect(selectForRepository(policies, repository('ghcr.io/acme/other'))).toEqual([]);
  expect(selectForRepository(policies, repository('ghcr.io/acme/app'))).toHaveLength(1);
  expect(selected(policyText({ globs: '- glob: ghcr.io/acme/app@sha256:00*' }), 'ghcr.io/acme/app')).toEqual([]);
});

describe('match', () => {
  const policy = (entry: string): string => policyText({ spec: `match:\n  - ${entry}` });
  const DEPLOYMENT = object('apps/v1', 'Deployment', { app: 'web', tier: 'front' });
  const POD = object('v1', 'Pod', { match: 'match' });

  test.each<readonly [string, string, NamingObject | undefined, boolean]>([
    ['the kind', '{group: apps, version: v1, resource: deployments}', DEPLOYMENT, true],
    ['another kind', '{group: apps, version: v1, resource: statefulsets}', DEPLOYMENT, false],
    ['any version', '{group: apps, version: "*", resource: deployments}', DEPLOYMENT, true],
    ['another version', '{group: apps, version: v1beta1, resource: deployments}', DEPLOYMENT, false],
    [
      'another group of the same kind',
      '{group: apps, version: v1, resource: deployments}',
      object('acme.example/v1', 'Deployment'),
      false,
    ],
    ['pods', '{group: "", version: v1, resource: pods}', POD, true],
    ['pods, the group left out', '{version: v1, resource: pods}', POD, true],
    ['pods on a Deployment', '{group: "", version: v1, resource: pods}', DEPLOYMENT, false],
    ['cron jobs', '{group: batch, version: v1, resource: cronjobs}', object('batch/v1', 'CronJob'), true],
    ['no object', '{group: "", version: v1, resource: pods}', undefined, false],
    // Row 18.
    ['a label', '{version: v1, resource: pods, selector: {matchLabels: {match: match}}}', POD, true],
    ['another label', '{version: v1, resource: pods, selector: {matchLabels: {match: other}}}', POD, false],
    [
      'a label of an object without',
      '{version: v1, resource: pods, selector: {matchLabels: {match: match}}}',
      object('v1', 'Pod'),
      false,
    ],
    ['an empty selector', '{version: v1, resource: pods, selector: {}}', object('v1', 'Pod'), true],
    [
      'In',
      '{version: v1, resource: pods, selector: {matchExpressions: [{key: match, operator: In, values: [a, match]}]}}',
      POD,
      true,
    ],
    [
      'In, without the label',
      '{version: v1, resource: pods, selector: {matchExpressions: [{key: x, operator: In, values: [a]}]}}',
      POD,
      false,
    ],
    [
      'NotIn',
      '{version: v1, resource: pods, selector: {matchExpressions: [{key: match, operator: NotIn, values: [match]}]}}',
      POD,
      false,
    ],
    [
      'NotIn, without the label',
      '{version: v1, resource: pods, selector: {matchExpressions: [{key: x, operator: NotIn, values: [a]}]}}',
      POD,
      true,
    ],
    [
      'Exists',
      '{version: v1, resource: pods, selector: {matchExpressions: [{key: match, operator: Exists}]}}',
      POD,
      true,
    ],
    [
      'DoesNotExist',
      '{version: v1, resource: pods, selector: {matchExpressions: [{key: match, operator: DoesNotExist}]}}',
      POD,
      false,
    ],
    [
      'all parts of a selector',
      '{version: v1, resource: pods, selector: {matchLabels: {match: match}, matchExpressions: [{key: x, operator: Exists}]}}',
      POD,
      false,
    ],
  ])('%s', (_, entry, named, expected) => {
    expect(selected(policy(entry), 'ghcr.io/acme/app', named)).toEqual(expected ? ['ours'] : []);
  });

  test('any entry is enough, and a glob must match besides', () => {
    const text = policyText({
      spec: 'match:\n  - {group: batch, version: v1, resource: jobs}\n  - {group: apps, version: v1, resource: deployments}',
    });
    expect(selected(text, 'ghcr.io/acme/app', DEPLOYMENT)).toEqual(['ours']);
    expect(selected(text, 'ghcr.io/other/app', DEPLOYMENT)).toEqual([]);
  });
});

describe('countersign/namespaces', () => {
  const inNamespace = (globs: string, namespace: string): string[] => {
    const annotations = `countersign/namespaces: |\n${globs.replace(/^/gm, '  ')}`;
    const text = [policyText({ name: 'narrow', annotations }), policyText({ name: 'wide' })].join('---\n');
    return policiesInNamespace(setOf(text).policies, namespace).map(({ name }) => name);
  };

  test.each([
    ['prod', 'prod'],
    ['prod-*', 'prod-eu'],
    ['dev\nprod-*', 'prod-eu'],
    ['*-prod', 'eu-prod'],
    ['*', 'default'],
    ['a*c', 'abc'],
  ])('%j applies in %s', (globs, namespace) => {
    expect(inNamespace(globs, namespace)).toEqual(['narrow', 'wide']);
  });

  // Each is one step away from a namespace that is named. The policy without the annotation applies everywhere.
  test.each([
    ['prod', 'prod-eu'],
    ['prod', 'xprod'],
    ['prod-*', 'prod'],
    ['dev\nprod-*', 'staging'],
    ['*-prod', 'eu-prod-2'],
    ['a*c', 'ab'],
    ['prod', 'Prod'],
    ['prod', ''],
  ])('%j does not apply in %j', (globs, namespace) => {
    expect(inNamespace(globs, namespace)).toEqual(['wide']);
  });

  test('the reader says that other checks do not look at it', () => {
    const { notices } = setOf(policyText({ annotations: 'countersign/namespaces: prod' }));
    expect(notices.join()).toContain('countersign/namespaces limits it in the admission webhook only');
    expect(setOf(policyText({})).notices.join()).not.toContain('namespaces');
  });
});
