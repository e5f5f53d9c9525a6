import { describe, expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import { formatRule } from '../../../src/domain/image/signature-repositories.ts';
import { readSignInputs } from '../../../src/entries/sign/inputs.ts';
import { readVerifyInputs } from '../../../src/entries/verify/inputs.ts';
import { DIGEST_A, DIGEST_B, fakeSource } from './fake-input-source.ts';

const APP = `ghcr.io/acme/app@${DIGEST_A}`;
const WEB = `quay.io/acme/web@${DIGEST_B}`;
const NGINX = `nginx@${DIGEST_A}`;

const readers = {
  sign: readSignInputs,
  verify: (source: ReturnType<typeof fakeSource>) => readVerifyInputs(source),
};
type Inputs = Readonly<Record<string, string>>;

async function read(action: keyof typeof readers, inputs: Inputs): Promise<string[] | CodedError> {
  const signer: Inputs = action === 'verify' ? { 'source-repository': 'acme/app' } : {};
  try {
    const request = await readers[action](fakeSource({ inputs: { images: `${APP}\n${WEB}`, ...signer, ...inputs } }));
    return request.network.signatureRepositories.map(formatRule);
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
}

describe.each(['sign', 'verify'] as const)('%s: signature-repository', (action) => {
  test.each<[value: string, rules: string[], more?: Inputs]>([
    ['', []],
    [' \n ', []],
    ['ghcr.io/acme/sigs', ['ghcr.io/acme/sigs']],
    ['\nghcr.io/acme/sigs\n', ['ghcr.io/acme/sigs']],
    ['ghcr.io/acme=ghcr.io/acme/sigs', ['ghcr.io/acme=ghcr.io/acme/sigs']],
    [
      'ghcr.io/acme = ghcr.io/acme/sigs\r\n\r\nquay.io=quay.io/acme/sigs\r\n',
      ['ghcr.io/acme=ghcr.io/acme/sigs', 'quay.io=quay.io/acme/sigs'],
    ],
    // A line whose images all have a more specific one is about images all the same.
    [
      'ghcr.io=ghcr.io/acme/all\nghcr.io/acme/app=ghcr.io/acme/sigs',
      ['ghcr.io=ghcr.io/acme/all', 'ghcr.io/acme/app=ghcr.io/acme/sigs'],
    ],
    ['index.docker.io/library/nginx=sigs', ['docker.io/library/nginx=docker.io/library/sigs'], { images: NGINX }],
    ['nginx=acme/sigs', ['docker.io/nginx=docker.io/acme/sigs'], { images: `docker.io/library/${NGINX}` }],
    [
      'quay.io/acme/web=quay.io/acme/sigs',
      ['quay.io/acme/web=quay.io/acme/sigs'],
      {
        images: '',
        metadata: JSON.stringify({ 'image.name': 'quay.io/acme/web:1', 'containerimage.digest': DIGEST_A }),
      },
    ],
  ])('%j is %j', async (value, rules, more = {}) => {
    expect(await read(action, { 'signature-repository': value, ...more })).toEqual(rules);
  });

  test.each<[value: string, why: string, more?: Inputs]>([
    ['ghcr.io/acme/sigs\nquay.io/acme/sigs', 'names several repositories'],
    ['ghcr.io/acme/sigs\nquay.io=quay.io/acme/sigs', 'is a repository for all images, but there are lines'],
    ['quay.io=quay.io/acme/sigs\nghcr.io/acme/sigs', 'is a repository for all images, but there are lines'],
    ['ghcr.io/acme=ghcr.io/a\nghcr.io/acme=ghcr.io/b', 'is given twice'],
    ['ghcr.io/acme=ghcr.io/a\nghcr.io/acme=ghcr.io/a', 'is given twice'],
    ['ghcr.io/acme=ghcr.io/a\nGHCR.IO/acme=ghcr.io/b', 'is given twice'],
    ['nginx=ghcr.io/a\nindex.docker.io/library/nginx=ghcr.io/b', 'name the same images', { images: NGINX }],
    ['docker.io=ghcr.io/a\nregistry-1.docker.io=ghcr.io/b', 'is given twice', { images: NGINX }],
    ['ghcr.io/acme:1=ghcr.io/a', 'remove the tag'],
    [`ghcr.io/acme/app@${DIGEST_A}=ghcr.io/a`, 'remove the digest'],
    ['ghcr.io/acme/=ghcr.io/a', 'remove the slash'],
    ['ghcr.io//app=ghcr.io/a', 'repository segments'],
    ['quay.io/Acme=ghcr.io/a', 'lower case'],
    ['ghcr.io/acme/*=ghcr.io/a', 'covers everything below'],
    ['=ghcr.io/a', 'it is empty'],
    ['ghcr.io/acme=', 'names no repository after'],
    ['ghcr.io/acme=ghcr.io/a:1', 'remove the tag and the digest'],
    [`ghcr.io/acme=ghcr.io/a@${DIGEST_A}`, 'remove the tag and the digest'],
    ['ghcr.io/acme=ghcr.io', 'names a registry but no repository'],
    ['ghcr.io', 'names a registry but no repository'],
    ['ghcr.io/acme=ghcr.io/a,quay.io=quay.io/a', 'is not an image reference'],
    ['"ghcr.io/acme/sigs"', 'is not an image reference'],
    // A line that no image uses is misspelt.
    ['ghcr.io/acme/ap=ghcr.io/a', 'no image of this step is in "ghcr.io/acme/ap" or below it'],
    ['ghcr.io/acme=ghcr.io/a\nghcr.io/acme/ap=ghcr.io/b', 'The images are in "ghcr.io/acme/app", "quay.io/acme/web"'],
    ['app=ghcr.io/a', 'no image of this step is in "docker.io/app"'],
    ['acme/app=ghcr.io/a', 'no image of this step is in "docker.io/acme/app"'],
  ])('%j is INPUT_INVALID: %s', async (value, why, more = {}) => {
    const error = await read(action, { 'signature-repository': value, ...more });
    if (!(error instanceof CodedError)) throw new Error(`expected an error, got ${JSON.stringify(error)}`);
    expect(error.code).toBe('INPUT_INVALID');
    const text = `${error.message} ${error.hint ?? ''}`;
    expect(text).toContain('input signature-repository: ');
    expect(text).toContain(why);
  });

  test('says nothing about unused lines if the images themselves are bad', async () => {
    const error = await read(action, { images: 'ghcr.io/Acme:::', 'signature-repository': 'quay.io=quay.io/a' });
    expect(error).toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.not.stringContaining('signature-repository'),
    });
  });

  test('a login belongs to the registry of the images, not to that of their signatures', async () => {
    const login = { 'registry-username': 'u', 'registry-password': 'p', images: APP };
    const signer: Inputs = action === 'verify' ? { 'source-repository': 'acme/app' } : {};
    const inputs = { ...login, ...signer, 'signature-repository': 'ghcr.io/acme=quay.io/acme/sigs' };
    const { network } = await readers[action](fakeSource({ inputs }));
    expect(network.registryLogin?.registry).toBe('ghcr.io');
    const named = await readers[action](fakeSource({ inputs: { ...inputs, registry: 'quay.io' } }));
    expect(named.network.registryLogin?.registry).toBe('quay.io');
  });
});
