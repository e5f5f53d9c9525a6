import { describe, expect, test } from 'vitest';
import { problemsOf, read, shown } from './read.ts';

const argo = (kind: string, spec: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nmetadata: {generateName: w-}\nspec:\n${spec}`;
const tekton = (kind: string, spec: string): string =>
  `apiVersion: tekton.dev/v1\nkind: ${kind}\nmetadata: {name: t}\nspec:\n${spec}`;

const TEMPLATE =
  '{name: x, initContainers: [{image: a}], sidecars: [{image: b}], container: {image: c}, script: {image: d}, containerSet: {containers: [{image: e}]}, volumes: [{name: v, image: {reference: f}}]}';

test.each([
  ['Workflow', `  templates: [${TEMPLATE}]\n`],
  ['WorkflowTemplate', `  templates: [${TEMPLATE}]\n`],
  ['ClusterWorkflowTemplate', `  templateDefaults: ${TEMPLATE}\n`],
  ['CronWorkflow', `  workflowSpec: {templates: [${TEMPLATE}]}\n`],
  [
    'Sensor',
    `  triggers: [{template: {k8s: {source: {resource: {apiVersion: argoproj.io/v1alpha1, kind: Workflow, spec: {templates: [${TEMPLATE}]}}}}}}]\n`,
  ],
])('Argo %s: every container of a template', (kind, spec) => {
  const found = read(argo(kind, spec));
  expect(problemsOf(found)).toEqual([]);
  expect(found.images.map(({ image }) => image).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  // Twin: each one that only a run knows is refused.
  for (const image of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const twin = read(argo(kind, spec.replace(new RegExp(`: ${image}\\}`), `: '{{inputs.parameters.${image}}}'}`)));
    expect(twin.problems, image).toHaveLength(1);
    expect(twin.problems[0]?.cure, image).toContain('what a run fills in later cannot be checked');
  }
});

describe('manifests in Argo templates', () => {
  const resource = (manifest: string): string =>
    argo('Workflow', `  templates:\n  - name: x\n    resource:\n      action: create\n      manifest: ${manifest}`);
  const BLOCK = `|
        apiVersion: batch/v1
        kind: Job
        metadata: {name: j}
        spec: {template: {spec: {containers: [
          {image: nginx}]}}}
`;

  test('an embedded object is read, and its line is that of the file', () => {
    const found = read(resource(BLOCK));
    expect(problemsOf(found)).toEqual([]);
    expect(shown(found)).toEqual([
      '14 Job/j spec.templates[0].resource.manifest.spec.template.spec.containers[0].image nginx',
    ]);
    expect(resource(BLOCK).split('\n')[13]).toContain('nginx');
    expect(found.images[0]?.text).toBeUndefined();
  });

  test.each([
    ['a variable as its image', BLOCK.replace('nginx', "'{{inputs.parameters.x}}'")],
    ['a variable that is not YAML', BLOCK.replace('{name: j}', '{{inputs.parameters.x}}')],
    ['an unknown kind', BLOCK.replace('batch/v1', 'evil.example/v1').replace('containers: [', 'container: [')],
    ['YAML that cannot be read', BLOCK.replace('kind: Job', 'kind: Job\n        kind: Pod')],
    ['no object', '|\n        nginx\n'],
    ['the whole as a variable', '"{{inputs.parameters.manifest}}"\n'],
  ])('twin: %s is refused', (_name, manifest) => {
    const found = read(resource(manifest));
    expect(found.images).toEqual([]);
    expect(found.problems.length).toBeGreaterThan(0);
  });

  test('a manifest from an artifact is refused', () => {
    const found = read(
      argo('Workflow', '  templates: [{resource: {action: create, manifestFrom: {artifact: {name: x}}}}]\n'),
    );
    expect(problemsOf(found)).toEqual([expect.stringContaining('comes from an artifact')]);
  });

  test('podSpecPatch may replace an image', () => {
    const patched = (patch: string): string =>
      argo('Workflow', `  templates: [{container: {image: a}}]\n  podSpecPatch: ${patch}\n`);
    expect(
      shown(read(patched('\'{"containers":[{"name":"main","image":"evil"}]}\'')))
        .slice(0, 2)
        .sort(),
    ).toEqual([
      '5 Workflow/w-* spec.templates[0].container.image a',
      '6 Workflow/w-* spec.podSpecPatch.containers[0].image evil',
    ]);
    expect(read(patched("'{{workflow.parameters.patch}}'")).problems).toHaveLength(1);
  });

  test('manifests within manifests have a limit', () => {
    const text = `apiVersion: v1\nkind: List\nitems:\n- apiVersion: argoproj.io/v1alpha1\n  kind: Workflow\n  spec:\n    a: &a\n      resource:\n        manifest: '${'# x'.repeat(100_000)}'\n    b: [${'*a,'.repeat(40)}]\n`;
    expect(read(text).problems.length).toBeGreaterThan(0);
  });
});

const STEPS = `{stepTemplate: {image: a}, steps: [{name: s, image: b}, {name: ref, ref: {name: action}}], sidecars: [{image: c}], volumes: [{name: v, image: {reference: d}}]}`;

test.each([
  ['Task', `  ${STEPS.slice(1, -1).replaceAll('], ', ']\n  ').replace('}, steps', '}\n  steps')}\n`],
  ['TaskRun', `  taskSpec: ${STEPS}\n`],
  ['Pipeline', `  tasks: [{name: x, taskSpec: ${STEPS}}]\n`],
  ['PipelineRun', `  pipelineSpec: {tasks: [{name: x, taskSpec: ${STEPS}}]}\n`],
])('Tekton %s: steps, their template, sidecars and volumes', (kind, spec) => {
  const found = read(tekton(kind, spec));
  expect(problemsOf(found)).toEqual([]);
  expect(found.images.map(({ image }) => image).sort()).toEqual(['a', 'b', 'c', 'd']);
  const twin = read(tekton(kind, spec.replace('image: b', "image: '$(params.image)'")));
  expect(twin.problems).toHaveLength(1);
});

test('Tekton: a StepAction is a step, and a bundle is an image', () => {
  expect(shown(read(tekton('StepAction', '  image: a\n  args: [image]\n')))).toEqual(['5 StepAction/t spec.image a']);
  expect(shown(read(tekton('TaskRun', '  taskRef: {name: x, bundle: a}\n')))).toEqual([
    '5 TaskRun/t spec.taskRef.bundle a',
  ]);
  const resolver =
    '  pipelineRef: {resolver: bundles, params: [{name: bundle, value: a}, {name: kind, value: pipeline}]}\n';
  expect(shown(read(tekton('PipelineRun', resolver)))).toEqual(['5 PipelineRun/t spec.pipelineRef.params[0].value a']);
  expect(read(tekton('PipelineRun', resolver.replace('value: a', 'value: $(params.x)'))).problems).toHaveLength(1);
});

test('objects in a TriggerTemplate and in an OpenShift Template are read as what they are', () => {
  const trigger = `apiVersion: triggers.tekton.dev/v1beta1\nkind: TriggerTemplate\nspec: {resourcetemplates: [{apiVersion: tekton.dev/v1, kind: TaskRun, spec: {taskSpec: {steps: [{image: a}]}}}]}\n`;
  expect(shown(read(trigger))).toEqual(['3 TriggerTemplate spec.resourcetemplates[0].spec.taskSpec.steps[0].image a']);
  const template = `apiVersion: template.openshift.io/v1\nkind: Template\nobjects: [{apiVersion: v1, kind: Pod, spec: {containers: [{image: IMAGE}]}}]\n`;
  expect(shown(read(template.replace('IMAGE', 'a')))).toEqual(['3 Template objects[0].spec.containers[0].image a']);
  expect(read(template.replace('IMAGE', `'$\{IMAGE}'`)).problems).toHaveLength(1);
});

test('an image stream of OpenShift that decides is refused', () => {
  const config = (triggers: string): string =>
    `apiVersion: apps.openshift.io/v1\nkind: DeploymentConfig\nspec: {triggers: ${triggers}, template: {spec: {containers: [{name: a, image: nginx}]}}}\n`;
  expect(read(config('[{type: ConfigChange}]')).problems).toEqual([]);
  expect(
    read(config('[{type: ImageChange, imageChangeParams: {from: {kind: ImageStreamTag, name: x}}}]')).problems,
  ).toHaveLength(1);
});
