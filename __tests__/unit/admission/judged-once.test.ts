import { describe, expect, test } from 'vitest';
import { askValidate, type Json, tampered } from './reviews.ts';

const APP = 'registry.test/acme/app';

describe('one image in an object and in a manifest inside of it', () => {
  const flow = (inner: string): Json =>
    tampered('create-pod', (request) => {
      const manifest = `apiVersion: v1\nkind: Pod\nmetadata: { labels: { team: a } }\nspec: { containers: [{ name: a, image: "${inner}" }] }\n`;
      const object = {
        ...{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { name: 'flow', labels: { team: 'b' } } },
        spec: {
          templates: [
            { name: 'run', container: { image: `${APP}:1` } },
            { name: 'make', resource: { action: 'create', manifest } },
          ],
        },
      };
      const kind = { group: 'argoproj.io', version: 'v1alpha1', kind: 'Workflow' };
      const resource = { group: 'argoproj.io', version: 'v1alpha1', resource: 'workflows' };
      Object.assign(request, { kind, resource, object });
    });

  test('is judged for each of the two, because policies select by kind and labels', async () => {
    const { images } = await askValidate(flow(`${APP}:1`));
    expect(images.map(({ use }) => [use.object?.kind, use.object?.labels.get('team')])).toEqual([
      ['Workflow', 'b'],
      ['Pod', 'a'],
    ]);
  });

  test('is judged once where both are of one object', async () => {
    const body = flow(`${APP}:1`);
    body.request.object.spec.templates[1] = { name: 'again', container: { image: `${APP}:1` } };
    expect((await askValidate(body)).images).toHaveLength(1);
  });
});
