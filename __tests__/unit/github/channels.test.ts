import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseFileCommands, readStream } from '../../../sandbox/runner/workflow-commands.ts';
import { createAnnotations } from '../../../src/github/annotations.ts';
import { createCommandWriter } from '../../../src/github/command-writer.ts';
import { appendJobSummary, SUMMARY_MAX_BYTES } from '../../../src/github/job-summary.ts';
import { createLog } from '../../../src/github/log.ts';
import { escapeLogLine, LINE_MAX } from '../../../src/github/log-escape.ts';
import { createMask } from '../../../src/github/mask.ts';
import { createSetOutput } from '../../../src/github/outputs.ts';

const directory = mkdtempSync(join(tmpdir(), 'channels-'));
afterAll(() => rmSync(directory, { recursive: true }));

const HOSTILE = [
  '::error::forged',
  '  \t::set-output name=verified::true',
  'x ##[error]forged',
  'x\n::add-mask::a',
  'x\r::error::forged',
  'x\r\n##[set-output name=verified]true',
  'x\u2028::error::y',
  '\u0085::error::y',
  '\u00a0::error::y',
  '\ufeff::error::y',
  '::stop-commands::token',
  '####[error]z',
  '##[##[error]z',
  '::::error::z',
];

function collect(): { text: string; write: (part: string) => void } {
  const sink = {
    text: '',
    write: (part: string): void => {
      sink.text += part;
    },
  };
  return sink;
}

test.each(HOSTILE)('the text %j starts no workflow command in any log line', (text) => {
  const sink = collect();
  const log = createLog(createCommandWriter(sink.write));
  log.info(text);
  log.warning(text);
  log.info(`quoted ${text}`);
  expect(readStream(sink.text).commands).toEqual([]);
  expect(readStream(sink.text).log).toHaveLength(3);
});

test.each(HOSTILE)('the text %j stays the data of the one command it is given to', (text) => {
  const sink = collect();
  const log = createLog(createCommandWriter(sink.write));
  log.debug(text);
  log.group(text);
  log.endGroup();
  createAnnotations(createCommandWriter(sink.write))({
    level: 'error',
    title: text,
    message: text,
    file: text,
    line: 3,
  });
  const { commands } = readStream(sink.text);
  expect(commands.map((command) => command.name)).toEqual(['debug', 'group', 'endgroup', 'error']);
  expect(Object.keys(commands[3]?.properties ?? {})).toEqual(['title', 'file', 'line']);
});

test('makes bidirectional and zero-width characters visible and cuts long lines', () => {
  expect(escapeLogLine('a\u202eb\u200bc\u0007')).toBe('a\\u202eb\\u200bc\\u0007');
  expect(escapeLogLine('x'.repeat(LINE_MAX + 1))).toHaveLength(LINE_MAX + 1);
  expect(escapeLogLine('x'.repeat(LINE_MAX))).toHaveLength(LINE_MAX);
});

test('an annotation keeps its text, line breaks, commas and colons', () => {
  const sink = collect();
  createAnnotations(createCommandWriter(sink.write))({
    level: 'warning',
    title: 'a: b, c',
    message: '100%\nsecond',
    file: 'k8s/a.yaml',
    line: 7,
  });
  expect(readStream(sink.text).commands[0]).toEqual({
    name: 'warning',
    properties: { title: 'a: b, c', file: 'k8s/a.yaml', line: '7' },
    data: '100%\nsecond',
    syntax: 'v2',
  });
});

test('an annotation shows what nobody would see, in its title and file as well', () => {
  const sink = collect();
  const text = 'a\u202eb ##[error]c';
  createAnnotations(createCommandWriter(sink.write))({ level: 'error', title: text, message: text, file: text });
  const shown = 'a\\u202eb # #[error]c';
  expect(readStream(sink.text).commands).toMatchObject([{ properties: { title: shown, file: shown }, data: shown }]);
});

test('the eleventh annotation of a level becomes a log line, another level still counts', () => {
  const sink = collect();
  const annotate = createAnnotations(createCommandWriter(sink.write));
  for (let i = 0; i < 12; i++) annotate({ level: 'error', title: 't', message: `m${i}\n::error::x` });
  annotate({ level: 'notice', title: 't', message: 'n' });
  const { commands, log } = readStream(sink.text);
  expect(commands.map((command) => command.name)).toEqual([...Array<string>(10).fill('error'), 'notice']);
  expect(log).toContain('error: t: m11');
});

test('masks the very bytes of a secret, and every line of a multi-line one', () => {
  const sink = collect();
  const mask = createMask(sink.write);
  mask('100%secret');
  mask('one\ntwo');
  mask('');
  const { commands, masks } = readStream(sink.text);
  expect(commands.map((command) => command.data)).toEqual(['100%secret', 'one\ntwo', 'one', 'two']);
  expect(masks).toContain('100%secret');
});

test.each([
  ['plain', 'value'],
  ['several lines', 'a\nb\n'],
  ['looks like another output', 'x\nverified=true\nverified<<EOF\ntrue\nEOF'],
  ['empty', ''],
])('an output that is %s comes back as it was', (_name, value) => {
  const path = join(directory, `output-${_name}`);
  writeFileSync(path, '');
  const setOutput = createSetOutput(path);
  setOutput('verified', 'false');
  setOutput('out', value);
  setOutput('verified', 'true');
  expect(parseFileCommands(readFileSync(path, 'utf8'))).toEqual({ verified: 'true', out: value });
});

test('refuses an output name that could break the file, and does nothing without a file', () => {
  expect(() => createSetOutput(join(directory, 'x'))('a\nb', 'v')).toThrow('not a valid output name');
  expect(() => createSetOutput(undefined)('a', 'v')).not.toThrow();
});

test('appends to the summary, cuts at a line below 1 MiB and survives a missing file', () => {
  const path = join(directory, 'summary');
  expect(appendJobSummary(path, '# one\n')).toBe('written');
  expect(readFileSync(path, 'utf8')).toBe('# one\n');
  const long = join(directory, 'long');
  expect(appendJobSummary(long, 'zeile ä€\n'.repeat(200_000))).toBe('cut');
  const written = readFileSync(long);
  expect(written.length).toBeLessThanOrEqual(SUMMARY_MAX_BYTES);
  expect(written.toString('utf8')).not.toContain('\ufffd');
  expect(written.toString('utf8')).toContain('The rest was cut');
  expect(appendJobSummary(undefined, 'x')).toBe('unavailable');
  expect(appendJobSummary(join(directory, 'no/such/dir'), 'x')).toBe('unavailable');
});
