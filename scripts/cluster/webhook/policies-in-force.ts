import type { JsonObject } from '../../../src/domain/text/json-object.ts';
import { expectThat, type Report } from '../../common/report.ts';
import { SUBJECT } from '../../common/sandbox-identity.ts';
import { messageOf, refused, stored, until } from './answers.ts';
import { FOREIGN_REPOSITORY } from './images.ts';
import { pod } from './objects.ts';
import { policyFor } from './policies.ts';
import type { WebhookProgram } from './program.ts';
import { SHOP, type Stage } from './stage.ts';

const PATH = '/apis/policy.sigstore.dev/v1beta1/clusterimagepolicies';
const FOREIGN_SUBJECT = SUBJECT.replace('octo-org/octo-repo', FOREIGN_REPOSITORY);

/** Policies that are added, changed, broken and removed over the API while the webhook runs. */
export async function checkPolicies(report: Report, stage: Stage): Promise<void> {
  const { kube, world, images, create, apply, program } = stage;
  const ask = (image: string, namespace = SHOP) =>
    create(pod({ name: 'asked', namespace }, { containers: { app: image } }), { isDryRun: true });
  const admits = async (image: string, namespace?: string) => (await ask(image, namespace)).status === 201;
  const untilRefused = (what: string, image: string, ...parts: readonly string[]) =>
    until(what, async () => {
      const message = messageOf(await ask(image));
      return parts.every((part) => message.includes(part)) || message;
    });
  const remove = (name: string) => kube.send({ method: 'DELETE', path: `${PATH}/${name}` });
  const { tool, app, unsigned } = images;

  await report.check('a policy that is added over the API counts, beside those that are there', async () => {
    expectThat(await admits(tool.pinned), 'an admitted image', 'refused');
    await apply([policyFor(world, 'tool-by-another', { images: 'acme/tool@*', subject: FOREIGN_SUBJECT })]);
    await untilRefused('the new policy', tool.pinned, 'tool-by-another', 'IDENTITY_MISMATCH', FOREIGN_SUBJECT);
    expectThat(await admits(app.pinned), 'an image that it does not match', messageOf(await ask(app.pinned)));
  });
  await report.check('a changed policy counts', async () => {
    await apply([policyFor(world, 'tool-by-another', { images: 'acme/tool@*' })]);
    await until('the changed policy', () => admits(tool.pinned));
  });
  await report.check('a removed policy does not count any more', async () => {
    await apply([policyFor(world, 'tool-by-another', { images: 'acme/tool@*', subject: FOREIGN_SUBJECT })]);
    await untilRefused('the policy', tool.pinned, 'tool-by-another');
    await remove('tool-by-another');
    await until('the policy is gone', () => admits(tool.pinned));
  });
  await report.check('countersign/namespaces says where a policy counts', async () => {
    await stage.makeNamespace('team-a');
    await stage.makeNamespace('team-b');
    const annotations = { 'countersign/namespaces': 'team-a*' };
    await apply([policyFor(world, 'team-a-only', { images: 'acme/tool@*', subject: FOREIGN_SUBJECT, annotations })]);
    await until('the policy of team-a', async () =>
      messageOf(await ask(tool.pinned, 'team-a')).includes('team-a-only'),
    );
    expectThat(await admits(tool.pinned, 'team-b'), 'an admitted image in team-b', 'refused');
    await remove('team-a-only');
    await until('the policy is gone', () => admits(tool.pinned, 'team-a'));
  });
  const broken: Readonly<Record<string, JsonObject>> = {
    'an unknown field': {
      images: [{ glob: `${world.host}/**` }],
      authorities: [{ static: { action: 'pass' } }],
      modus: 'x',
    },
    'an authority without identities': { images: [{ glob: `${world.host}/**` }], authorities: [{ keyless: {} }] },
    'an empty list of authorities': { images: [{ glob: `${world.host}/**` }], authorities: [] },
  };
  for (const [what, spec] of Object.entries(broken)) {
    await report.check(`${what} in a policy: the last good set stays in force, loudly`, async () => {
      const object = { ...policyFor(world, 'broken', { images: '**' }), spec };
      const made = await kube.send({ method: 'POST', path: `${PATH}?fieldValidation=Ignore`, body: object });
      if (made.status !== 201) {
        // The schema of the kind refuses it first: it never counts.
        console.log(`     the API server: ${messageOf(made).slice(0, 200)}`);
        expectThat(made.status === 422, 'a refusal by the schema', messageOf(made));
        return;
      }
      await until('words about the broken policy', () => isLoud(program()));
      expectThat(program().log().includes('broken'), 'a line of the log that names it', program().log().slice(-1000));
      refused(await ask(unsigned.pinned), unsigned.pinned, 'NO_SIGNATURE');
      expectThat(await admits(app.pinned), 'an admitted image', messageOf(await ask(app.pinned)));
      await remove('broken');
      await until('the set is read again', async () => !(await isLoud(program())));
    });
  }
  await report.check('beside a broken policy no other change counts, until the set can be read', async () => {
    const spec = { images: [{ glob: `${world.host}/**` }], authorities: [{ static: { action: 'pass', reason: 'x' } }] };
    await apply([{ ...policyFor(world, 'broken', { images: '**' }), spec }]);
    await until('words about the broken policy', () => isLoud(program()));
    await apply([policyFor(world, 'acme', { images: 'acme/**', subject: FOREIGN_SUBJECT })]);
    for (let turn = 0; turn < 5; turn++) {
      expectThat(await admits(app.pinned), 'an admitted image', messageOf(await ask(app.pinned)));
      refused(await ask(unsigned.pinned), unsigned.pinned, 'NO_SIGNATURE');
    }
    await remove('broken');
    await untilRefused('the change that waited', app.pinned, 'IDENTITY_MISMATCH', FOREIGN_SUBJECT);
    await apply([policyFor(world, 'acme', { images: 'acme/**' })]);
    await until('the usual policy', () => admits(app.pinned));
  });
  const usual = [policyFor(world, 'acme', { images: 'acme/**' }), policyFor(world, 'victim', { images: 'victim/**' })];
  await report.check('with every policy removed, the last good set stays in force, loudly', async () => {
    await remove('victim');
    await untilRefused('one policy is left', images.victim.pinned, 'POLICY_NO_MATCH');
    await remove('acme');
    try {
      await until('words about it', async () => isLoud(program()));
      refused(await ask(unsigned.pinned), unsigned.pinned, 'NO_SIGNATURE', 'acme');
      expectThat(await admits(app.pinned), 'an admitted image', messageOf(await ask(app.pinned)));
      expectThat((await program().ready()) === 200, 'ready', String(await program().ready()));
    } finally {
      await apply(usual);
    }
    await until('both policies', () => admits(images.victim.pinned));
    await until('no problem is left', async () => !(await isLoud(program())));
  });
  await report.check('a webhook that starts without a policy is not ready, and refuses everything', async () => {
    for (const name of ['acme', 'victim']) await remove(name);
    try {
      await program().stop();
      await stage.restart({ waits: false });
      expectThat((await program().ready()) !== 200, 'not ready', String(await program().ready()));
    } finally {
      await apply(usual);
    }
    await until('ready with policies', async () => (await program().ready()) === 200);
    stored(await ask(app.pinned));
  });
}

/** Whether it says that the newest policies are not in force. */
async function isLoud(program: WebhookProgram): Promise<boolean> {
  const isSaid = /^countersign_policies_broken 1$/m.test(await program.metrics());
  return isSaid && program.log().includes('newer policies are not in force');
}
