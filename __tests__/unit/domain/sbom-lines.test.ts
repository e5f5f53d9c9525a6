import { describe, expect, test } from 'vitest';
import { assignSboms, parseSbomLine, type SbomImage } from '../../../src/domain/attestation/sbom-lines.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import { parseRepository } from '../../../src/domain/image/reference.ts';

const digest = (letter: string): Digest => `sha256:${letter.repeat(64)}` as Digest;
const image = (name: string, of: string, platforms: Readonly<Record<string, string>> = {}): SbomImage => ({
  repository: parseRepository(name),
  digest: digest(of),
  platforms: Object.entries(platforms).map(([platform, letter]) => ({ platform, digest: digest(letter) })),
});
const APP = image('ghcr.io/acme/app', 'a');
const WEB = image('ghcr.io/acme/web', 'b');
const INDEX = image('ghcr.io/acme/app', 'f', { 'linux/amd64': '1', 'linux/arm64': '2', 'linux/arm/v7': '3' });

const assign = (lines: readonly string[], images: readonly SbomImage[]) => {
  const { assignments, problems, warnings } = assignSboms(lines.map(parseSbomLine), images);
  const shown = assignments.map(
    ({ image, child, path }) => `${image.repository.path} ${child?.platform ?? '-'} ${path}`,
  );
  return { shown, problems, warnings };
};

describe('a line', () => {
  test.each([
    ['sbom.json', undefined, undefined, 'sbom.json'],
    ['./a=b.json', undefined, undefined, './a=b.json'],
    ['../a=b.json', undefined, undefined, '../a=b.json'],
    ['/tmp/a=b.json', undefined, undefined, '/tmp/a=b.json'],
    ['ghcr.io/acme/app=sbom.json', 'ghcr.io/acme/app', undefined, 'sbom.json'],
    ['localhost:5000/app = a b.json', 'localhost:5000/app', undefined, 'a b.json'],
    ['ghcr.io/acme/app@linux/arm/v7=x=y', 'ghcr.io/acme/app', 'linux/arm/v7', 'x=y'],
    ['app={name}-{os}-{arch}{variant}.json', 'docker.io/library/app', undefined, '{name}-{os}-{arch}{variant}.json'],
  ])('%s', (line, repository, platform, path) => {
    const parsed = parseSbomLine(line);
    const { registry, path: inRegistry } = parsed.repository ?? { registry: '', path: '' };
    expect(repository === undefined ? parsed.repository : `${registry}/${inRegistry}`).toBe(repository);
    expect(parsed).toMatchObject({ platform, path });
  });

  test.each([
    ['ghcr.io/acme/app=', 'names no file'],
    ['ghcr.io/acme/app:1.2=sbom.json', 'without a tag'],
    [`ghcr.io/acme/app@${digest('a')}=sbom.json`, 'a digest is not a platform'],
    ['ghcr.io/acme/app@linux=sbom.json', '"linux" is not a platform'],
    ['ghcr.io/acme/app@linux/../x=sbom.json', 'not a platform'],
    ['Acme App=sbom.json', 'is not an image reference'],
    ['=sbom.json', 'is not an image reference'],
    ['sbom-{platform}.json', '"{platform}" is none of {name}, {os}, {arch}, {variant}'],
  ])('%s is refused', (line, problem) => {
    expect(() => parseSbomLine(line)).toThrow(problem);
  });
});

describe('files and images', () => {
  test('one plain path is for one digest, in all its repositories', () => {
    expect(assign(['sbom.json'], [APP])).toEqual({ shown: ['acme/app - sbom.json'], problems: [], warnings: [] });
    const mirror = image('docker.io/acme/app', 'a');
    expect(assign(['sbom.json'], [APP, mirror]).problems).toEqual([]);
    expect(assign(['sbom.json'], [APP, WEB]).problems).toEqual([
      '"sbom.json" would describe 2 digests, and an SBOM describes one: write one line per image, IMAGE=PATH or IMAGE@OS/ARCH=PATH',
    ]);
  });

  test('{name} is the last part of the repository', () => {
    expect(assign(['{name}.json'], [APP, WEB]).shown).toEqual(['acme/app - app.json', 'acme/web - web.json']);
    // Twin: two digests whose repositories end alike.
    expect(assign(['{name}.json'], [APP, image('ghcr.io/other/app', 'c')]).problems).toHaveLength(1);
  });

  test('an image may have several SBOMs', () => {
    expect(assign(['a.json', 'b.json', 'a.json'], [APP]).shown).toEqual(['acme/app - a.json', 'acme/app - b.json']);
  });

  test('an image without a file and a line without an image are named with the line to write', () => {
    expect(assign(['ghcr.io/acme/app=a.json', 'ghcr.io/acme/wep=w.json'], [APP, WEB]).problems).toEqual([
      '"ghcr.io/acme/wep=w.json": no image of this step is in that repository',
      `ghcr.io/acme/web@${digest('b')} has no SBOM: add a line ghcr.io/acme/web=PATH`,
    ]);
    expect(assign(['ghcr.io/acme/app=a.json', 'ghcr.io/acme/web=w.json'], [APP, WEB]).problems).toEqual([]);
  });

  test('one mapped path cannot serve two digests of its repository', () => {
    expect(assign(['ghcr.io/acme/app=a.json'], [APP, image('ghcr.io/acme/app', 'c')]).problems).toHaveLength(1);
  });

  test('before tags and platforms are known, only what is certain is judged', () => {
    const unknown: SbomImage = { repository: APP.repository, digest: '1.2', platforms: undefined };
    expect(assign(['{os}-{arch}.json'], [unknown])).toEqual({ shown: [], problems: [], warnings: [] });
    expect(assign(['ghcr.io/acme/web=a.json'], [unknown]).problems).toEqual([
      '"ghcr.io/acme/web=a.json": no image of this step is in that repository',
      'ghcr.io/acme/app:1.2 has no SBOM: add a line ghcr.io/acme/app=PATH',
    ]);
  });
});

describe('platforms', () => {
  test('a plain path goes to the index, with a warning', () => {
    const { shown, problems, warnings } = assign(['sbom.json'], [INDEX]);
    expect([shown, problems]).toEqual([['acme/app - sbom.json'], []]);
    expect(warnings).toEqual([expect.stringContaining('which has 3 platform images')]);
    const single = image('ghcr.io/acme/app', 'f', { 'linux/amd64': '1' });
    expect(assign(['sbom.json'], [single]).warnings).toEqual([]);
  });

  test('a path with {os} and {arch} goes to each platform image', () => {
    expect(assign(['{os}-{arch}{variant}.json'], [INDEX]).shown).toEqual([
      'acme/app linux/amd64 linux-amd64.json',
      'acme/app linux/arm64 linux-arm64.json',
      'acme/app linux/arm/v7 linux-armv7.json',
    ]);
    expect(assign(['{os}.json'], [INDEX]).problems).toEqual([expect.stringContaining('would describe 3 digests')]);
  });

  test.each([
    ['linux/amd64', 'linux/amd64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/arm', 'linux/arm/v7'],
    ['linux/arm/v7', 'linux/arm/v7'],
    ['LINUX/AMD64', 'linux/amd64'],
  ])('a line for %s goes to that image', (platform, found) => {
    expect(assign([`ghcr.io/acme/app@${platform}=a.json`], [INDEX])).toMatchObject({
      shown: [`acme/app ${found} a.json`],
      problems: [],
    });
  });

  test('a line without a variant cannot mean two images', () => {
    const both = image('ghcr.io/acme/app', 'f', { 'linux/arm/v6': '1', 'linux/arm/v7': '2' });
    expect(assign(['ghcr.io/acme/app@linux/arm=a.json'], [both]).problems).toHaveLength(1);
  });

  test.each([
    ['ghcr.io/acme/app@linux/s390x=a.json', INDEX, 'only for "linux/amd64"'],
    ['ghcr.io/acme/app@linux/amd64=a.json', APP, 'is one image, not an index'],
    ['{arch}.json', APP, 'is one image, not an index'],
    ['{arch}.json', image('ghcr.io/acme/app', 'f', { 'linux/..': '1' }), 'cannot be part of a path'],
    ['{os}.json', image('ghcr.io/acme/app', 'f', { 'a\nb/amd64': '1' }), 'cannot be part of a path'],
    ['{arch}.json', image('ghcr.io/acme/app', 'f', { unknown: '1' }), 'cannot be part of a path'],
  ])('%s is refused: %#', (line, of, problem) => {
    expect(assign([line], [of]).problems).toEqual([expect.stringContaining(problem)]);
  });
});
