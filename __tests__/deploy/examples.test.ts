import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { at, listAt } from '../../sandbox/http/json-body.ts';
import { readPolicies } from '../../src/domain/policy/read-policies.ts';
import { CONTEXT } from '../unit/domain/policy/policy-samples.ts';
import { DEPLOY, objectsOf, YAML_FILES } from './manifests.ts';

const POLICIES = YAML_FILES.filter((path) => path.startsWith('examples/') && !path.endsWith('-pods.yaml'));

const read = (path: string) => readPolicies([{ file: path, text: readFileSync(join(DEPLOY, path), 'utf8') }], CONTEXT);

test.each(POLICIES)('%s is read, and means what it says', (path) => {
  const policies = read(path);
  if (policies.kind === 'invalid') throw new Error(JSON.stringify(policies.problems));
  expect(policies.set.policies.length).toBe(objectsOf(path).length);
});

test('the example policy asks for the tutorial’s signer, of the digest of its image', () => {
  const policies = read('examples/tutorial.yaml');
  if (policies.kind === 'invalid') throw new Error(JSON.stringify(policies.problems));
  const [{ globs, authorities, mode, namespaces }] = policies.set.policies;
  expect([mode, namespaces, authorities.length]).toEqual(['enforce', undefined, 1]);
  const matches = (name: string) => globs.some((glob) => glob.matches(name));
  const digest = `sha256:${'0'.repeat(64)}`;
  expect(matches(`ghcr.io/chrisns/cosign-keyless-demo@${digest}`)).toBe(true);
  expect(matches(`ghcr.io/chrisns/cosign-keyless-demo-evil@${digest}`)).toBe(false);
});

test('the tutorial’s Pods differ in one value each', () => {
  const [good, ...bad] = objectsOf('examples/tutorial-pods.yaml');
  const annotations = at(good, 'metadata', 'annotations') as Readonly<Record<string, string>>;
  const identity = at(objectsOf('examples/tutorial.yaml')[0], 'spec', 'authorities', 0, 'keyless', 'identities', 0);
  expect(annotations).toEqual({
    'subject.cosign.sigstore.dev/demo': at(identity, 'subject'),
    'issuer.cosign.sigstore.dev/demo': at(identity, 'issuer'),
  });
  expect(bad).toHaveLength(2);
  for (const pod of bad) {
    expect(at(pod, 'spec')).toEqual(at(good, 'spec'));
    const own = at(pod, 'metadata', 'annotations') as Readonly<Record<string, string>>;
    expect(Object.keys(own)).toEqual(Object.keys(annotations));
    expect(Object.keys(own).filter((key) => own[key] !== annotations[key])).toHaveLength(1);
  }
  expect(listAt(good, 'spec', 'containers').map((one) => at(one, 'name'))).toEqual(['demo']);
});
