import fc from 'fast-check';
import { countOf } from '../common/arguments.ts';
import { readObjects } from '../common/read-objects.ts';
import type { Report } from '../common/report.ts';
import type { Kube } from '../peers/kube.ts';
import { tryOut } from './stored-images.ts';

/** A Pod with everything that a file can be written with. */
const POD = `apiVersion: v1
kind: Pod
metadata:
  name: edited # a name
  annotations: {a: &text "x", b: *text}
spec:
  restartPolicy: Never
  initContainers:
  - &base
    name: init
    image: example.com/init:1 # init
    command: [sh, -c, "true"]
  containers:
  - name: 'app'
    <<: {imagePullPolicy: Always}
    image: "example.com/app:1"
    args:
    - |
      image: no
      ---
    - >-
      folded
  - <<: *base
    name: second
  - {name: third, image: example.com/third:1, env: [{name: A, value: "1"}]}
  volumes:
  - {name: v, image: {reference: 'example.com/volume:1'}}
`;
/** What people and attackers put into YAML. */
const PIECES = [
  ...['', ' ', '  ', '    ', '\n', '\n\n', '\r\n', '\r', '\t', '\u0085', '\u2028', '\ufeff', '\u00a0', '#', ' #', '# '],
  ...[
    '- ',
    ': ',
    ', ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '|',
    '>',
    '|\n',
    '>-\n',
    '&x ',
    '*base',
    '*text',
    '? ',
    '%YAML 1.1\n',
  ],
  ...[
    '\n---\n',
    '\n--- ',
    '\n...\n',
    '<<: *base\n',
    '<<: {image: evil}',
    ', image: evil',
    '\n    image: evil\n',
    '\\',
    '\\x65',
  ],
  ...[
    '\n  image: evil\n',
    '\n    <<: {image: evil}\n',
    '!!str ',
    '!!map ',
    '!!binary ',
    '!',
    'image: ',
    'name: ',
    '~',
    'null',
  ],
  ...[
    '\n  ephemeralContainers: []\n',
    '\n  containers: [{name: e, image: evil}]\n',
    '\n    ? image\n    : evil\n',
    '@',
    '`',
  ],
];
const SEED = 14;

const edits = fc.array(
  fc.record({
    at: fc.nat({ max: POD.length }),
    cut: fc.oneof(fc.constant(0), fc.nat({ max: 12 })),
    put: fc.constantFrom(...PIECES),
  }),
  { minLength: 1, maxLength: 2 },
);

/** Random edits of a Pod: whatever the API server would run of them is found, or the file is refused. `--edits=N`. */
export async function checkEditedFiles(report: Report, kube: Kube): Promise<void> {
  const runs = countOf('edits', 2000);
  const counts = { stored: 0, compared: 0 };
  await report.check(`${runs} edited Pods: no image of the API server's reading is missed`, async () => {
    for (const list of fc.sample(edits, { seed: SEED, numRuns: runs })) {
      let text = POD;
      for (const { at, cut, put } of list) text = text.slice(0, at) + put + text.slice(at + cut);
      const created = await tryOut(kube, text);
      if (created.kind === 'refused') continue;
      counts.stored += 1;
      const found = readObjects(text);
      if (found.problems.length > 0) continue;
      counts.compared += 1;
      const left = found.images.map(({ image }) => image);
      for (const image of created.images) {
        const at = left.indexOf(image);
        if (at < 0) throw new Error(`${image} is missed in\n${JSON.stringify(text)}`);
        left.splice(at, 1);
      }
    }
    if (counts.compared < runs / 50) throw new Error(`only ${counts.compared} of ${runs} were compared`);
  });
  console.log(
    `     the API server accepted ${counts.stored} of ${runs}, and ${counts.compared} of them have images here`,
  );
}
