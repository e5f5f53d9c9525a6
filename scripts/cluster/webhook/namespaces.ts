import { expectThat, type Report } from '../../common/report.ts';
import { messageOf, refused, stored, unreachable, until } from './answers.ts';
import { pod } from './objects.ts';
import { HOME, SHOP, type Stage, USUAL, untilAsked } from './stage.ts';

/** Which namespaces the webhook is asked about, and the two steps of a rollout. */
export async function checkNamespaces(report: Report, stage: Stage): Promise<void> {
  const { images, create } = stage;
  const bad = (namespace: string, name = 'bad') =>
    pod({ name, namespace }, { containers: { app: images.unsigned.pinned } });
  const tryBad = (namespace: string) => create(bad(namespace), { isDryRun: true });

  await report.check('excluded namespaces are left alone, by a name that nobody can give another one', async () => {
    for (const namespace of ['kube-system', HOME]) stored(await tryBad(namespace));
    await stage.makeNamespace('kube-system-of-mine', { 'kubernetes.io/metadata.name': 'kube-system' });
    refused(await tryBad('kube-system-of-mine'), images.unsigned.pinned);
  });
  await report.check('component opt-in: only namespaces with the label are judged', async () => {
    await stage.makeNamespace('inside', { 'policy.sigstore.dev/include': 'true' });
    await stage.makeNamespace('outside', { 'policy.sigstore.dev/include': 'false' });
    await stage.install([...USUAL, 'opt-in']);
    await untilAsked(stage, 'inside');
    await until('the others are left alone', async () => (await tryBad('outside')).status === 201);
    stored(await tryBad(SHOP));
    await stage.kube.kubectl(['label', 'namespace', SHOP, 'policy.sigstore.dev/include=true']);
    await untilAsked(stage, SHOP);
    await stage.kube.kubectl(['label', 'namespace', SHOP, 'policy.sigstore.dev/include-']);
  });
  await report.check('component warn: what would be refused is stored, with a warning that says why', async () => {
    await stage.install(['cert-manager', 'warn']);
    await until('a warning', async () => {
      const answer = await tryBad(SHOP);
      const [warning = ''] = answer.warnings;
      return (answer.status === 201 && warning.includes('NO_SIGNATURE')) || messageOf(answer);
    });
    const answer = await create(bad(SHOP, 'warned'));
    stored(answer);
    const text = answer.warnings.join('\n');
    for (const part of [images.unsigned.pinned, 'spec.containers[0].image', 'acme']) {
      expectThat(text.includes(part), `a warning with ${part}`, text);
    }
    const good = await create(pod({ name: 'no-warning', namespace: SHOP }, { containers: { app: images.app.pinned } }));
    expectThat(stored(good) !== undefined && good.warnings.length === 0, 'no warning', good.warnings.join('\n'));
  });
  await report.check('component warn: a webhook that does not answer holds up nobody', async () => {
    await stage.program().kill();
    stored(await tryBad(SHOP));
  });
  await report.check(
    'component enforce: a webhook that does not answer stops everything that it is asked about',
    async () => {
      await stage.install(USUAL);
      await untilAsked(stage);
      await stage.program().kill();
      unreachable(await create(pod({ name: 'down', namespace: SHOP }, { containers: { app: images.app.pinned } })));
      stored(await tryBad('kube-system'));
      await stage.restart();
      await until('it answers again', async () => {
        const answer = await create(pod({ name: 'up', namespace: SHOP }, { containers: { app: images.app.pinned } }), {
          isDryRun: true,
        });
        return answer.status === 201 || messageOf(answer);
      });
    },
  );
}
