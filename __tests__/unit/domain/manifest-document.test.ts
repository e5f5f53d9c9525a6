import { expect, test } from 'vitest';
import { readManifestDocument } from '../../../src/domain/image/manifest-document.ts';

const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const read = (text: string | Uint8Array): ReturnType<typeof readManifestDocument> =>
  readManifestDocument(typeof text === 'string' ? Buffer.from(text) : text);

test('tells an index from an image by their fields', () => {
  expect(read('{"manifests":[1]}')).toEqual({ kind: 'index', mediaType: undefined, manifests: [1] });
  expect(read(` \n{"mediaType":"${OCI_INDEX}","manifests":[]}`)).toMatchObject({ kind: 'index', mediaType: OCI_INDEX });
  expect(read('{"mediaType":"","config":{}}')).toEqual({ kind: 'image', mediaType: undefined, holdsStatements: false });
  expect(read('{"layers":[]}')).toMatchObject({ kind: 'image' });
});

test.each([
  ['nothing', ''],
  ['text', 'release notes'],
  ['a list', '[{"manifests":[]}]'],
  ['bytes', new Uint8Array([0x1f, 0x8b, 8, 0])],
  ['an object without the fields of either', '{"text":"x"}'],
  ['an object with a foreign type', '{"mediaType":"application/vnd.acme+json"}'],
  ['an object whose inner keys repeat', '{"a":{"b":1,"b":2}}'],
])('%s is foreign', (_what, content) => {
  expect(read(content)).toEqual({ kind: 'foreign' });
});

test.each([
  ['fields of both', '{"manifests":[],"layers":[]}', /both/],
  ['fields of an index, the type of an image', `{"mediaType":"${OCI_MANIFEST}","manifests":[]}`, /calls itself/],
  ['fields of an image, a foreign type', '{"mediaType":"a/b","config":{}}', /calls itself/],
  ['the type of an index without its fields', `{"mediaType":"${OCI_INDEX}"}`, /lacks/],
  ['a type that is not text', '{"mediaType":1,"manifests":[]}', /not text/],
  ['manifests that are not a list', '{"manifests":null}', /not a list/],
  ['schema 1 of Docker', '{"schemaVersion":1,"fsLayers":[]}', /schema 1/],
  ['Manifests beside other keys', '{"Manifests":[]}', /two ways/],
  ['a long s', '{"manife\u017fts":[]}', /two ways/],
  ['Manifests beside manifests', '{"manifests":[],"Manifests":[]}', /two ways/],
  ['manifests twice', '{"manifests":[],"manifests":[]}', /two ways/],
  ['Layers in an index', '{"manifests":[],"Layers":[]}', /two ways/],
  ['OS beside os', '{"manifests":[{"platform":{"os":"a","OS":"b"}}]}', /two ways/],
  ['Digest in a layer', '{"layers":[{"Digest":"b"}]}', /two ways/],
  ['something after the object', '{"layers":[]} tail', /cannot be read/],
  ['a byte order mark', '\ufeff{"layers":[]}', /cannot be read/],
  ['an object in UTF-16', Buffer.from('{"layers":[]}', 'utf16le'), /cannot be read/],
  ['an object in UTF-16, the other way round', Buffer.from('{"layers":[]}', 'utf16le').swap16(), /cannot be read/],
  ['bytes that are not UTF-8', Buffer.from('{"layers":[],"a":"\xff"}', 'latin1'), /cannot be read/],
  ['too deep', `{"layers":${'['.repeat(101)}${']'.repeat(101)}}`, /cannot be read/],
  ['too many members', `{"layers":[${'[],'.repeat(200_000)}[]]}`, /cannot be read/],
  ['too many bytes', `{"layers":[]${' '.repeat(4 * 1024 * 1024)}}`, /cannot be read/],
])('refuses %s', (_what, content, why) => {
  expect(() => read(content)).toThrow(why);
});

test('statements are the layers of in-toto only', () => {
  const image = (...types: readonly string[]): unknown =>
    read(JSON.stringify({ layers: types.map((mediaType) => ({ mediaType })) }));
  const statement = 'application/vnd.in-toto+json';
  expect(image(statement, 'application/vnd.in-toto.spdx+dsse')).toMatchObject({ holdsStatements: true });
  expect(image(statement, 'application/vnd.oci.image.layer.v1.tar+gzip')).toMatchObject({ holdsStatements: false });
  expect(read('{"config":{}}')).toMatchObject({ holdsStatements: false });
});
