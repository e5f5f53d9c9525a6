import { readObjects } from '../common/read-objects.ts';
import { expectThat, type Report } from '../common/report.ts';
import type { Kube } from '../peers/kube.ts';
import { createAndRead } from './stored-images.ts';

const pod = (containers: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {generateName: trap-}\nspec:\n  containers:\n${containers}`;

/** Texts that readers of YAML understand differently. Each names `evil` for the API server, or is refused by it. */
const TRAPS: Readonly<Record<string, string>> = {
  'a merge key after the image': pod('  - name: a\n    image: good\n    <<: {image: evil}\n'),
  'two merge keys': pod('  - name: a\n    <<: {image: good}\n    <<: {image: evil}\n'),
  'a duplicate key': pod('  - name: a\n    image: good\n    image: evil\n'),
  'U+2028 in a comment': pod('  - name: a\n    image: good #\u2028    image: evil\n'),
  'U+0085 in a comment': pod('  - name: a\n    image: good #\u0085    image: evil\n'),
  'a lone carriage return in a comment': pod('  - name: a\n    image: good #\r    image: evil\n'),
  'a merged image': pod('  - name: a\n    <<: {image: evil}\n'),
  'an aliased container': pod('  - &a {name: a, image: evil}\n  initContainers:\n  - {<<: *a, name: b}\n'),
  'a folded image': pod('  - name: a\n    image: >-\n      evil\n'),
  'an image with escapes': pod('  - name: a\n    image: "\\x65vil"\n'),
  'an image with a tag of YAML': pod('  - name: a\n    image: !!str evil\n'),
  'an image in base64': pod('  - name: a\n    image: !!binary ZXZpbA==\n'),
  'another spelling of image': pod('  - name: a\n    Image: evil\n'),
  'another spelling of containers': pod('  - {name: a, image: good}\n  initcontainers: [{name: b, image: evil}]\n'),
  'a number': pod('  - name: a\n    image: 1.10\n'),
  'white space': pod("  - name: a\n    image: 'evil '\n"),
  'no image': pod('  - name: a\n'),
};

/** Nothing that the API server would run is missed: what it stores is found, or the file is refused. */
export async function checkTraps(report: Report, kube: Kube): Promise<void> {
  let compared = 0;
  for (const [name, text] of Object.entries(TRAPS)) {
    await report.check(`${name}: found or refused, as the API server reads it`, async () => {
      const created = await createAndRead(kube, { apiVersion: 'v1', kind: 'Pod', namespace: 'traps', body: text });
      const found = readObjects(text);
      const images = found.images.map(({ image }) => image).sort();
      console.log(
        `     server: ${created.kind === 'stored' ? created.images.join(', ') : 'refused'}; here: ${
          found.problems.length > 0 ? 'refused' : images.join(', ')
        }`,
      );
      if (created.kind === 'refused' || found.problems.length > 0) return;
      compared += 1;
      const stored = [...created.images].sort();
      expectThat(JSON.stringify(stored) === JSON.stringify(images), stored.join(', '), images.join(', '));
    });
  }
  // A server or a reader that refuses everything would never differ.
  await report.check('some of these texts are taken by both', async () => {
    expectThat(compared > 0, 'a text that both take', 'none');
  });
}
