/**
 * The tutorial's last part, for real, on a bare machine: the built dist/webhook as a cluster would run it, an embedded
 * registry and Sigstore, and the admission phase of an API server. The settings and webhook configurations are those of
 * deploy/, the policy and the Pods those of deploy/examples. Exits 0 only if every line below went as it says.
 */

import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { createDemoSteps } from './demo-steps.ts';
import { at, type JsonObject, listAt } from './http/json-body.ts';
import { buildImage, pushImage } from './registry/image-builder.ts';
import { type Admission, createApiServer, type ObjectRequest } from './webhook/admission.ts';
import { startWebhook } from './webhook/start-webhook.ts';
import { ROOT, startWorld } from './world.ts';

const steps = createDemoSteps();
const { step } = steps;

function expectThat(what: string, holds: boolean, shown: unknown = undefined): void {
  steps.expectThat(what, holds, shown === undefined ? undefined : () => JSON.stringify(shown, null, 2));
}

/** As the terminal shows it. */
function show(text: string): void {
  console.log(text.replace(/^/gm, '  | '));
}

async function objectsOf(path: string, from = '', to = ''): Promise<readonly JsonObject[]> {
  const text = await readFile(join(ROOT, 'deploy', path), 'utf8');
  return parseAllDocuments(from === '' ? text : text.replaceAll(from, to)).map((one) => one.toJS() as JsonObject);
}

/** The ConfigMap of deploy/base. */
async function settings(): Promise<Readonly<Record<string, string>>> {
  const [kustomization] = await objectsOf('base/kustomization.yaml');
  const literals = listAt(kustomization, 'configMapGenerator', 0, 'literals').map(String);
  return Object.fromEntries(literals.map((one) => one.split(/=(.*)/s) as [string, string]));
}

console.log(
  'A registry, a Sigstore and the admission phase of an API server are started on loopback in this process, and\n' +
    'dist/webhook in one of its own. Nothing leaves this machine.',
);

/** The tutorial's image and who signs it there. */
const ORIGINAL = 'ghcr.io/chrisns/cosign-keyless-demo';
const ISSUER = 'https://token.actions.githubusercontent.com';
await using world = await startWorld({
  // A registry that serves nobody without a login.
  auth: 'basic',
  sigstore: {
    issuer: ISSUER,
    run: { repository: 'chrisns/cosign-keyless-demo', workflowPath: '.github/workflows/ci.yml' },
  },
});
const { directory } = world;
// Nothing stays behind, whatever ends the demo: the end of this file, an error or Ctrl-C.
process.once('exit', () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

step('The tutorial’s workflow builds its image, and signs it with this action');
const image = buildImage({ content: 'the tutorial’s image' });
const repository = `${world.host}/chrisns/cosign-keyless-demo`;
const outsiders = buildImage({ content: 'pushed by an outsider' });
for (const [path, one] of [
  ['chrisns/cosign-keyless-demo', image],
  ['chrisns/cosign-keyless-demo/outsider', outsiders],
] as const) {
  await pushImage(world.registryUrl, path, one, { tag: 'latest', ...(await world.pushLogin(path)) });
}
const signing = await world.sign({ images: `${repository}:latest`, digest: image.digest });
expectThat('the step passes', signing.exitCode === 0, signing.log);
console.log(`  ${repository}:latest stands in for ${ORIGINAL}:latest`);

step('The webhook starts: deploy/ with deploy/examples/tutorial.yaml');
// One policy for the image of the tutorial and for everything below its name.
const policy = (await readFile(join(ROOT, 'deploy/examples/tutorial.yaml'), 'utf8')).replace(
  `- glob: ${ORIGINAL}@*`,
  `- glob: ${repository}@*\n    - glob: ${repository}/**`,
);
show(policy.slice(policy.indexOf('apiVersion')).trimEnd());
await using webhook = await startWebhook({
  policies: { 'tutorial.yaml': policy },
  env: {
    ...(await settings()),
    // Not a cluster: nothing to watch, and no Pods that run.
    ...{ COUNTERSIGN_POLICIES_FROM_API: 'false', COUNTERSIGN_REJUDGE_EVERY: '0s' },
    COUNTERSIGN_TRUSTED_ROOT: world.files.trustedRoot,
    // The stand-in for ghcr.io is on loopback, where no image of a cluster may lead the webhook.
    COUNTERSIGN_PRIVATE_HOSTS: world.host,
    // The login, as the Secret countersign-registry-login is mounted.
    DOCKER_CONFIG: directory,
  },
});
await webhook.ready();
expectThat('it is ready, and needs neither the log nor a TUF server', (await webhook.page('/readyz')).status === 200);

const configurations = await objectsOf('base/webhooks.yaml');
const cluster = createApiServer({ configurations, service: webhook });
const pods = await objectsOf('examples/tutorial-pods.yaml', ORIGINAL, repository);
const podNamed = (name: string): JsonObject => pods.find((one) => at(one, 'metadata', 'name') === name) ?? {};

/** Asks as kubectl would, and prints what its user reads. */
async function create(
  what: string,
  asked: Omit<ObjectRequest, 'namespace'> & { readonly namespace?: string },
): Promise<Admission> {
  const namespace = asked.namespace ?? 'default';
  step(what);
  const admission = await cluster.admit({ ...asked, namespace });
  const { kind, metadata } = asked.object as { readonly kind: string; readonly metadata: { readonly name: string } };
  for (const warning of admission.warnings) show(`Warning: ${warning}`);
  if (admission.kind === 'refused') show(admission.error);
  else show(`${kind.toLowerCase()}/${metadata.name} created`);
  return admission;
}

/** The name that the manifests give it, and no other place. */
const NAME = String(
  at(configurations.find(({ kind }) => kind === 'ValidatingWebhookConfiguration')?.['webhooks'], 0, 'name'),
);
const isDenied = (admission: Admission, ...words: readonly string[]): boolean =>
  admission.kind === 'refused' &&
  admission.error.includes(`admission webhook "${NAME}" denied the request: `) &&
  words.every((one) => admission.error.includes(one));

const good = await create('kubectl apply -f good.yaml', { object: podNamed('good') });
expectThat('the tutorial’s good Pod is admitted', good.kind === 'stored' && good.called === 2, good);
const stored = good.kind === 'stored' ? at(good.object, 'spec', 'containers', 0, 'image') : undefined;
show(`image: ${String(stored)}`);
expectThat(
  'and runs what was checked: its tag is pinned to the digest',
  stored === `${repository}:latest@${image.digest}`,
);

const badSubject = await create('kubectl apply -f bad-subject.yaml', { object: podNamed('bad-subject') });
expectThat(
  'the same Pod that asks for another subject is refused',
  isDenied(badSubject, 'IDENTITY_MISMATCH'),
  badSubject,
);
const badIssuer = await create('kubectl apply -f bad-issuer.yaml', { object: podNamed('bad-issuer') });
expectThat('and the one that asks for another issuer', isDenied(badIssuer, 'ISSUER_MISMATCH'), badIssuer);

const withoutAnnotations = structuredClone(podNamed('good')) as { metadata: { annotations?: object } };
delete withoutAnnotations.metadata.annotations;
const bare = await create('The good Pod without its annotations', {
  object: withoutAnnotations as unknown as JsonObject,
});
expectThat('is held to the policy of the cluster, and admitted', bare.kind === 'stored', bare);

const withInit = structuredClone(podNamed('good')) as { spec: Record<string, unknown> };
withInit.spec['initContainers'] = [{ name: 'migrate', image: `${repository}/outsider@${outsiders.digest}` }];
const init = await create('The good Pod with an unsigned init container', {
  object: withInit as unknown as JsonObject,
});
expectThat(
  'is refused by the field of that container',
  isDenied(init, 'NO_SIGNATURE', 'spec.initContainers[0].image'),
  init,
);

const deployment: JsonObject = {
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'outsider' } },
  spec: {
    selector: { matchLabels: { app: 'outsider' } },
    template: {
      metadata: { labels: { app: 'outsider' } },
      spec: { containers: [{ name: 'demo', image: `${repository}/outsider:latest` }] },
    },
  },
};
const early = await create('kubectl create deployment outsider', { object: deployment });
expectThat(
  'a Deployment is refused before any of its Pods',
  isDenied(early, 'NO_SIGNATURE', 'spec.template.spec'),
  early,
);

const changed = {
  ...podNamed('good'),
  spec: { containers: [{ name: 'demo', image: `${repository}/outsider:latest` }] },
};
const update = await create('kubectl set image pod/good demo=…/outsider:latest', {
  ...{ operation: 'UPDATE', object: changed },
  oldObject: good.kind === 'stored' ? good.object : podNamed('good'),
});
expectThat('a running Pod gets no other image', isDenied(update, 'NO_SIGNATURE'), update);

const foreign = { ...podNamed('good'), spec: { containers: [{ name: 'demo', image: `${ORIGINAL}-x:latest` }] } };
const unmatched = await create('An image that no policy matches', { object: foreign });
expectThat('is refused, and its registry is not asked', isDenied(unmatched, 'POLICY_NO_MATCH'), unmatched);

const system = await create('The same in kube-system', { object: foreign, namespace: 'kube-system' });
expectThat(
  'is not asked about: the manifests leave that namespace out',
  system.kind === 'stored' && system.called === 0,
  system,
);

step('The webhook is stopped');
webhook.stop();
await webhook.ended;
const down = await create('kubectl apply -f good.yaml', { object: podNamed('good') });
expectThat(
  'without an answer nothing is admitted',
  down.kind === 'refused' && down.error.includes('failed calling webhook'),
  down,
);

process.exitCode = steps.finish();
