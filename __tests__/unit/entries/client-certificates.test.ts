import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { mintClientIdentity } from '../../../sandbox/sigstore/self-signed.ts';
import { environmentSecrets } from '../../../src/entries/action/environment-secrets.ts';
import { readImages } from '../../../src/entries/action/inputs/images.ts';
import { readNetwork } from '../../../src/entries/action/inputs/network.ts';
import { createInputProblems } from '../../../src/entries/inputs/input-problems.ts';
import { UnfitFileError } from '../../../src/entries/inputs/regular-file.ts';
import type { NetworkSettings } from '../../../src/usecases/connections.ts';
import { DIGEST_A, type FakeSource, fakeSource } from './fake-input-source.ts';

const one = mintClientIdentity('one');
const two = mintClientIdentity('two');
const IMAGE = { images: `registry.example/acme/app@${DIGEST_A}` };
const combined = `Bag Attributes\n    localKeyID: 01\n${one.ca}subject=CN = one\n${one.certificate}${one.key}`;
const keyObject = createPrivateKey(one.key);
const encrypted = String(
  keyObject.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' }),
);
const encryptedOld = String(
  keyObject.export({ type: 'sec1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' }),
);
const sec1 = String(keyObject.export({ type: 'sec1', format: 'pem' }));
const weak = String(
  generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
);
const bodyOf = (pem: string): string[] => pem.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));

async function read(inputs: Readonly<Record<string, string>>, more: Omit<FakeSource, 'inputs'> = {}) {
  const source = fakeSource({ inputs: { ...IMAGE, ...inputs }, ...more });
  const problems = createInputProblems();
  const reading = { source, problems };
  const images = await readImages(reading, { refuseEmptyItems: false });
  const network: NetworkSettings = await readNetwork(reading, images, {
    timeoutMs: 1000,
    retryForMs: 1000,
    offline: false,
  });
  return { certificates: network.clientCertificates ?? [], problems: problems.list, source };
}

/** The only certificate that is read, by its names and whether the key belongs to it. */
async function readOne(...given: Parameters<typeof read>) {
  const { certificates, problems } = await read(...given);
  expect(problems).toEqual([]);
  expect(certificates).toHaveLength(1);
  const [{ registry, certificate, key } = { registry: '', certificate: '', key: '' }] = certificates;
  const chain = certificate.match(/-----BEGIN[^-]*-----[^-]*-----END[^-]*-----/g) ?? [];
  const leaf = new X509Certificate(certificate);
  return { registry, name: leaf.subject, chain: chain.length, fits: leaf.checkPrivateKey(createPrivateKey(key)) };
}

const FILES = {
  '/runner/app/certs/client.pem': one.certificate,
  '/runner/app/certs/client.key': one.key,
  '/etc/certs/both.pem': combined,
  '/etc/certs/two.pem': two.certificate,
  '/etc/certs/two.key': two.key,
};
const OURS = { registry: 'registry.example', name: 'CN=one', chain: 1, fits: true };

describe('a client certificate is read', () => {
  test.each<[string, Record<string, string>, Partial<typeof OURS>]>([
    ['from PEM text', { 'client-certificate': one.certificate, 'client-key': one.key }, {}],
    ['from paths', { 'client-certificate': 'certs/client.pem', 'client-key': 'certs/client.key' }, {}],
    ['with an older form of key', { 'client-certificate': one.certificate, 'client-key': sec1 }, {}],
    ['with its key in one file, the chain in front', { 'client-certificate': '/etc/certs/both.pem' }, { chain: 2 }],
    ['with its key in one text', { 'client-certificate': combined }, { chain: 2 }],
    [
      'from one file that both inputs name',
      { 'client-certificate': '/etc/certs/both.pem', 'client-key': '/etc/certs/both.pem' },
      { chain: 2 },
    ],
    [
      'for the registry that is named',
      { registry: 'Other.example:5000', 'client-certificate': combined },
      { registry: 'other.example:5000', chain: 2 },
    ],
    [
      'from lines',
      {
        'client-certificate': ' other.example:8443 = certs/client.pem',
        'client-key': 'other.example:8443=certs/client.key',
      },
      { registry: 'other.example:8443' },
    ],
    [
      'from a line with a combined file',
      { 'client-certificate': 'r.example=/etc/certs/both.pem' },
      { registry: 'r.example', chain: 2 },
    ],
    ['with line breaks of Windows', { 'client-certificate': combined.replaceAll('\n', '\r\n') }, { chain: 2 }],
  ])('%s', async (_what, inputs, expected) => {
    expect(await readOne(inputs, { files: FILES })).toEqual({ ...OURS, ...expected });
  });

  test('for each of several registries, images of none of them or not', async () => {
    const { certificates, problems } = await read(
      {
        'client-certificate': 'a.example=/etc/certs/both.pem\nb.example=/etc/certs/two.pem',
        'client-key': 'b.example=/etc/certs/two.key',
      },
      { files: FILES },
    );
    expect(problems).toEqual([]);
    expect(certificates.map(({ registry }) => registry)).toEqual(['a.example', 'b.example']);
    expect(certificates.map(({ certificate }) => new X509Certificate(certificate).subject)).toEqual([
      'CN=one',
      'CN=two',
    ]);
  });

  test('from a path that contains =', async () => {
    const files = { '/runner/app/certs/a=b.pem': combined };
    expect(await readOne({ 'client-certificate': 'certs/a=b.pem' }, { files })).toEqual({ ...OURS, chain: 2 });
  });

  test('from the workspace as it lies there on every event, for it decides nothing', async () => {
    const source = { files: FILES, env: { GITHUB_EVENT_NAME: 'pull_request' } };
    const { certificates, source: asked } = await read({ 'client-certificate': '/etc/certs/both.pem' }, source);
    expect([certificates.length, asked.asked]).toEqual([1, []]);
  });
});

const NOT_READ = {
  '/runner/app/locked.pem': Object.assign(new Error('no'), { code: 'EACCES' }),
  '/runner/app/dir': new UnfitFileError('EISDIR', 'is a directory'),
};

describe('a client certificate is refused', () => {
  test.each<[string, Record<string, string>, string, RegExp]>([
    ['without its key', { 'client-certificate': one.certificate }, 'client-certificate', /without a key.*`client-key`/],
    ['that is only a key', { 'client-key': one.key }, 'client-key', /without client-certificate/],
    [
      'with the key of another',
      { 'client-certificate': one.certificate, 'client-key': two.key },
      'client-key',
      /does not belong/,
    ],
    [
      'with two different keys',
      { 'client-certificate': combined, 'client-key': two.key },
      'client-key',
      /more than one/,
    ],
    [
      'with an encrypted key',
      { 'client-certificate': one.certificate, 'client-key': encrypted },
      'client-key',
      /encrypted.*openssl pkey/,
    ],
    [
      'with an encrypted key of the older form',
      { 'client-certificate': one.certificate, 'client-key': encryptedOld },
      'client-key',
      /encrypted/,
    ],
    [
      'with an encrypted key inside',
      { 'client-certificate': one.certificate + encrypted },
      'client-certificate',
      /encrypted/,
    ],
    [
      'that is a key',
      { 'client-certificate': one.key, 'client-key': one.key },
      'client-certificate',
      /no PEM certificate/,
    ],
    [
      'with a certificate as its key',
      { 'client-certificate': one.certificate, 'client-key': one.certificate },
      'client-key',
      /no PEM private key/,
    ],
    [
      'that is damaged',
      { 'client-certificate': one.certificate.replace('MII', 'AAA'), 'client-key': one.key },
      'client-certificate',
      /cannot be parsed/,
    ],
    [
      'with a damaged key',
      { 'client-certificate': one.certificate, 'client-key': one.key.replace('MIG', 'AAA') },
      'client-key',
      /cannot be parsed/,
    ],
    [
      'whose line breaks are lost',
      { 'client-certificate': one.certificate, 'client-key': one.key.replaceAll('\n', '\\n') },
      'client-key',
      /no PEM private key.*line breaks/,
    ],
    [
      'that is base64 of PEM',
      { 'client-certificate': one.certificate, 'client-key': Buffer.from(one.key).toString('base64') },
      'client-key',
      /base64/,
    ],
    [
      'that is base64 without its first and last line',
      { 'client-certificate': one.certificate, 'client-key': bodyOf(one.key).join('\n') },
      'client-key',
      /base64/,
    ],
    ['whose file is not there', { 'client-certificate': 'nowhere.pem' }, 'client-certificate', /no file "nowhere.pem"/],
    [
      'whose file may not be read',
      { 'client-certificate': 'locked.pem' },
      'client-certificate',
      /"locked.pem" cannot be read \(EACCES\)/,
    ],
    ['whose path is a directory', { 'client-certificate': 'dir' }, 'client-certificate', /is a directory/],
    ['whose file is not PEM', { 'client-certificate': 'p12' }, 'client-certificate', /not PEM.*openssl pkcs12/],
    [
      'for a host given twice',
      { 'client-certificate': 'a.example=/etc/certs/both.pem\nA.example:443=/etc/certs/both.pem' },
      'client-certificate',
      /"a.example:443" is given twice/,
    ],
    [
      'for a URL',
      { 'client-certificate': 'https://a.example=/etc/certs/both.pem' },
      'client-certificate',
      /line 1 is not a registry host/,
    ],
    [
      'for a host with a path',
      { 'client-certificate': 'a.example=/etc/certs/both.pem\na.example/acme=x.pem' },
      'client-certificate',
      /line 2 is not a registry host/,
    ],
    [
      'for a name that is no host',
      { 'client-certificate': 'acme=/etc/certs/both.pem' },
      'client-certificate',
      /not a registry host/,
    ],
    ['without a path', { 'client-certificate': 'a.example=' }, 'client-certificate', /line 1 does not have the form/],
    [
      'in a line without a host',
      { 'client-certificate': 'a.example=/etc/certs/both.pem\n/etc/certs/both.pem' },
      'client-certificate',
      /line 2 does not have the form/,
    ],
    [
      'as PEM text in a line',
      { 'client-certificate': `a.example=${combined.slice(combined.indexOf('-----'))}` },
      'client-certificate',
      /line 1 has PEM text/,
    ],
    [
      'for loopback',
      { 'client-certificate': 'localhost:5000=/etc/certs/both.pem' },
      'client-certificate',
      /"localhost:5000" is called over plain http/,
    ],
    [
      'for an insecure registry',
      { 'insecure-registries': 'a.example', 'client-certificate': 'a.example=/etc/certs/both.pem' },
      'client-certificate',
      /"a.example" is called over plain http/,
    ],
    [
      'for an insecure registry of the step',
      { 'insecure-registries': 'registry.example', 'client-certificate': combined },
      'client-certificate',
      /called over plain http/,
    ],
    [
      'in two forms',
      { 'client-certificate': 'a.example=certs/client.pem', 'client-key': one.key },
      'client-key',
      /has lines.*the other one value/,
    ],
    [
      'whose key names another host',
      { 'client-certificate': 'a.example=/etc/certs/both.pem', 'client-key': 'b.example=certs/client.key' },
      'client-key',
      /"b.example".*no certificate/,
    ],
    [
      'for images of two registries',
      { images: `${IMAGE.images}\nother.example/a/b@${DIGEST_A}`, 'client-certificate': combined },
      'registry',
      /required with client-certificate/,
    ],
    [
      'for images in metadata',
      {
        images: '',
        metadata: `{"a":{"image.name":"registry.example/acme/app","containerimage.digest":"${DIGEST_A}"}}`,
        'client-certificate': combined,
      },
      'registry',
      /required with client-certificate/,
    ],
  ])('%s', async (_what, inputs, input, words) => {
    const files = { ...FILES, ...NOT_READ, '/runner/app/p12': new Uint8Array([0x30, 0x82, 1, 2]) };
    const { certificates, problems } = await read(inputs, { files });
    expect(certificates).toEqual([]);
    expect(problems.map((problem) => problem.input)).toEqual([input]);
    expect(problems.map(({ what, cure }) => `${what} ${cure}`).join()).toMatch(words);
    // No problem shows a part of a key.
    const said = JSON.stringify(problems);
    for (const line of [...bodyOf(one.key), ...bodyOf(two.key), ...bodyOf(sec1)]) expect(said).not.toContain(line);
  });

  test('with a key that TLS does not accept', async () => {
    const { problems } = await read({ 'client-certificate': one.certificate, 'client-key': weak });
    expect(problems.map(({ input }) => input)).toEqual(['client-key']);
  });
});

describe('the key is masked', () => {
  test.each<[string, Record<string, string>]>([
    ['from PEM text', { 'client-certificate': one.certificate, 'client-key': one.key }],
    ['from a combined text', { 'client-certificate': combined }],
    ['from a file', { 'client-certificate': 'certs/client.pem', 'client-key': 'certs/client.key' }],
    ['from a combined file', { 'client-certificate': 'r.example=/etc/certs/both.pem' }],
    ['of another certificate', { 'client-certificate': two.certificate, 'client-key': one.key }],
  ])('%s', async (_what, inputs) => {
    const { source } = await read(inputs, { files: FILES });
    for (const line of bodyOf(one.key).filter((text) => text.length >= 8)) expect(source.masked).toContain(line);
    for (const line of bodyOf(one.certificate)) expect(source.masked).not.toContain(line);
  });

  test.each([
    ['INPUT_CLIENT-KEY', one.key],
    ['INPUT_CLIENT-KEY', one.key.replaceAll('\n', '\\n')],
    ['INPUT_CLIENT-CERTIFICATE', combined],
  ])('before anything is read: %s %#', (name, value) => {
    const secrets = environmentSecrets({ [name]: value });
    expect(secrets).toEqual(expect.arrayContaining(bodyOf(one.key).filter((text) => text.length >= 8)));
    for (const line of bodyOf(one.certificate)) expect(secrets).not.toContain(line);
  });

  test('as the base64 of its PEM, but a path is not', () => {
    const text = Buffer.from(one.key).toString('base64');
    expect(environmentSecrets({ 'INPUT_CLIENT-KEY': text })).toEqual([text]);
    const path = '/home/runner/work/_temp/certificates-of-the-registry/registry.example/client.key';
    expect(environmentSecrets({ 'INPUT_CLIENT-KEY': path })).toEqual([]);
  });
});
