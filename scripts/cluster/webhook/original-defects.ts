import { isJsonObject, type JsonObject } from '../../../src/domain/text/json-object.ts';
import { expectThat, type Report } from '../../common/report.ts';
import { SUBJECT } from '../../common/sandbox-identity.ts';
import { pod } from './objects.ts';
import { type Posted, post } from './post.ts';
import { reviewOf } from './reviews.ts';
import { SHOP, type Stage } from './stage.ts';
import { signerAnnotations } from './tutorial.ts';

/**
 * What was found by running the webhook of the tutorial (chrisns/cosign-keyless-admission-webhook at 56654f8), as requests
 * to ours. What other checks show already is not repeated: init containers, debug containers and updates (image-fields.ts,
 * updates.ts), pinning (image-fields.ts), a renewed certificate (certificate-rotation.ts).
 */
export async function checkOriginalDefects(report: Report, stage: Stage): Promise<void> {
  const { images, world } = stage;
  const { app, unsigned } = images;
  const program = stage.program();
  const send = (body: string | Uint8Array, contentType?: string): Promise<Posted> =>
    post(`${program.url}/validate?timeout=10s`, {
      ca: program.ca,
      body,
      ...(contentType === undefined ? {} : { contentType }),
    });
  const named = (image: string, metadata: JsonObject = {}): JsonObject => ({
    ...pod({ name: 'original', namespace: SHOP }, { containers: { demo: image } }),
    metadata,
  });
  const isAlive = async (): Promise<void> => {
    const answer = responseOf(await send(reviewOf(named(app.pinned), SHOP)));
    expectThat(answer['allowed'] === true, 'a webhook that goes on', JSON.stringify(answer));
  };

  await report.check('original defect 1: a Pod without annotations is answered', async () => {
    for (const metadata of [{}, { annotations: null }, { annotations: {} }, { name: 'x' }]) {
      expectThat(
        responseOf(await send(reviewOf(named(app.pinned, metadata), SHOP)))['allowed'] === true,
        'allowed',
        JSON.stringify(metadata),
      );
      expectThat(
        responseOf(await send(reviewOf(named(unsigned.pinned, metadata), SHOP)))['allowed'] === false,
        'refused',
        JSON.stringify(metadata),
      );
    }
    await isAlive();
  });
  const odd: Readonly<Record<string, { readonly body: string | Uint8Array; readonly contentType?: string }>> = {
    'an object that is null': { body: reviewOf(named(app.pinned), SHOP, { object: null }) },
    'no metadata': { body: reviewOf({ apiVersion: 'v1', kind: 'Pod', spec: { containers: null } }, SHOP) },
    'an empty body': { body: '' },
    'plain text': { body: reviewOf(named(app.pinned), SHOP), contentType: 'text/plain' },
    'half a document': { body: reviewOf(named(app.pinned), SHOP).slice(0, -20) },
    'an array': { body: '[]' },
    null: { body: 'null' },
    'bytes that are not text': { body: new Uint8Array([0xff, 0xfe, 0x00, 0x7b]) },
  };
  for (const [what, { body, contentType }] of Object.entries(odd)) {
    await report.check(`original defect 2: ${what}: refused, and the webhook goes on`, async () => {
      const answer = await send(body, contentType);
      const isClientError = answer.status >= 400 && answer.status < 500;
      expectThat(
        isClientError || responseOf(answer)['allowed'] === false,
        'a refusal',
        `${answer.status} ${answer.text.slice(0, 300)}`,
      );
      await isAlive();
    });
  }
  await report.check(
    'original defect 3: bodies over 100 kB are judged, and those over every limit refused',
    async () => {
      const large = (bytes: number, image: string) =>
        reviewOf(named(image, { annotations: { note: 'x'.repeat(bytes) } }), SHOP);
      for (const bytes of [200_000, 3_000_000, 7_000_000]) {
        expectThat(responseOf(await send(large(bytes, app.pinned)))['allowed'] === true, 'allowed', `${bytes} bytes`);
        expectThat(
          responseOf(await send(large(bytes, unsigned.pinned)))['allowed'] === false,
          'refused',
          `${bytes} bytes`,
        );
      }
      const answer = await send(large(64_000_000, app.pinned));
      expectThat(
        answer.status === 413 || answer.status === 0,
        'status 413',
        `${answer.status} ${answer.text.slice(0, 200)}`,
      );
      await isAlive();
    },
  );
  await report.check('original defects 4 and 6: what a Pod says or omits never replaces the policy', async () => {
    for (const annotations of [
      {},
      signerAnnotations('other', { subject: SUBJECT }),
      signerAnnotations('demo', { issuer: world.sigstore.issuer }),
      signerAnnotations('demo', { subject: SUBJECT }),
    ]) {
      const answer = responseOf(await send(reviewOf(named(unsigned.pinned, { annotations }), SHOP)));
      expectThat(answer['allowed'] === false, 'refused', JSON.stringify(annotations));
    }
  });
  await report.check('original defect 8: the probe is answered while an image is being judged', async () => {
    const slow = Array.from({ length: 20 }, () => send(reviewOf(named(unsigned.pinned), SHOP)));
    expectThat((await program.ready()) === 200, 'ready', String(await program.ready()));
    await Promise.all(slow);
  });
  await report.check('original defect 9: no refusal is empty', async () => {
    const { status } = responseOf(await send(reviewOf(named(unsigned.pinned), SHOP)));
    const message = isJsonObject(status) ? String(status['message']) : '';
    expectThat(message.includes('NO_SIGNATURE'), 'a reason', message);
  });
  await report.check('original defect 10: an image that looks like a flag is refused as what it is', async () => {
    const answer = responseOf(await send(reviewOf(named('--help'), SHOP)));
    expectThat(
      answer['allowed'] === false && JSON.stringify(answer).includes('--help'),
      'a refusal that names it',
      JSON.stringify(answer),
    );
  });
  await report.check('original defect 12: the answer has the uid and the version of the question', async () => {
    const uid = 'f0b1c2d3-0000-4000-8000-123456789abc';
    const answer = await send(reviewOf(named(app.pinned), SHOP, { uid }));
    const review: unknown = JSON.parse(answer.text);
    expectThat(
      isJsonObject(review) && review['apiVersion'] === 'admission.k8s.io/v1',
      'admission.k8s.io/v1',
      answer.text,
    );
    expectThat(responseOf(answer)['uid'] === uid, uid, answer.text);
  });
  await report.check('other paths and methods are not answered with a verdict', async () => {
    const body = reviewOf(named(app.pinned), SHOP);
    for (const [method, path] of [
      ['GET', '/validate'],
      ['PUT', '/validate'],
      ['POST', '/'],
      ['POST', '/validate/'],
      ['POST', '//validate'],
      ['POST', '/metrics'],
    ] as const) {
      const { status, text } = await post(`${program.url}${path}`, { ca: program.ca, body, method });
      expectThat(
        status >= 400 && !text.includes('"allowed":true'),
        `no verdict for ${method} ${path}`,
        `${status} ${text.slice(0, 200)}`,
      );
    }
  });
}

/** `response` of the review in an answer; empty if there is none. */
function responseOf({ text }: Posted): JsonObject {
  try {
    const review: unknown = JSON.parse(text);
    return isJsonObject(review) && isJsonObject(review['response']) ? review['response'] : {};
  } catch {
    return {};
  }
}
