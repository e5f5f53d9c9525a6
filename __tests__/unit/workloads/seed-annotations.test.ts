import { describe, expect, test } from 'vitest';
import type { NamedImage } from '../../../src/workloads/named-image.ts';
import { imagesOfObject } from '../../../src/workloads/object-images.ts';
import { problemsOf, read } from './read.ts';

const SUBJECT = 'https://github.com/chrisns/cosign-keyless-demo/.github/workflows/ci.yml@refs/heads/main';
const ISSUER = 'https://token.actions.githubusercontent.com';

/** The tutorial's Pod, with annotations. */
const tutorial = (annotations: Readonly<Record<string, unknown>>): string => `apiVersion: v1
kind: Pod
metadata:
  name: demo
  annotations: ${JSON.stringify(annotations)}
spec:
  containers:
  - name: demo
    image: ghcr.io/chrisns/cosign-keyless-demo:latest
`;
const GOOD = { 'subject.cosign.sigstore.dev/demo': SUBJECT, 'issuer.cosign.sigstore.dev/demo': ISSUER };

const signers = (images: readonly NamedImage[]): unknown[] => images.map(({ annotated }) => annotated);

describe("the tutorial's Pods", () => {
  test.each([
    ['both', GOOD, { subject: SUBJECT, issuer: ISSUER }],
    ['only a subject', { 'subject.cosign.sigstore.dev/demo': SUBJECT }, { subject: SUBJECT, issuer: undefined }],
    ['only an issuer', { 'issuer.cosign.sigstore.dev/demo': ISSUER }, { subject: undefined, issuer: ISSUER }],
    ['a bad subject', { ...GOOD, 'subject.cosign.sigstore.dev/demo': 'bad' }, { subject: 'bad', issuer: ISSUER }],
    ['a bad issuer', { ...GOOD, 'issuer.cosign.sigstore.dev/demo': 'bad' }, { subject: SUBJECT, issuer: 'bad' }],
    ['none', { other: 'x' }, undefined],
  ])('%s', (_name, annotations, signer) => {
    const found = read(tutorial(annotations));
    expect(problemsOf(found)).toEqual([]);
    expect(signers(found.images)).toEqual([signer]);
    // The webhook reads the same.
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'demo', annotations } };
    const spec = { containers: [{ name: 'demo', image: 'nginx' }] };
    expect(signers(imagesOfObject({ ...object, spec }).images)).toEqual([signer]);
  });

  test.each([
    ['an empty value', { ...GOOD, 'subject.cosign.sigstore.dev/demo': '' }, 'empty'],
    ['white space', { ...GOOD, 'issuer.cosign.sigstore.dev/demo': ' ' }, 'empty'],
    ['white space around the value', { ...GOOD, 'issuer.cosign.sigstore.dev/demo': `${ISSUER}\n` }, 'white space'],
    ['quotation marks in the value', { ...GOOD, 'issuer.cosign.sigstore.dev/demo': `"${ISSUER}"` }, 'quotation marks'],
    ['a number', { 'subject.cosign.sigstore.dev/demo': 1 }, 'not text'],
    ['null', { 'subject.cosign.sigstore.dev/demo': null }, 'not text'],
    ['a name that no container has', { 'subject.cosign.sigstore.dev/dem0': SUBJECT }, 'no container'],
    ['no name', { 'subject.cosign.sigstore.dev/': SUBJECT }, 'no container'],
    ['another word', { 'subjects.cosign.sigstore.dev/demo': SUBJECT }, 'no annotation with this name'],
    ['capitals', { 'Subject.cosign.sigstore.dev/demo': SUBJECT }, 'no annotation with this name'],
  ])('%s is refused', (_name, annotations, what) => {
    const found = read(tutorial(annotations));
    expect(found.problems).toMatchObject([
      { line: 5, document: 1, object: 'Pod/demo', what: expect.stringContaining(what) },
    ]);
    expect(found.problems[0]?.field).toContain('metadata.annotations[');
    const spec = { containers: [{ name: 'demo', image: 'nginx' }] };
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: { annotations }, spec };
    expect(imagesOfObject(object).problems).toHaveLength(1);
  });
});

const SPEC = `containers: [{name: app, image: a}, {name: both, image: b}]
initContainers: [{name: init, image: c}]
ephemeralContainers: [{name: debug, image: d}]
volumes: [{name: data, image: {reference: e}}, {name: both, image: {reference: f}}, {name: config, configMap: {}}]`;

/** A template with annotations for those names. */
function template(path: string, names: readonly string[]): string {
  const annotations = names.map((name) => `subject.cosign.sigstore.dev/${name}: of-${name}`).join(', ');
  const steps = path === '' ? [] : path.split('.');
  const pad = '  '.repeat(steps.length);
  const head = steps.map((step, index) => `${'  '.repeat(index)}${step}:\n`).join('');
  return `${head}${pad}metadata: {name: it, annotations: {${annotations}}}\n${pad}spec:\n${SPEC.replace(/^/gm, `${pad}  `)}\n`;
}

describe.each([
  ['v1', 'Pod', ''],
  ['v1', 'PodTemplate', 'template'],
  ['apps/v1', 'Deployment', 'spec.template'],
  ['batch/v1', 'Job', 'spec.template'],
  ['batch/v1', 'CronJob', 'spec.jobTemplate.spec.template'],
  ['serving.knative.dev/v1', 'Service', 'spec.template'],
  ['serving.knative.dev/v1', 'Revision', ''],
  ['acme.example/v1', 'Unknown', 'spec.x.y'],
])('%s %s', (apiVersion, kind, path) => {
  const head = `apiVersion: ${apiVersion}\nkind: ${kind}\n`;

  test('containers of every kind and image volumes have their signers', () => {
    const found = read(head + template(path, ['app', 'both', 'init', 'debug', 'data']));
    expect(problemsOf(found)).toEqual([]);
    expect(found.images.map(({ image, annotated }) => [image, annotated?.subject])).toEqual([
      ['a', 'of-app'],
      ['b', 'of-both'],
      ['c', 'of-init'],
      ['d', 'of-debug'],
      ['e', 'of-data'],
      ['f', 'of-both'],
    ]);
  });

  test.each(['config', 'nobody', 'App'])('twin: %s names no container and no image volume', (name) => {
    const found = read(head + template(path, ['app', name]));
    expect(found.problems).toHaveLength(1);
    expect(found.problems[0]?.cure).toContain('"init"');
  });
});

describe('annotations where the webhook would not read them', () => {
  const misplaced = (metadata: string, rest: string): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: ${metadata}\nspec:\n  template:\n    ${rest}\n`;
  const SIGNER = '{annotations: {subject.cosign.sigstore.dev/a: s}}';
  const POD = 'spec: {containers: [{name: a, image: nginx}]}';

  test("on the Deployment's own metadata they are refused, with the place to write them", () => {
    expect(read(misplaced(SIGNER, POD)).problems).toMatchObject([
      { line: 3, cure: expect.stringContaining('spec.template.metadata.annotations') },
    ]);
  });

  test('twin: without one there is no problem', () => {
    expect(read(misplaced('{annotations: {a/b: c}}', POD)).problems).toEqual([]);
  });

  test.each([
    ['a template with Metadata', misplaced('{}', `Metadata: ${SIGNER}\n    ${POD}`)],
    ['a template with Annotations', misplaced('{}', `metadata: ${SIGNER.replace('a', 'A')}\n    ${POD}`)],
    ['a Pod specification', misplaced('{}', `spec: {annotations: {issuer.cosign.sigstore.dev/a: i}, ${POD.slice(7)}`)],
    ['labels', misplaced('{}', `metadata: ${SIGNER.replace('annotations', 'labels')}\n    ${POD}`)],
    ['a template without containers', misplaced('{}', `metadata: ${SIGNER}`)],
    [
      "a Job's metadata in a CronJob",
      `apiVersion: batch/v1\nkind: CronJob\nspec:\n  jobTemplate:\n    metadata: ${SIGNER}\n    spec: {template: {${POD}}}\n`,
    ],
    [
      'an Argo Workflow',
      `apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: ${SIGNER}\nspec: {templates: [{container: {image: nginx}}]}\n`,
    ],
    [
      'a template of an Argo Workflow',
      `apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec: {templates: [{metadata: ${SIGNER}, container: {name: a, image: nginx}}]}\n`,
    ],
    [
      'a Tekton Task',
      `apiVersion: tekton.dev/v1\nkind: Task\nmetadata: ${SIGNER}\nspec: {steps: [{name: a, image: nginx}]}\n`,
    ],
  ])('%s', (_name, text) => {
    const found = read(text);
    expect(found.problems).toMatchObject([
      { what: 'the annotation asks for a signer, and no container belongs to it' },
    ]);
  });
});
