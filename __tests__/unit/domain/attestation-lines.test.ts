import { describe, expect, test } from 'vitest';
import { type LineSigners, namesSigner, parseLineSigners } from '../../../src/domain/attestation/line-signers.ts';
import { parseRequirementLine, splitRequirements } from '../../../src/domain/attestation/requirement-line.ts';
import { CONTEXT, type Inputs, inputs } from './identity-samples.ts';

const texts = (value: string) => splitRequirements(value).map(({ text }) => text);

describe('the value of the input', () => {
  test.each([
    ['provenance', ['provenance']],
    ['provenance\nsbom\n', ['provenance', 'sbom']],
    ['provenance\r\nsbom\r\n', ['provenance', 'sbom']],
    [
      'provenance\n  source-ref=refs/heads/main\n\tworkflow=a.yml\nsbom',
      ['provenance source-ref=refs/heads/main workflow=a.yml', 'sbom'],
    ],
    ['', []],
    [' \n\n ', []],
  ])('%j has the requirements %j', (value, wanted) => {
    expect(texts(value)).toEqual(wanted);
  });

  test.each([
    ['provenance\n\nsbom', 'line 2'],
    ['provenance\nsbom\n\n', 'line 3'],
    ['\nprovenance', 'line 1'],
    ['  provenance', 'line 1 is indented'],
    [Array(51).fill('sbom').join('\n'), 'more than 50'],
  ])('%j is refused: %s', (value, why) => {
    expect(() => splitRequirements(value)).toThrow(why);
  });

  test('a line keeps the number of its first line', () => {
    expect(splitRequirements('sbom\n per-platform\nspdx').map(({ number }) => number)).toEqual([1, 3]);
  });
});

describe('one line', () => {
  test('has a type, conditions and flags', () => {
    const line = parseRequirementLine(
      'provenance source-repository=acme/app max-age=12h per-platform  build-type="a b" builder-id=\'c "d"\'',
    );
    expect([...line.conditions]).toEqual([
      ['source-repository', 'acme/app'],
      ['max-age', '12h'],
      ['build-type', 'a b'],
      ['builder-id', 'c "d"'],
    ]);
    expect([...line.flags]).toEqual(['per-platform']);
    expect(line.maxAgeMs).toBe(12 * 3_600_000);
  });

  test('a value may contain an equals sign, and a type anything that a URI may', () => {
    const line = parseRequirementLine('https://example.com/?a=b workflow=a=b.yml');
    expect(line.type.accepts('https://example.com/?a=b')).toBe(true);
    expect(line.conditions.get('workflow')).toBe('a=b.yml');
  });

  test.each([
    [
      'provenance',
      ['https://slsa.dev/provenance/v1'],
      ['https://slsa.dev/provenance/v0.2', 'https://slsa.dev/provenance/v1.0'],
    ],
    ['slsaprovenance', ['https://slsa.dev/provenance/v0.2'], ['https://slsa.dev/provenance/v1']],
    ['spdx', ['https://spdx.dev/Document', 'https://spdx.dev/Document/v2.3'], ['https://cyclonedx.org/bom']],
    ['spdxjson', ['https://spdx.dev/Document'], ['https://spdx.dev/Document/v2.3']],
    ['cyclonedx', ['https://cyclonedx.org/bom', 'https://cyclonedx.org/bom/v1.6'], ['https://spdx.dev/Document']],
    ['sbom', ['https://spdx.dev/Document/v2.3', 'https://cyclonedx.org/bom'], ['https://example.com/sbom']],
    ['https://cyclonedx.org/bom', ['https://cyclonedx.org/bom'], ['https://cyclonedx.org/bom/v1.6']],
    ['vuln', ['https://cosign.sigstore.dev/attestation/vuln/v1'], ['https://cosign.sigstore.dev/attestation/v1']],
  ])('%s accepts its types and no other', (type, wanted, others) => {
    const { accepts } = parseRequirementLine(type).type;
    expect([...wanted, ...others].filter(accepts)).toEqual(wanted);
  });

  test.each([
    ['Provenance', 'not a type of attestation'],
    ['provenance,sbom', 'not a type of attestation'],
    ['"provenance"', 'quotation mark'],
    ['https://sigstore.dev/cosign/sign/v1', 'the type of an image signature'],
    ['provenance sbom', 'write each type on its own line'],
    ['provenance ref=refs/heads/main', 'neither a condition'],
    ['provenance certificate-identity-regexp=.*', 'neither a condition'],
    ['provenance annotations=a', 'neither a condition'],
    ['provenance source-ref=a source-ref=b', 'source-ref is given twice'],
    ['provenance per-platform per-platform', 'per-platform is given twice'],
    ['provenance per-platform=true', 'takes no value'],
    ['provenance workflow', 'workflow has no value'],
    ['provenance workflow=', 'the value of workflow is empty'],
    ['provenance workflow=""', 'the value of workflow is empty'],
    ['provenance workflow=" "', 'the value of workflow is empty'],
    ['provenance workflow="a', 'not closed'],
    ['provenance workflow="a"b', 'text follows a quotation mark'],
    ['provenance workflow=a"b"', 'quotation mark must follow'],
    ['provenance workflow=a="b"', 'quotation mark must follow'],
    ['provenance max-age=1', 'max-age: "1" is not a duration'],
    ['provenance max-age=0s', 'not longer than zero'],
    ['sbom builder-id=https://x', 'builder-id does not apply to sbom'],
    ['https://example.com/p/v1 build-type=https://x', 'build-type does not apply'],
    ['cyclonedx buildkit', 'buildkit does not apply to cyclonedx'],
    ['vuln buildkit', 'buildkit does not apply to vuln'],
    ['provenance\u200b', 'invisible'],
    ['provenance source-ref=refs/heads/\u202emain', 'invisible'],
  ])('%j is refused: %s', (text, why) => {
    expect(() => parseRequirementLine(text)).toThrow(why);
  });
});

describe('who must have signed', () => {
  const signersOf = (text: string, step: Inputs): LineSigners =>
    parseLineSigners(parseRequirementLine(text), inputs(step), CONTEXT);
  const signers = (text: string, step: Inputs) => {
    const parsed = signersOf(text, step);
    if (parsed.kind !== 'signers') throw new Error(JSON.stringify(parsed));
    return parsed.signers;
  };

  test('a line that names a signer is judged by its own conditions alone, but for max-age', () => {
    const step = { sourceRepository: ['acme/app'], sourceRef: ['refs/heads/main'], maxAgeMs: 1000 };
    const [own, ...more] = signers('provenance source-repository=acme/other', step);
    expect(more).toEqual([]);
    expect(own).toMatchObject({
      sourceRepositories: ['https://github.com/acme/other'],
      sourceRefs: [],
      maxAgeMs: 1000,
      identities: [{ issuers: ['https://token.actions.githubusercontent.com'] }],
    });
    expect(namesSigner(parseRequirementLine('provenance workflow=a.yml'))).toBe(false);
  });

  test.each([
    ['provenance max-age=1h', 7_200_000, 3_600_000],
    ['provenance max-age=3h', 7_200_000, 7_200_000],
    ['provenance source-repository=acme/b max-age=3h', 7_200_000, 7_200_000],
    ['provenance', undefined, undefined],
  ])('%s beside a max-age of %s ms means %s ms', (text, step, wanted) => {
    expect(signers(text, { sourceRepository: ['acme/app'], maxAgeMs: step })[0].maxAgeMs).toBe(wanted);
  });

  test('any other line adds its conditions to the identity of the step, without its annotations', () => {
    const [one, ...more] = signers('provenance signer-workflow=acme/flows/.github/workflows/a.yml', {
      sourceRepository: ['acme/app'],
      claims: ['runner-environment=github-hosted'],
      annotations: ['a=b'],
    });
    expect(more).toEqual([]);
    expect(one.sourceRepositories).toEqual(['https://github.com/acme/app']);
    expect(one.signerWorkflows).toHaveLength(1);
    expect([...one.claims.keys()]).toEqual(['runner-environment']);
    expect(one.annotations.size).toBe(0);
  });

  test('a condition that the step gives too must hold in addition, and is no alternative', () => {
    const both = signers('provenance source-ref=refs/tags/*', {
      sourceRepository: ['acme/app'],
      sourceRef: ['refs/heads/*'],
    });
    expect(both.map(({ sourceRefs }) => sourceRefs.map(({ source }) => source))).toEqual([
      ['refs/heads/*'],
      ['refs/tags/*'],
    ]);
  });

  test('an issuer that the step does not accept contradicts it, even if that one applies by default', () => {
    const line = 'provenance certificate-oidc-issuer=https://evil.example';
    expect(() => signersOf(line, { certificateIdentity: ['a'] })).toThrow('contradicts the issuer of the step');
    expect(() =>
      signersOf(line, { certificateIdentity: ['a'], certificateOidcIssuer: ['https://good.example'] }),
    ).toThrow('contradicts');
    const own = signers(`${line} certificate-identity=b`, { certificateIdentity: ['a'] });
    expect(own[0].identities[0]).toMatchObject({ issuers: ['https://evil.example'], subjects: ['b'] });
  });

  test('without a signer in line and step there is none', () => {
    expect(signersOf('provenance source-ref=refs/heads/main', { workflow: ['.github/workflows/a.yml'] }).kind).toBe(
      'no-identity',
    );
    expect(signersOf('provenance certificate-identity=a', {}).kind).toBe('signers');
  });

  test.each([
    ['provenance source-repository=ghcr.io/acme/app', {}, 'unreadable'],
    ['provenance source-ref=main', { sourceRepository: ['acme/app'] }, 'unreadable'],
    [
      'provenance source-ref=refs/heads/main',
      { certificateIdentity: ['a'], certificateOidcIssuer: ['https://a.example', 'https://b.example'] },
      'needs-one-issuer',
    ],
  ] as const)('%s is refused by the identity rules', (text, step, kind) => {
    expect(signersOf(text, step)).toMatchObject({ kind: 'invalid', problems: [{ kind }] });
  });
});
