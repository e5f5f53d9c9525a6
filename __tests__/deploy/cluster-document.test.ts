import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { listAt } from '../../sandbox/http/json-body.ts';
import { readPolicies } from '../../src/domain/policy/read-policies.ts';
import { createMetrics } from '../../src/entries/webhook/metrics.ts';
import { SETTINGS, variableOf } from '../../src/entries/webhook/settings-table.ts';
import { LEASE_NAME } from '../../src/entries/webhook/start-rejudging.ts';
import { EVENT_REASONS } from '../../src/kubernetes/finding-events.ts';
import { REPORT_NAME } from '../../src/kubernetes/policy-reports.ts';
import { ROOT } from '../source-files.ts';
import { CONTEXT } from '../unit/domain/policy/policy-samples.ts';
import { baseObject, DEPLOY, YAML_FILES } from './manifests.ts';

const text = readFileSync(join(ROOT, 'docs/cluster.md'), 'utf8');
const blocks = (language: string): readonly string[] =>
  [...text.matchAll(/^( *)```(\w+)\n([\s\S]*?)^\1```$/gm)]
    .filter(([, , name]) => name === language)
    .map(([, indent = '', , block = '']) => block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));

/** Everything that is applied. */
const MANIFESTS = YAML_FILES.map((path) => readFileSync(join(DEPLOY, path), 'utf8')).join('\n');

test('every setting that the page or a manifest names is one', () => {
  const named = [...`${text}\n${MANIFESTS}`.matchAll(/\bCOUNTERSIGN_[A-Z_]+/g)].map(([name]) => name);
  expect(named.length).toBeGreaterThan(10);
  const known = new Set(SETTINGS.map(({ name }) => variableOf(name)));
  expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
});

test('every metric, reason of an Event and report that the page names is written', async () => {
  const metrics = (await createMetrics({ withProcess: false }).text()).body;
  const named = [...text.matchAll(/\bcountersign_[a-z_]+[a-z]/g)].map(([name]) => name);
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((name) => !metrics.includes(`# HELP ${name} `))).toEqual([]);
  for (const reason of Object.values(EVENT_REASONS)) expect(text).toContain(`\`${reason}\``);
  expect(text).toContain(`--field-selector reason=${EVENT_REASONS.refused}\n`);
  expect(text).toContain(`--field-selector metadata.name=${REPORT_NAME}\n`);
});

test('the rights name what the webhook writes', () => {
  const rules = JSON.stringify([...listAt(baseObject('ClusterRole'), 'rules'), ...listAt(baseObject('Role'), 'rules')]);
  expect(rules).toContain(`"resourceNames":["${REPORT_NAME}"]`);
  expect(rules).toContain(`"resourceNames":["${LEASE_NAME}"]`);
  const configuration = SETTINGS.find(({ name }) => name === 'webhook-configuration')?.absent;
  expect(rules).toContain(`"resourceNames":["${configuration}"]`);
});

test('commands name files that are there', () => {
  const paths = blocks('sh').flatMap((block) =>
    [...block.matchAll(/(?<![\w/])deploy\/[\w./-]+/g)].map(([path]) => path),
  );
  expect(paths.length).toBeGreaterThan(5);
  // The archive of a release is not in the repository.
  const missing = paths.filter((path) => path !== 'deploy/countersign-webhook' && !existsSync(join(ROOT, path)));
  expect(missing).toEqual([]);
});

test('policies of the page are read, and kustomizations take what is there', () => {
  const seen = { policies: 0, kustomizations: 0 };
  for (const block of blocks('yaml')) {
    const document = parseYaml(block) as { readonly kind: string };
    if (document.kind === 'ClusterImagePolicy') {
      seen.policies += 1;
      expect(readPolicies([{ file: 'cluster.md', text: block }], CONTEXT)).toMatchObject({ kind: 'policies' });
    } else {
      seen.kustomizations += 1;
      const taken = [...listAt(document, 'resources'), ...listAt(document, 'components')].map(String);
      expect(taken.length).toBeGreaterThan(1);
      for (const path of taken) expect(existsSync(join(ROOT, 'docs', path)), path).toBe(true);
    }
  }
  expect(seen).toEqual({ policies: 1, kustomizations: 1 });
});

// ── limits and defects of the original ──

const CLUSTER = readdirSync(join(ROOT, 'scripts/cluster'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join(ROOT, 'scripts/cluster', path), 'utf8'))
  .join('\n');
const ROWS = text
  .slice(text.indexOf('## What the tutorial’s controller could not do'))
  .split('\n')
  .filter((line) => /^\| (?!limit|defect of|---)/.test(line));

test('the page has the five limits and the fifteen defects, and what its tests lacked', () => {
  const heads = ROWS.map((row) => row.split(' | ')[0] ?? '');
  expect(heads.filter((head) => !/^\| (?:\d|its tests)/.test(head))).toHaveLength(5);
  const numbers = heads
    .flatMap((head) => (/^\| ([\d, ]+):/.exec(head)?.[1] ?? '').split(', '))
    .filter((one) => one !== '');
  expect(numbers).toEqual(Array.from({ length: 15 }, (_, index) => `${index + 1}`));
});

test.each(ROWS)('the tests of a row are there: %s', (row) => {
  const shown = [...row.matchAll(/(?:`([\w/-]+)`|\*(cluster)\*): "([^"]+)"/g)];
  expect(shown.length).toBeGreaterThan(0);
  for (const [, file, , title = ''] of shown) {
    const tests = file === undefined ? CLUSTER : readFileSync(join(ROOT, '__tests__', `${file}.test.ts`), 'utf8');
    expect(tests.includes(title), `${file ?? 'cluster'}: ${title}`).toBe(true);
  }
});
