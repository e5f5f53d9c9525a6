import { isJsonObject, type JsonObject } from '../../../src/domain/text/json-object.ts';
import { expectThat, type Report } from '../../common/report.ts';
import { storedImages } from '../stored-images.ts';
import { commandPassed, commandRefused, messageOf, refused, stored } from './answers.ts';
import { putImage } from './images.ts';
import { deployment, pod } from './objects.ts';
import { FINALIZER, LEGACY, SHOP, type Stage } from './stage.ts';
import { signerAnnotations } from './tutorial.ts';

/** What is already there: judged when its images change, and left alone when they do not. */
export async function checkUpdates(report: Report, stage: Stage): Promise<void> {
  const { kube, world, images, create, patch, read } = stage;
  const { app, tool, unsigned } = images;
  const running = pod({ name: 'running', namespace: SHOP }, { containers: { app: app.pinned } });
  const serving = deployment({ name: 'serving', namespace: SHOP }, { containers: { app: app.pinned } });
  const old = deployment({ name: 'old', namespace: LEGACY }, {});
  const container = (image: string): JsonObject => ({ name: 'app', image });
  const withImage = (image: string, replicas: number): JsonObject => ({
    spec: { replicas, template: { spec: { containers: [container(image)] } } },
  });
  const replicasOf = (object: JsonObject): unknown =>
    isJsonObject(object['spec']) ? object['spec']['replicas'] : undefined;

  await report.check('kubectl set image to an unsigned image is refused, and nothing changes', async () => {
    stored(await create(running));
    stored(await create(serving));
    for (const [object, path] of [
      ['pod/running', 'spec.containers[0].image'],
      ['deployment/serving', 'spec.template.spec.containers[0].image'],
    ] as const) {
      const ran = await kube.kubectl(['set', 'image', '-n', SHOP, object, `app=${unsigned.tagged}`]);
      commandRefused(ran, unsigned.tagged, path, 'NO_SIGNATURE');
    }
    for (const object of [running, serving]) {
      const found = storedImages(await read(object)).join();
      expectThat(found === app.pinned, app.pinned, found);
    }
  });
  await report.check('kubectl set image to a signed image is admitted and pinned', async () => {
    for (const [object, name] of [
      [running, 'pod/running'],
      [serving, 'deployment/serving'],
    ] as const) {
      commandPassed(await kube.kubectl(['set', 'image', '-n', SHOP, name, `app=${tool.tagged}`]));
      const found = storedImages(await read(object)).join();
      expectThat(found === `${tool.tagged}@${tool.digest}`, 'a pinned tag', found);
    }
  });
  await report.check('an unsigned Deployment from before the webhook scales up and down', async () => {
    for (const replicas of [3, 1, 2]) stored(await patch(old, { spec: { replicas } }));
    commandPassed(await kube.kubectl(['scale', '-n', LEGACY, 'deployment/old', '--replicas=4']));
    expectThat(replicasOf(await read(old)) === 4, '4 replicas', String(replicasOf(await read(old))));
  });
  await report.check('a smaller scale together with another unsigned image is refused', async () => {
    const other = putImage(world, 'acme/unsigned', 'other', '2.0');
    refused(
      await patch(old, withImage(other.pinned, 1)),
      other.pinned,
      'spec.template.spec.containers[0].image',
      'NO_SIGNATURE',
    );
    refused(await patch(old, withImage(unsigned.tagged, 1)), unsigned.tagged, 'NO_SIGNATURE');
    expectThat(replicasOf(await read(old)) === 4, '4 replicas', String(replicasOf(await read(old))));
  });
  await report.check('a smaller scale together with a signed image is admitted', async () => {
    const name = 'old-cured';
    stored(await create(deployment({ name, namespace: SHOP }, { containers: { app: app.pinned } }, { replicas: 3 })));
    stored(await patch(deployment({ name, namespace: SHOP }, {}), withImage(tool.pinned, 1)));
  });
  await report.check('labels alone may change on an unsigned Pod and Deployment', async () => {
    stored(await patch(old, { metadata: { labels: { team: 'a' } } }));
    commandPassed(await kube.kubectl(['label', '-n', LEGACY, 'pod/old', 'team=a']));
    commandPassed(await kube.kubectl(['annotate', '-n', LEGACY, 'pod/old', 'example.com/note=text']));
  });
  await report.check('the tutorial’s annotations are judged when they change', async () => {
    const annotations = signerAnnotations('app', { subject: 'somebody', issuer: world.sigstore.issuer });
    refused(await patch(pod({ name: 'old', namespace: LEGACY }, {}), { metadata: { annotations } }), unsigned.pinned);
    refused(
      await patch(running, {
        metadata: { annotations: signerAnnotations('app', { subject: 'somebody', issuer: world.sigstore.issuer }) },
      }),
      tool.tagged,
      'IDENTITY_MISMATCH',
    );
  });
  await checkOutage(report, stage);
  await report.check('--dry-run=server shows the verdict and stores nothing', async () => {
    const apply = (image: string) =>
      kube.kubectl(['apply', '--dry-run=server', '-o', 'json', '-f', '-'], {
        input: JSON.stringify(pod({ name: 'dry', namespace: SHOP }, { containers: { app: image } })),
      });
    commandRefused(await apply(unsigned.pinned), unsigned.pinned, 'NO_SIGNATURE');
    const out = commandPassed(await apply(app.tagged));
    expectThat(out.includes(`${app.tagged}@${app.digest}`), 'a pinned tag', out);
    const { code } = await kube.kubectl(['get', '-n', SHOP, 'pod/dry']);
    expectThat(code !== 0, 'nothing that is stored', String(code));
  });
}

/** The registry is down: what does not change its images goes on. */
async function checkOutage(report: Report, stage: Stage): Promise<void> {
  const { kube, world, images, create, patch, outage } = stage;
  await report.check('while the registry is down, a finalizer of an unsigned Pod can be removed', async () => {
    const held = pod({ name: 'held', namespace: LEGACY }, {});
    outage.isOn = true;
    try {
      await kube.send({ method: 'DELETE', path: `/api/v1/namespaces/${LEGACY}/pods/held?gracePeriodSeconds=0` });
      const waiting = await stage.read(held);
      const metadata = isJsonObject(waiting['metadata']) ? waiting['metadata'] : {};
      expectThat(
        metadata['deletionTimestamp'] !== undefined,
        `a Pod that waits for ${FINALIZER}`,
        JSON.stringify(metadata),
      );
      stored(await patch(held, { metadata: { finalizers: null } }));
      const { status } = await kube.send({ path: `/api/v1/namespaces/${LEGACY}/pods/held` });
      expectThat(status === 404, 'a Pod that is gone', String(status));
    } finally {
      outage.isOn = false;
    }
  });
  await report.check(
    'while the registry is down, a new image is refused as an outage, and a known one admitted',
    async () => {
      const fresh = putImage(world, 'acme/app', 'while the registry is down', 'down');
      outage.isOn = true;
      try {
        const answer = await create(pod({ name: 'fresh', namespace: SHOP }, { containers: { app: fresh.pinned } }));
        const message = refused(answer, fresh.pinned, 'REGISTRY_UNAVAILABLE');
        expectThat(!message.includes('NO_SIGNATURE'), 'no word about a missing signature', message);
        const known = await create(pod({ name: 'known', namespace: SHOP }, { containers: { app: images.app.pinned } }));
        expectThat(known.status === 201, 'a Pod from memory', messageOf(known));
      } finally {
        outage.isOn = false;
      }
    },
  );
}
