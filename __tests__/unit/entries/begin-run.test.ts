import { describe, expect, test } from 'vitest';
import { HUB_ALIASES, parseReference } from '../../../src/domain/image/reference.ts';
import { idTokenTarget, registryTarget } from '../../../src/entries/action/begin-run.ts';
import { registryOrigin } from '../../../src/oci/transport/registry-origin.ts';

describe('where the first requests of a run go', () => {
  test.each([
    ['ghcr.io/acme/app@sha256:0', 'ghcr.io', 443],
    ['\n  ghcr.io/acme/app:1\nquay.io/acme/app:1', 'ghcr.io', 443],
    ['registry.example:5000/acme/app', 'registry.example', 5000],
    ['localhost:5000/app', 'localhost', 5000],
    ['localhost/app', 'localhost', 443],
    ['127.0.0.1:5000/app', '127.0.0.1', 5000],
    ['intern:5000/app', 'intern', 5000],
    ['docker.io/library/nginx', 'registry-1.docker.io', 443],
    ['index.docker.io/library/nginx', 'registry-1.docker.io', 443],
  ])('images: %j', (images, hostname, port) => {
    expect(registryTarget({ INPUT_IMAGES: images })).toEqual({ hostname, port });
  });

  test.each([...HUB_ALIASES, 'ghcr.io', 'quay.io', 'registry.example:5000'])(
    'images at %s: where the run itself asks',
    (registry) => {
      const images = `${registry}/acme/app:1`;
      const { hostname, port } = registryOrigin(parseReference(images).repository.registry, []);
      expect(registryTarget({ INPUT_IMAGES: images })).toEqual({ hostname, port: Number(port || 443) });
    },
  );

  test.each([
    '',
    'nginx',
    'acme/app',
    'app:1',
    'https://ghcr.io/acme/app',
    '[::1]:5000/app',
    'user@ghcr.io/acme/app',
    'ghcr.io/',
    'ghcr.io:0/acme/app',
    'ghcr.io:99999/acme/app',
    '{"containerimage.digest": "ghcr.io/acme/app"}',
    '# ghcr.io/acme/app',
    '.io/acme/app',
  ])('images: %j says nothing, or nothing that could be connected to', (images) => {
    expect(registryTarget({ INPUT_IMAGES: images })).toBeUndefined();
  });

  test.each([
    [
      'https://run-actions-1-azure-eastus.actions.githubusercontent.com/x?y=1',
      'run-actions-1-azure-eastus.actions.githubusercontent.com',
      443,
    ],
    ['http://127.0.0.1:8000/token', '127.0.0.1', 8000],
    ['http://[::1]/token', '::1', 80],
  ])('the id-token of %s', (url, hostname, port) => {
    expect(idTokenTarget({ ACTIONS_ID_TOKEN_REQUEST_URL: url })).toEqual({ hostname, port });
  });

  test.each([undefined, '', 'not a URL', 'file:///etc/passwd', 'data:,x'])('no id-token from %s', (url) => {
    expect(idTokenTarget({ ACTIONS_ID_TOKEN_REQUEST_URL: url })).toBeUndefined();
  });

  test.each(['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'])('nowhere, if %s names a proxy', (name) => {
    const env = { INPUT_IMAGES: 'ghcr.io/acme/app', ACTIONS_ID_TOKEN_REQUEST_URL: 'https://github.example/token' };
    expect([registryTarget(env), idTokenTarget(env)]).not.toContain(undefined);
    for (const value of ['http://proxy.example:3128', 'not a URL']) {
      expect([registryTarget({ ...env, [name]: value }), idTokenTarget({ ...env, [name]: value })]).toEqual([
        undefined,
        undefined,
      ]);
    }
    expect(registryTarget({ ...env, [name]: '' })).toBeDefined();
  });
});
