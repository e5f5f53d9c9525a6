import type { JsonObject } from '../../../src/domain/text/json-object.ts';
import { expectThat, type Report } from '../../common/report.ts';
import { storedImages } from '../stored-images.ts';
import { commandPassed, commandRefused, messageOf, refused, stored } from './answers.ts';
import {
  controller,
  cronJob,
  deployment,
  job,
  type Named,
  type PodImages,
  pod,
  replicationController,
} from './objects.ts';
import { SHOP, type Stage } from './stage.ts';

/** Every kind that the webhook is asked about, and where its Pod specification is. */
const KINDS: Readonly<
  Record<string, { readonly make: (metadata: Named, images: PodImages) => JsonObject; readonly spec: string }>
> = {
  Pod: { make: pod, spec: 'spec' },
  Deployment: { make: deployment, spec: 'spec.template.spec' },
  ReplicaSet: { make: (...given) => controller('ReplicaSet', ...given), spec: 'spec.template.spec' },
  StatefulSet: { make: (...given) => controller('StatefulSet', ...given), spec: 'spec.template.spec' },
  DaemonSet: { make: (...given) => controller('DaemonSet', ...given), spec: 'spec.template.spec' },
  Job: { make: job, spec: 'spec.template.spec' },
  CronJob: { make: cronJob, spec: 'spec.jobTemplate.spec.template.spec' },
  ReplicationController: { make: replicationController, spec: 'spec.template.spec' },
};

/** Every image field of every kind: refused with its path, admitted and pinned in the twin. */
export async function checkImageFields(report: Report, stage: Stage): Promise<void> {
  const { images, create } = stage;
  const { app, tool, sidecar, unsigned } = images;
  const good: Required<PodImages> = {
    containers: { app: app.tagged },
    initContainers: { init: tool.tagged },
    sidecars: { side: sidecar.tagged },
    volumes: { data: app.tagged },
  };
  const bad: Readonly<Record<string, { readonly images: PodImages; readonly path: string }>> = {
    container: {
      images: { ...good, containers: { app: app.tagged, second: unsigned.tagged } },
      path: 'containers[1].image',
    },
    'init container': {
      images: { ...good, initContainers: { init: unsigned.tagged } },
      path: 'initContainers[0].image',
    },
    sidecar: { images: { ...good, sidecars: { side: unsigned.tagged } }, path: 'initContainers[1].image' },
    'image volume': { images: { ...good, volumes: { data: unsigned.tagged } }, path: 'volumes[0].image.reference' },
  };
  for (const [kind, { make, spec }] of Object.entries(KINDS)) {
    await report.check(`${kind}: every image field is judged and pinned`, async () => {
      const name = `fields-${kind.toLowerCase()}`;
      for (const [what, { images: fields, path }] of Object.entries(bad)) {
        const answer = await create(make({ name, namespace: SHOP }, fields));
        const message = refused(answer, unsigned.tagged, `${spec}.${path}`, 'NO_SIGNATURE');
        expectThat(!message.includes(app.tagged), `a message about the ${what} alone`, message);
      }
      const found = [...storedImages(stored(await create(make({ name, namespace: SHOP }, good))))].sort();
      const wanted = [app, app, tool, sidecar].map(({ tagged, digest }) => `${tagged}@${digest}`).sort();
      expectThat(JSON.stringify(found) === JSON.stringify(wanted), wanted.join(', '), found.join(', '));
    });
  }
  await report.check('a ReplicationController without a template is the API server’s to refuse', async () => {
    const answer = await create(replicationController({ name: 'nothing', namespace: SHOP }, undefined));
    expectThat(messageOf(answer).includes('spec.template: Required value'), 'Required value', messageOf(answer));
  });
  await checkDebug(report, stage);
  await report.check('applying the same tags again changes nothing', async () => {
    const object = deployment({ name: 'again', namespace: SHOP }, good);
    const apply = () => stage.kube.kubectl(['apply', '-f', '-', '-o', 'json'], { input: JSON.stringify(object) });
    const generation = async () => JSON.parse(commandPassed(await apply())).metadata.generation;
    const first = await generation();
    const second = await generation();
    expectThat(first === second, `generation ${first}`, String(second));
  });
}

/** Debug containers come by a subresource. */
async function checkDebug(report: Report, { kube, images, create, read }: Stage): Promise<void> {
  const target = pod({ name: 'debugged', namespace: SHOP }, { containers: { app: images.app.pinned } });
  const debug = (image: string, name: string) =>
    kube.kubectl(['debug', '-n', SHOP, 'pod/debugged', '--profile=general', `--image=${image}`, '-c', name]);
  await report.check('kubectl debug with an unsigned image is refused', async () => {
    stored(await create(target));
    commandRefused(
      await debug(images.unsigned.tagged, 'bad'),
      images.unsigned.tagged,
      'spec.ephemeralContainers[0].image',
      'NO_SIGNATURE',
    );
    expectThat(storedImages(await read(target)).length === 1, 'one image', JSON.stringify(await read(target)));
  });
  await report.check('kubectl debug with a signed image is admitted, and pinned', async () => {
    commandPassed(await debug(images.tool.tagged, 'good'));
    const found = storedImages(await read(target));
    expectThat(found.includes(`${images.tool.tagged}@${images.tool.digest}`), 'a pinned debug image', found.join(', '));
  });
  await report.check('an ephemeral container by the raw API is refused the same way', async () => {
    const patch = [
      { op: 'add', path: '/spec/ephemeralContainers/-', value: { name: 'raw', image: images.unsigned.pinned } },
    ];
    const answer = await kube.send({
      ...{ method: 'PATCH', path: `/api/v1/namespaces/${SHOP}/pods/debugged/ephemeralcontainers`, body: patch },
      contentType: 'application/json-patch+json',
    });
    refused(answer, images.unsigned.pinned, 'spec.ephemeralContainers[1].image', 'NO_SIGNATURE');
  });
}
