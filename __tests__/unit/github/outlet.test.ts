import { expect, test } from 'vitest';
import { readStream } from '../../../sandbox/runner/workflow-commands.ts';
import { createOutlet, type Outlet } from '../../../src/github/outlet.ts';

const SECRET = 'p&ss"w/1';

interface Sink {
  readonly outlet: Outlet;
  stdout: string;
  summary: string;
  readonly outputs: Record<string, string>;
}

function open({ showsDebug = true } = {}): Sink {
  const sink = { stdout: '', summary: '', outputs: {} as Record<string, string> };
  const outlet = createOutlet({
    write: (text) => {
      sink.stdout += text;
    },
    setOutput: (name, value) => {
      sink.outputs[name] = value;
    },
    appendSummary: (markdown) => {
      sink.summary += markdown;
    },
    showsDebug,
  });
  return Object.assign(sink, { outlet });
}

test('every way out of the process conceals what was masked, and the mask itself comes first and raw', async () => {
  const sink = open();
  const { outlet } = sink;
  outlet.mask(SECRET);
  const said = `no "p\\u0026ss\\"w/1" nor ${Buffer.from(SECRET).toString('base64')}`;
  outlet.log.info(said);
  outlet.log.warning(said);
  outlet.log.debug(said);
  outlet.log.group(said);
  outlet.log.endGroup();
  outlet.annotate({ level: 'error', title: said, message: said });
  await outlet.appendSummary(`<code>p&amp;ss&#34;w/<wbr>1</code>`);
  const { log, commands } = readStream(sink.stdout, []);
  expect(commands[0]).toMatchObject({ name: 'add-mask', data: SECRET });
  const hidden = 'no "(redacted)" nor (redacted)';
  expect(commands.slice(1)).toMatchObject([
    { name: 'debug', data: hidden },
    { name: 'group', data: hidden },
    { name: 'endgroup' },
    { name: 'error', properties: { title: hidden }, data: hidden },
  ]);
  expect(log).toEqual(expect.arrayContaining([hidden, `Warning: ${hidden}`]));
  expect(sink.summary).toBe('<code>(redacted)</code>');
  expect(outlet.conceal(said)).toBe(hidden);
});

test('outputs that programs act on stay exact; any other that holds a secret stays empty, with a notice', () => {
  const sink = open();
  sink.outlet.mask('acme/app');
  const exact = ['images', 'digests', 'verified', 'verdict', 'reason', 'report-path', 'bundle-paths', 'results'];
  for (const name of [...exact, 'subject', 'of-tomorrow']) sink.outlet.setOutput(name, 'ghcr.io/acme/app');
  sink.outlet.setOutput('issuer', 'https://issuer.example');
  expect(sink.outputs).toEqual({
    ...Object.fromEntries(exact.map((name) => [name, 'ghcr.io/acme/app'])),
    subject: '',
    'of-tomorrow': '',
    issuer: 'https://issuer.example',
  });
  const { commands } = readStream(sink.stdout, []);
  expect(commands.filter(({ name }) => name === 'notice').map(({ data }) => data)).toEqual([
    'The output subject stays empty because the value contains a secret of this run.',
    'The output of-tomorrow stays empty because the value contains a secret of this run.',
  ]);
});

test('the runner is told of a secret once', () => {
  const sink = open();
  sink.outlet.mask('one\ntwo');
  sink.outlet.mask('two');
  sink.outlet.mask('one\ntwo');
  expect(readStream(sink.stdout, []).commands.map(({ data }) => data)).toEqual(['one\ntwo', 'one', 'two']);
});

test.each([true, false])('debug lines are written only where the runner shows them: %s', (showsDebug) => {
  const written = open({ showsDebug });
  written.outlet.log.debug('every request');
  written.outlet.log.info('a line');
  expect(written.stdout.includes('every request')).toBe(showsDebug);
  expect(written.stdout).toContain('a line');
});
