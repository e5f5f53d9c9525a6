import { expect, test } from 'vitest';
import { readSettings, type WebhookSettings } from '../../../src/entries/webhook/settings.ts';

const read = (lines: string | undefined): Promise<WebhookSettings> =>
  readSettings({
    env: { COUNTERSIGN_POLICY: '/policies', COUNTERSIGN_IMAGE_PATHS: lines },
    readFile: () => Promise.reject(new Error('no file is read')),
    mask: () => undefined,
  });

test('image paths are read as verify-files reads them, one per line', async () => {
  const { imagePaths } = await read('\nPrometheus.monitoring.coreos.com spec/image\n\n  Pod spec/a~1b/*\n');
  expect(imagePaths).toEqual([
    { kind: 'Prometheus', group: 'monitoring.coreos.com', steps: ['spec', 'image'] },
    { kind: 'Pod', group: '', steps: ['spec', 'a/b', '*'] },
  ]);
  for (const nothing of [undefined, '', ' \n']) expect((await read(nothing)).imagePaths).toEqual([]);
});

test.each([['Prometheus'], ['Prometheus.monitoring.coreos.com /spec/image'], ['spec/image Prometheus.x']])(
  'the line %j stops the start, with the variable and the cure',
  async (line) => {
    await expect(read(line)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('COUNTERSIGN_IMAGE_PATHS'),
    });
  },
);
