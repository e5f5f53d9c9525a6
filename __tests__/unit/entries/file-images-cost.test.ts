import { expect, test } from 'vitest';
import { readVerifyFilesInputs } from '../../../src/entries/verify-files/inputs.ts';
import { deployment } from '../../adversarial/file-gate.ts';
import { fakeSource } from './fake-input-source.ts';

/* 1,000 documents that name 300 distinct images, in ten files: what issue 14 asks of the extraction. */

const FILES = 10;
const DOCUMENTS = 1_000;
const IMAGES = 300;

test('1,000 documents with 300 images are read in less than two seconds of CPU time', async () => {
  const texts = Array.from({ length: FILES }, (_, file) =>
    Array.from({ length: DOCUMENTS / FILES }, (_one, index) => {
      const number = file * (DOCUMENTS / FILES) + index;
      return deployment(`app-${number}`, { app: `ghcr.io/acme/app-${number % IMAGES}:1`, init: 'ghcr.io/acme/init:1' });
    }).join('---\n'),
  );
  const files = Object.fromEntries(texts.map((text, index) => [`/runner/app/d/${index}.yaml`, text]));
  const source = fakeSource({
    inputs: { files: 'd/*.yaml', 'source-repository': 'acme/app' },
    globs: { 'd/*.yaml': Object.keys(files) },
    files,
  });
  const before = process.cpuUsage();
  const request = await readVerifyFilesInputs(source, { read: async () => undefined });
  const { user, system } = process.cpuUsage(before);
  expect(request.images).toHaveLength(2 * DOCUMENTS);
  expect(new Set(request.images.map(({ original }) => original)).size).toBe(IMAGES + 1);
  expect((user + system) / 1e6).toBeLessThan(2);
});
