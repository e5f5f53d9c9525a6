import { expectThat, type Report } from '../../common/report.ts';
import { SUBJECT } from '../../common/sandbox-identity.ts';
import { storedImages } from '../stored-images.ts';
import { messageOf, refused, stored } from './answers.ts';
import { FOREIGN_REPOSITORY } from './images.ts';
import { pod } from './objects.ts';
import { SHOP, type Stage } from './stage.ts';

/** The tutorial's annotations about one container. */
export function signerAnnotations(
  container: string,
  signer: { readonly subject?: string; readonly issuer?: string },
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(signer).map(([what, value]) => [`${what}.cosign.sigstore.dev/${container}`, value]),
  );
}

/** The tutorial's good and bad Pods, and their twins. */
export async function checkTutorial(report: Report, stage: Stage): Promise<void> {
  const { world, images, create } = stage;
  const issuer = world.sigstore.issuer;
  const field = 'spec.containers[0].image';
  const demo = (name: string, annotations: Record<string, string>, image = images.app.tagged) =>
    pod({ name, namespace: SHOP, annotations }, { containers: { demo: image } });

  await report.check('the tutorial’s good Pod is admitted, and its tag pinned', async () => {
    const answer = await create(demo('good', signerAnnotations('demo', { subject: SUBJECT, issuer })));
    const [image = ''] = storedImages(stored(answer));
    expectThat(image === `${images.app.tagged}@${images.app.digest}`, 'a pinned tag', image);
  });
  await report.check('a Pod without annotations is judged by the policies alone', async () => {
    stored(await create(demo('plain', {})));
    stored(await create(demo('by-digest', {}, images.app.pinned)));
  });
  await report.check('a wrong subject is refused', async () => {
    const subject = SUBJECT.replace('refs/heads/main', 'refs/heads/invalid');
    const answer = await create(demo('bad-subject', signerAnnotations('demo', { subject, issuer })));
    refused(answer, images.app.tagged, field, 'IDENTITY_MISMATCH', subject);
  });
  await report.check('a wrong issuer is refused', async () => {
    const wrong = 'https://accounts.google.com';
    const answer = await create(demo('bad-issuer', signerAnnotations('demo', { subject: SUBJECT, issuer: wrong })));
    refused(answer, images.app.tagged, field, 'ISSUER_MISMATCH', wrong);
  });
  await report.check('an unsigned image is refused, whatever the annotations say', async () => {
    for (const annotations of [{}, signerAnnotations('demo', { subject: SUBJECT, issuer })]) {
      const answer = await create(demo('unsigned', annotations, images.unsigned.pinned));
      refused(answer, images.unsigned.pinned, field, 'NO_SIGNATURE', 'acme');
    }
  });
  await report.check('the image of a foreign signer is refused, although the annotations name it', async () => {
    const subject = SUBJECT.replace(/octo-org\/octo-repo/, FOREIGN_REPOSITORY);
    const answer = await create(demo('foreign', signerAnnotations('demo', { subject, issuer }), images.foreign.pinned));
    refused(answer, images.foreign.pinned, field, 'IDENTITY_MISMATCH', 'acme');
  });
  await report.check('annotations about nothing, and empty ones, are refused', async () => {
    refused(await create(demo('no-container', signerAnnotations('other', { subject: SUBJECT, issuer }))), 'other');
    refused(await create(demo('empty', signerAnnotations('demo', { subject: '', issuer }))), 'subject');
    refused(await create(demo('empty-issuer', signerAnnotations('demo', { subject: SUBJECT, issuer: '' }))), 'issuer');
  });
  await report.check('an image that no policy matches is refused', async () => {
    const image = `${world.host}/nobody/app@${images.app.digest}`;
    refused(await create(demo('nobody', {}, image)), image, field, 'POLICY_NO_MATCH');
  });
  await report.check('kubectl shows the refusal with image, field, policy and reason', async () => {
    const input = JSON.stringify(demo('by-kubectl', {}, images.unsigned.pinned));
    const { code, out } = await stage.kube.kubectl(['apply', '-f', '-'], { input });
    expectThat(code !== 0 && out.includes('denied the request'), 'a refusal', out);
    console.log(out.trim().replace(/^/gm, '     | '));
    const answer = await create(demo('by-kubectl', {}, images.unsigned.pinned));
    for (const line of messageOf(answer).split('\n')) expectThat(out.includes(line.trim()), line, out);
  });
}
