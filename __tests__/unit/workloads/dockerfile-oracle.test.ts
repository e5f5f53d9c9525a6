import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fingerprint } from '../../../scripts/common/fingerprint.ts';
import { compareWithRecorded, RECORDED, type RecordedAnswer } from '../../../scripts/workloads/dockerfile-oracle.ts';
import { makeDockerfile } from '../../../scripts/workloads/dockerfiles.ts';

/*
 * What BuildKit's parser said of the first Dockerfiles of `npm run workloads`, recorded with `-- --record`, so that
 * this needs no Go.
 */

const recorded = readFileSync(join(import.meta.dirname, '../../fixtures/dockerfiles.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as RecordedAnswer);

test('the recorded files are those that are made', () => {
  expect(recorded).toHaveLength(RECORDED);
  expect(recorded.map((_, number) => fingerprint(JSON.stringify(makeDockerfile(number))))).toEqual(
    recorded.map(({ file }) => file),
  );
});

test('where BuildKit and our reader take a Dockerfile, both find the same images', () => {
  const compared = recorded.map((answer, number) => compareWithRecorded(makeDockerfile(number), answer));
  expect(compared.filter((one) => typeof one !== 'string')).toEqual([]);
  // A reader that refuses everything would pass.
  expect(compared.filter((one) => one === 'both').length).toBeGreaterThan(RECORDED / 5);
});

test('an image more or less would be seen', () => {
  const number = recorded.findIndex((answer, index) => {
    return answer.images !== null && compareWithRecorded(makeDockerfile(index), answer) === 'both';
  });
  const answer = recorded[number];
  if (answer === undefined) throw new Error('no file that both take');
  expect(compareWithRecorded(makeDockerfile(number), { ...answer, images: fingerprint('FROM evil') })).toHaveProperty(
    'ours',
  );
});
