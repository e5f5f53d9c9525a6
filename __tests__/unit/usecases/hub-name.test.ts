import { expect, test } from 'vitest';
import { CodedError, type ErrorCode } from '../../../src/coded-error.ts';
import { parseReference } from '../../../src/domain/image/reference.ts';
import { type RequestedImage, resolveImages } from '../../../src/usecases/examining/resolve-images.ts';
import type { Registry } from '../../../src/usecases/ports.ts';
import { verifyImages } from '../../../src/usecases/verifying/verify-images.ts';
import { testCall } from '../../calls.ts';

function requested(text: string): RequestedImage {
  const { original, repository, tag, digest } = parseReference(text);
  return { original, repository, tag, digest, sources: [{ file: 'images' }] };
}

const HINT = 'Did the build push?';

/** Message and hint of both actions for an image that cannot be resolved. */
async function told(text: string, code: ErrorCode = 'IMAGE_NOT_FOUND'): Promise<string> {
  const answer = async (): Promise<undefined> => {
    if (code !== 'IMAGE_NOT_FOUND') throw new CodedError(code, 'no', { hint: HINT });
    return undefined;
  };
  const registry = { head: answer, manifest: answer } as unknown as Registry;
  const call = testCall();
  const images = [requested(text)];
  const options = { images, recursive: false, concurrency: 1, notFoundHint: HINT };
  const [signed] = await resolveImages({ ...options, call, registry });
  if (signed?.kind !== 'unresolved') throw new Error('resolved');
  const [verified] = await verifyImages(
    call,
    {
      ...options,
      evaluate: () => ({ kind: 'accepted', notes: [] }),
      format: 'any',
      waitForMs: 0,
      signatureRepositories: [],
    },
    {
      registry,
      verifier: { verify: () => Promise.reject(new Error('not asked')) } as never,
      clock: { now: () => new Date(0), sleep: async () => undefined },
    },
  );
  const { error } = signed.image;
  expect(verified?.error?.message).toBe(error.message);
  expect(error.code).toBe(code);
  return `${error.message} ${error.hint}`;
}

test.each(['acme/app:latest', 'nginx:1', `acme/app@sha256:${'a'.repeat(64)}`])(
  'an image without a registry that cannot be found says that it means Docker Hub: %s',
  async (text) => {
    const path = text.includes('/') ? 'acme/app' : 'library/nginx';
    for (const code of ['IMAGE_NOT_FOUND', 'REGISTRY_DENIED', 'REGISTRY_UNAVAILABLE'] as const) {
      const found = await told(text, code);
      expect(found).toContain(`"${text}" names no registry, so it means Docker Hub (docker.io/${path})`);
      expect(found).toContain('write its host too, such as ghcr.io/acme/app');
      expect(found).toContain(HINT);
    }
  },
);

test.each(['ghcr.io/acme/app:1', 'docker.io/acme/app:1', 'index.docker.io/acme/app:1', 'localhost:5000/app:1'])(
  'an image that names its registry does not: %s',
  async (text) => {
    expect(await told(text)).not.toContain('Docker Hub');
  },
);

test('nor do errors that no other registry would mend', async () => {
  expect(await told('acme/app:1', 'TIMEOUT')).not.toContain('Docker Hub');
});
