import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { type ReadPolicies, readPolicies } from '../../../../src/domain/policy/read-policies.ts';
import { RELEASE } from '../identity-samples.ts';
import { CONTEXT, ISSUER, policyText } from './policy-samples.ts';

const BASE = policyText({
  annotations:
    'countersign/source-repository: Acme/App\ncountersign/require: "1"\ncountersign/attestations: vuln max-age=1d',
  spec: 'mode: enforce\nmatch:\n  - {group: apps, version: v1, resource: deployments, selector: {matchLabels: {a: b}}}',
  globs: '- glob: ghcr.io/acme/**\n- glob: index.docker.io/acme/app@*',
  authorities: `- name: release
  keyless:
    url: https://fulcio.sigstore.dev
    identities:
      - issuer: ${ISSUER}
        subjectRegExp: '^https://github\\.com/Acme/App/.*$'
      - {issuer: "${ISSUER}", subject: "${RELEASE}"}
  ctlog: {url: "https://rekor.sigstore.dev"}
  signatureFormat: bundle
  attestations: [{name: a, predicateType: vuln}]
- static: {action: fail, message: no}`,
});

function readText(text: string): ReadPolicies {
  return readPolicies([{ file: 'fuzz.yaml', text }], CONTEXT);
}

/** What must hold of any answer. */
function checkAnswer(result: ReadPolicies): void {
  if (result.kind === 'policies') {
    expect(result.set.policies.length).toBeGreaterThan(0);
    for (const { globs, authorities } of result.set.policies) {
      expect(globs.length).toBeGreaterThan(0);
      expect(authorities.length).toBeGreaterThan(0);
      for (const one of authorities) {
        if (one.kind === 'keyless') expect(one.requirement.identities.length).toBeGreaterThan(0);
      }
    }
    return;
  }
  expect(result.problems.length).toBeGreaterThan(0);
  for (const { file, line, document, what, cure } of result.problems) {
    expect(file).toBe('fuzz.yaml');
    expect(line).toBeGreaterThan(0);
    expect(document).toBeGreaterThan(0);
    expect(what).not.toBe('');
    expect(cure).not.toBe('');
  }
}

test('the policy that is changed is valid', () => {
  expect(readText(BASE)).toMatchObject({ kind: 'policies' });
});

test('no text makes the reader throw or hang', () => {
  const pieces = fc.constantFrom(
    ...(BASE.match(/[^\s:]+|\s+|:/g) ?? []),
    '---\n',
    '&a ',
    '*a',
    '<<: ',
    '[',
    '{',
    '"',
    "'",
    '|',
    '\t',
    '\r\n',
    '!!x ',
    '\0',
  );
  const made = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''));
  const cut = fc
    .record({ from: fc.nat(BASE.length), length: fc.nat(20), put: fc.oneof(fc.string(), made) })
    .map(({ from, length, put }) => BASE.slice(0, from) + put + BASE.slice(from + length));
  fc.assert(
    fc.property(fc.oneof(fc.string(), made, cut), (text) => checkAnswer(readText(text))),
    { numRuns: 200 },
  );
});

type Tree = Record<string, unknown> | unknown[];

/** Every place of a value below the top. */
function placesOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [...(path.length === 0 ? [] : [path]), ...entries.flatMap(([key, inner]) => placesOf(inner, [...path, key]))];
}

function changed(path: readonly (string | number)[], change: (parent: Tree, key: string | number) => void): unknown {
  const copy = structuredClone(parse(BASE)) as Tree;
  const parent = path.slice(0, -1).reduce<Tree>((at, key) => (at as Record<string | number, Tree>)[key] as Tree, copy);
  change(parent, path.at(-1) ?? '');
  return copy;
}

const PLACES = placesOf(parse(BASE));
const anyPlace = fc.constantFrom(...PLACES);

test('a value of another type is never accepted', () => {
  for (const path of PLACES) {
    for (const value of [null, 7, [], {}]) {
      // What other resources say about this one decides nothing, and `[]` or `{}` may say the same as nothing.
      const text = stringify(changed(path, (parent, key) => Object.assign(parent, { [key]: value })));
      const result = readText(text);
      checkAnswer(result);
      const isSelector = path.includes('selector') && ['{}', '""'].includes(JSON.stringify(value));
      const isEmptyLog = path.at(-1) === 'ctlog' && JSON.stringify(value) === '{}';
      if (!isSelector && !isEmptyLog && path.join('.') !== 'metadata.annotations') {
        expect(result.kind, `${path.join('.')} = ${JSON.stringify(value)}`).toBe('invalid');
      }
    }
  }
});

test('an unknown field is never accepted, wherever it is', () => {
  const maps = PLACES.filter((path) => {
    const value = path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], parse(BASE));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  });
  expect(maps.length).toBeGreaterThan(10);
  for (const path of maps) {
    const last = path.at(-1);
    if (last === 'annotations' || last === 'matchLabels') continue;
    const text = stringify(
      changed(path, (parent, key) =>
        Object.assign((parent as Record<string | number, object>)[key] ?? {}, { extra: 'x' }),
      ),
    );
    expect(readText(text).kind, path.join('.')).toBe('invalid');
  }
});

test('a text in place of any other makes the reader neither throw nor hang', () => {
  fc.assert(
    fc.property(
      anyPlace,
      fc.oneof(
        fc.string(),
        fc.constantFrom(
          'toString',
          '__proto__',
          'constructor',
          '^(a+)+$',
          '(((((',
          '**'.repeat(500),
          `${'*a'.repeat(400)}`,
          'a'.repeat(5000),
        ),
      ),
      (path, value) => {
        const text = stringify(changed(path, (parent, key) => Object.assign(parent, { [key]: value })));
        checkAnswer(readText(text));
      },
    ),
    { numRuns: 150 },
  );
});

test('names that every object has are texts like any other, wherever they stand', () => {
  for (const value of ['toString', '__proto__', 'constructor']) {
    for (const path of PLACES) {
      checkAnswer(readText(stringify(changed(path, (parent, key) => Object.assign(parent, { [key]: value })))));
    }
    expect(readText(BASE.replace('mode: enforce', `${value}: enforce`)).kind).toBe('invalid');
    expect(readText(BASE.replace('kind: ClusterImagePolicy', `kind: ${value}`)).kind).toBe('invalid');
  }
});
