import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readManifest } from '../../../sandbox/runner/runner.ts';
import type { RunEnvironment } from '../../../src/entries/action/run-environment.ts';
import { AUDIT_INPUTS } from '../../../src/entries/audit/inputs.ts';
import { clearAuditOutputs } from '../../../src/entries/audit/outputs.ts';
import { VERIFY_INPUTS } from '../../../src/entries/verify/inputs.ts';
import { ROOT } from '../../source-files.ts';

const manifest = await readManifest(join(ROOT, 'audit'));

test('audit/action.yml declares the inputs that are read', () => {
  expect(Object.keys(manifest.inputs).sort()).toEqual([...AUDIT_INPUTS].sort());
});

test('the audit reads what the gate reads, but what decides about the step and names images otherwise', () => {
  const own: readonly string[] = AUDIT_INPUTS;
  expect(VERIFY_INPUTS.filter((name) => !own.includes(name)).sort()).toEqual([
    'check-name',
    'digest',
    'metadata',
    'mode',
    'status-name',
  ]);
  expect(own.filter((name) => !(VERIFY_INPUTS as readonly string[]).includes(name))).toEqual(['baseline']);
});

test('every declared output is reset before anything else happens', () => {
  const reset: [string, string][] = [];
  clearAuditOutputs({
    setOutput: (name: string, value: string) => reset.push([name, value]),
  } as unknown as RunEnvironment);
  expect(reset.map(([name]) => name).sort()).toEqual([...manifest.outputs].sort());
  expect(reset.filter(([, value]) => value !== '')).toEqual([['changed', 'false']]);
});
