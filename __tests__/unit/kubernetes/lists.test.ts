import { expect, test } from 'vitest';
import { createLists } from '../../../src/kubernetes/lists.ts';
import { testCall } from '../../calls.ts';

/** A server that takes no notice of `limit`. */
const listsOf = (count: number) =>
  createLists(async () => ({
    status: 200,
    body: {
      ...{ apiVersion: 'v1', kind: 'PodList', metadata: { resourceVersion: '1' } },
      items: Array.from({ length: count }, (_, index) => ({ metadata: { name: `p${index}` } })),
    },
  }));

test.each([100_001, 300_000])(
  'a page of %i items, more than a list may have, is an error that says so',
  async (count) => {
    await expect(listsOf(count).whole(testCall(), '/api/v1/pods')).rejects.toMatchObject({
      code: 'KUBERNETES_REFUSED',
      message: expect.stringContaining('more than 100000 items'),
    });
  },
);

test('as many items as may be are a list', async () => {
  expect((await listsOf(100_000).whole(testCall(), '/api/v1/pods')).items).toHaveLength(100_000);
});
