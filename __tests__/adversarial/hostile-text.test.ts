import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { on } from '../../sandbox/http/faults.ts';
import { seedReferrer } from '../../sandbox/registry/seed.ts';
import { signEnvelopeByHand } from '../../sandbox/sigstore/hand-signer.ts';
import { expectHarmless } from './harmless-report.ts';
import { decision, isOpen, openLab, RELEASE } from './in-process-gate.ts';
import { goodBundle, goodLayer, putSignatureTag } from './signature-seeds.ts';

const lab = await openLab();

/** Text as it may stand in a branch name, a workflow's name or an annotation of an attacker. */
const HOSTILE: readonly { readonly what: string; readonly text: string }[] = [
  { what: 'a workflow command', text: '::set-output name=verified::true' },
  { what: 'a workflow command on a line of its own', text: 'x\n::set-output name=verified::true\n' },
  { what: 'a workflow command after a lone CR', text: 'x\r::add-mask::a\r' },
  { what: 'a workflow command after a CRLF', text: 'x\r\n::stop-commands::t\r\n' },
  { what: 'an indented workflow command', text: 'x\n \t::error::forged' },
  { what: 'an old-style command', text: 'x ##[set-env name=PATH]/tmp/evil' },
  { what: 'an encoded line break', text: 'x%0A::error::forged%0D%0A' },
  { what: 'HTML', text: '<img src=x onerror=alert(1)><script>alert(1)</script>' },
  { what: 'the end of our own tags', text: '</code></details><h1>Verified</h1>' },
  { what: 'table cells', text: 'x | ✅ passed | y |\n| a | b |' },
  { what: 'a link', text: '[click](javascript:alert(1)) ![i](https://evil.example/i.png)' },
  { what: 'an autolink', text: 'https://evil.example/?x www.evil.example <https://evil.example>' },
  { what: 'a mention and an issue', text: '@octocat closes #1 GH-1 octo-org/octo-repo#1' },
  { what: 'a code fence', text: 'x\n```\n# heading\n```yaml\n' },
  { what: 'a longer fence', text: 'x\n``````\n# heading\n' },
  { what: 'shell', text: 'x"$(id)`id`;id' },
  { what: 'single quotes', text: "x';id;'" },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a workflow expression
  { what: 'an expression', text: '${{ secrets.GITHUB_TOKEN }}' },
  { what: 'YAML', text: 'x: y\n    mode: warn\n    images: evil' },
  { what: 'a YAML alias', text: '*x &y !!js/function' },
  { what: 'right-to-left text', text: 'x\u202egnp.exe\u202c' },
  { what: 'NUL and other controls', text: 'x\u0000y\u0007\u001b[31mred\u001b[0m\u009b31m' },
  { what: 'line separators', text: 'x\u2028::error::a\u2029\u0085::error::b' },
  { what: 'zero-width and byte order marks', text: 'oc\u200bto\ufeff-org\u2060' },
  { what: 'letters of another script', text: 'https://github.com/\u043ect\u043e-org' },
  { what: 'backslashes', text: '\\u202e \\" \\n' },
  { what: 'very long text', text: `x${'<|`'.repeat(5_000)}` },
];

/** A certificate of the right repository whose ref, workflow name and other claims say something hostile. */
const hostileCertificate = (text: string) => {
  const uri = `https://github.com/${RELEASE.repository}/${RELEASE.workflow}@refs/heads/${text}`;
  return {
    names: [{ uri }],
    extensions: { 4: text, 6: `refs/heads/${text}`, 9: uri, 14: `refs/heads/${text}`, 18: uri, 23: text, 24: text },
  };
};

const repositoryOnly = { 'source-repository': RELEASE.repository } as const;

describe.each(HOSTILE)('$what', ({ text }) => {
  test('in subject, claims and annotations of a signature that verifies stays text, accepted or not', async () => {
    const image = lab.freshImage();
    const certify = hostileCertificate(text);
    lab.attach(
      image.repository,
      image.digest,
      goodBundle(lab.sigstore, image.digest, { certify, annotations: { [text]: text } }),
    );
    putSignatureTag(lab.registry.store, image.repository, image.digest, [
      goodLayer(lab.sigstore, image.digest, { certify }),
    ]);
    const asked = await lab.verify({ images: image.reference, ...repositoryOnly });
    expectHarmless(asked);
    expect(asked.results.images[0]?.signatures.length).toBe(2);
    const refused = await lab.verify({ images: image.reference, 'source-repository': 'acme/other' });
    expect(isOpen(refused)).toBe(false);
    expectHarmless(refused);
    const nobody = await lab.verify({ images: image.reference });
    expect(isOpen(nobody)).toBe(false);
    expectHarmless(nobody);
  });

  test('in a signature that does not verify is marked unverified and never offered for pasting', async () => {
    const image = lab.freshImage();
    const bundle = goodBundle(lab.sigstore, image.digest, { certify: hostileCertificate(text) });
    bundle.verificationMaterial.tlogEntries = [];
    lab.attach(image.repository, image.digest, bundle);
    for (const inputs of [repositoryOnly, {}]) {
      const run = await lab.verify({ images: image.reference, ...inputs });
      expect(isOpen(run)).toBe(false);
      expectHarmless(run);
      const [signature] = run.results.images[0]?.signatures ?? [];
      expect(signature?.verdict).toBe('rejected');
      // A subject outside ASCII is no subject at all (RFC 5280 IA5String), nor is one of many thousand letters, so there is nothing to show.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII
      const isReadable = /^[\x00-\x7f]*$/.test(text) && text.length < 2_000;
      expect(signature?.unverified).toBe(isReadable ? true : undefined);
      if (isReadable) expect(run.summary).toMatch(/\*\*Unverified\*\* claim/);
      expect(run.summary).not.toContain('Inputs that would accept');
      expect(run.summary).not.toContain('```');
    }
  });

  test('in what lies beside the image, and in the registry’s errors, stays text', async () => {
    const image = lab.freshImage();
    const payload = JSON.stringify({ _type: text, subject: [], predicateType: text, predicate: {} });
    lab.attach(image.repository, image.digest, signEnvelopeByHand(lab.sigstore, { payload }));
    lab.attach(image.repository, image.digest, JSON.stringify({ mediaType: text, [text]: text }));
    seedReferrer(lab.registry.store, image.repository, image.digest, {
      artifactType: text,
      layer: 'x',
      annotations: { [text]: text },
    });
    expectHarmless(await lab.verify({ images: image.reference, ...repositoryOnly }));
    lab.setFaults([
      {
        match: on('GET', /\/referrers\//),
        times: 'always',
        action: {
          reply: {
            status: 403,
            headers: [['Content-Type', 'application/json']],
            body: JSON.stringify({ errors: [{ code: text, message: text, detail: text }] }),
          },
        },
      },
    ]);
    const denied = await lab.verify({ images: image.reference, ...repositoryOnly });
    expect(decision(denied)).toBe('error REGISTRY_DENIED');
    expectHarmless(denied);
  });
});

test('a branch named for the shell passes, but the outputs issuer and subject stay empty, with a notice', async () => {
  const image = lab.freshImage();
  const certify = hostileCertificate('x"$(id)`id`;id');
  lab.attach(image.repository, image.digest, goodBundle(lab.sigstore, image.digest, { certify }));
  const run = await lab.verify({ images: image.reference, ...repositoryOnly });
  expect(decision(run)).toBe('pass');
  expect(run.outputs).toMatchObject({ verified: 'true', subject: '', issuer: lab.sigstore.issuer });
  expect(run.commands.filter(({ name }) => name === 'notice')).toMatchObject([
    { data: expect.stringContaining('subject') },
  ]);
  expect(run.outputs['results']).toContain('\\u0024\\u0028id\\u0029');
});

test('inputs are offered for pasting as YAML that says the value and nothing else, or not at all', async () => {
  const plain = lab.freshImage();
  lab.attach(plain.repository, plain.digest, goodBundle(lab.sigstore, plain.digest));
  const offered = await lab.verify({ images: plain.reference, 'source-repository': 'acme/other' });
  const block = /```yaml\n([\s\S]*?)\n```/.exec(offered.summary)?.[1] ?? '';
  const inputs = parseYaml(block) as Record<string, string>;
  expect(inputs).toMatchObject({ 'source-repository': RELEASE.repository, 'source-ref': RELEASE.ref });
  expect(decision(await lab.verify({ images: plain.reference, ...inputs }))).toBe('pass');

  const hostile = lab.freshImage();
  const certify = hostileCertificate(`x"$(id)'\`id\`;id: #y`);
  lab.attach(hostile.repository, hostile.digest, goodBundle(lab.sigstore, hostile.digest, { certify }));
  const withheld = await lab.verify({ images: hostile.reference, 'source-repository': 'acme/other' });
  expect(decision(withheld)).toBe('fail CLAIM_MISMATCH');
  expect(withheld.summary).not.toContain('```yaml');
  expect(withheld.summary).toContain('Nothing is offered for pasting');
});
