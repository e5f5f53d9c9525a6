import { expectThat, type Report } from '../../common/report.ts';
import { messageOf, until } from './answers.ts';
import { pod } from './objects.ts';
import { shownAt } from './program.ts';
import { SHOP, type Stage } from './stage.ts';

/** Requests at a time. */
const LANES = 4;
const ROTATIONS = 3;

/** The certificate changes while the API server asks: nobody notices. */
export async function checkRotation(report: Report, stage: Stage): Promise<void> {
  await report.check(
    `${ROTATIONS} new certificates while requests run: each is shown, and no request is dropped`,
    async () => {
      const { create, images, program, certificates } = stage;
      const failures: string[] = [];
      let [answered, isOver] = [0, false];
      const lane = async (): Promise<void> => {
        while (!isOver) {
          const object = pod({ name: 'rotating', namespace: SHOP }, { containers: { app: images.app.pinned } });
          const answer = await create(object, { isDryRun: true });
          answered += 1;
          if (answer.status !== 201) failures.push(messageOf(answer));
        }
      };
      const lanes = Array.from({ length: LANES }, lane);
      try {
        for (let turn = 0; turn < ROTATIONS; turn++) {
          const before = certificates.fingerprint();
          await program().rotate();
          expectThat(certificates.fingerprint() !== before, 'another certificate', before);
          await until('the new certificate', async () => (await shownAt(program().url)) === certificates.fingerprint());
          const reached = answered;
          await until('requests after it', async () => answered >= reached + 2 * LANES);
        }
      } finally {
        isOver = true;
        await Promise.all(lanes);
      }
      expectThat(failures.length === 0, `no failure among ${answered} requests`, failures.slice(0, 3).join('\n'));
    },
  );
  await report.check('a key that does not belong to its certificate changes nothing', async () => {
    const { program, certificates } = stage;
    const before = certificates.fingerprint();
    const read = program().log().length;
    await program().breakTls();
    const words = 'the certificate files cannot be used';
    await until('words about it', async () => program().log().slice(read).includes(words));
    expectThat((await shownAt(program().url)) === before, before, await shownAt(program().url));
    await program().rotate();
    await until('the next certificate', async () => (await shownAt(program().url)) === certificates.fingerprint());
  });
}
