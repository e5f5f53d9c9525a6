import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { EOL, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@actions/core';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseFileCommands, readStream } from '../../../sandbox/runner/workflow-commands.ts';
import { createCommandWriter } from '../../../src/github/command-writer.ts';
import { appendJobSummary, SUMMARY_MAX_BYTES } from '../../../src/github/job-summary.ts';
import { createMask } from '../../../src/github/mask.ts';
import { createOutlet, type Outlet } from '../../../src/github/outlet.ts';
import { createSetOutput } from '../../../src/github/outputs.ts';
import type { RunnerWriter } from '../../../src/github/runner-writer.ts';
import { createToolkitWriter } from '../../../src/github/toolkit-writer.ts';

/* What we write before the first request, against the bytes of @actions/core for the same text. */

const directory = mkdtempSync(join(tmpdir(), 'toolkit-'));
const OURS = { output: join(directory, 'our-output'), summary: join(directory, 'our-summary') };
const ITS = { output: join(directory, 'its-output'), summary: join(directory, 'its-summary') };
const ITS_ENV = { GITHUB_OUTPUT: ITS.output, GITHUB_STEP_SUMMARY: ITS.summary };
let printed = '';

beforeEach(() => {
  printed = '';
  for (const path of [OURS.output, OURS.summary, ITS.output, ITS.summary]) writeFileSync(path, '');
  for (const [name, value] of Object.entries(ITS_ENV)) vi.stubEnv(name, value);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
afterAll(() => rmSync(directory, { recursive: true }));

const FRAGMENTS = [
  ...[
    '::error::x',
    '##[error]x',
    '::stop-commands::t',
    '::',
    '##[',
    '%',
    '%0A',
    '%25',
    ':',
    ',',
    '=',
    '\n',
    '\r',
    '\r\n',
  ],
  ...[
    '\u2028',
    '\u0085',
    '\u202e',
    '\ufeff',
    '\ud800',
    '\u0000',
    '\u001b[31m',
    'ä€😀',
    '<<EOF',
    'ghadelimiter_',
    'p&ss"w/1',
  ],
];
/** Any text, and such as means something to the runner. */
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 12 })
  .map((parts) => parts.join(''));
const nonEmpty = hostile.filter((text) => text !== '');
const level = fc.constantFrom('error', 'warning', 'notice' as const);
const ANNOTATE = { error: core.error, warning: core.warning, notice: core.notice };
const outputName = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,20}$/);

/** What `act` prints through us. */
function ours(act: (write: (text: string) => void) => void): string {
  let text = '';
  act((part) => {
    text += part;
  });
  return text;
}

/** What it prints through the library; its line end is that of the system. */
function its(act: () => void): string {
  printed = '';
  act();
  expect(printed.endsWith(EOL)).toBe(true);
  return `${printed.slice(0, -EOL.length)}\n`;
}

describe('our bytes are those of @actions/core for', () => {
  test('annotations with a title, a file and a line', () => {
    const file = fc.option(nonEmpty, { nil: undefined });
    const line = fc.option(fc.integer({ min: 1 }), { nil: undefined });
    fc.assert(
      fc.property(level, hostile, nonEmpty, file, line, (kind, message, title, path, at) => {
        const properties = {
          title,
          ...(path === undefined ? {} : { file: path }),
          ...(at === undefined ? {} : { startLine: at }),
        };
        expect(
          ours((write) => createCommandWriter(write).annotation(kind, message, { title, file: path, line: at })),
        ).toBe(its(() => ANNOTATE[kind](message, properties)));
      }),
    );
  });

  test('debug lines, groups, plain lines and a mask of one line', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(ours((write) => createCommandWriter(write).debug(text))).toBe(its(() => core.debug(text)));
        expect(ours((write) => createCommandWriter(write).startGroup(text))).toBe(its(() => core.startGroup(text)));
        expect(ours((write) => createCommandWriter(write).endGroup())).toBe(its(() => core.endGroup()));
        expect(ours((write) => createCommandWriter(write).line(text))).toBe(its(() => core.info(text)));
        if (text.trim() !== '' && !text.includes('\n')) {
          expect(ours((write) => createMask(write)(text))).toBe(its(() => core.setSecret(text)));
        }
      }),
    );
  });

  test('outputs, but for the random delimiter', () => {
    fc.assert(
      fc.property(outputName, hostile, (name, value) => {
        for (const path of [OURS.output, ITS.output]) writeFileSync(path, '');
        createSetOutput(OURS.output)(name, value);
        core.setOutput(name, value);
        const [our, their] = [OURS.output, ITS.output].map((path) => withoutDelimiter(readFileSync(path, 'utf8')));
        expect(our).toBe(their?.replaceAll(EOL, '\n'));
      }),
    );
  });

  test('summaries', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (markdown) => {
        for (const path of [OURS.summary, ITS.summary]) writeFileSync(path, '# before\n');
        appendJobSummary(OURS.summary, markdown);
        await core.summary.addRaw(markdown).write();
        expect(readFileSync(OURS.summary).equals(readFileSync(ITS.summary))).toBe(true);
      }),
    );
  });
});

/** The block with its first line's delimiter named D. */
function withoutDelimiter(block: string): string {
  const delimiter = /<<(ghadelimiter_[0-9a-f-]{36})\r?\n/.exec(block)?.[1];
  if (delimiter === undefined) throw new Error(`no delimiter in ${JSON.stringify(block)}`);
  return block.replaceAll(delimiter, 'D');
}

describe('where we differ from @actions/core, we are stricter:', () => {
  test('a line break in the name of an output sets another one there, and is refused here', () => {
    const name = 'a<<X\n1\nX\nverified<<Y\ntrue\nY\nb';
    core.setOutput(name, 'v');
    expect(parseFileCommands(readFileSync(ITS.output, 'utf8'))).toMatchObject({ verified: 'true' });
    expect(() => createSetOutput(OURS.output)(name, 'v')).toThrow('is not a valid output name');
    writeFileSync(ITS.output, '');
    expect(() => createToolkitWriter(ITS_ENV).setOutput(name, 'v')).toThrow('is not a valid output name');
    expect(readFileSync(ITS.output, 'utf8')).toBe('');
  });

  test('without an output file it prints a command, and here nothing is written', () => {
    vi.stubEnv('GITHUB_OUTPUT', '');
    core.setOutput('verified', 'true');
    expect(readStream(printed).commands.map(({ name }) => name)).toEqual(['set-output']);
    printed = '';
    createToolkitWriter({ GITHUB_OUTPUT: '' }).setOutput('verified', 'true');
    expect(printed).toBe('');
  });

  test('the text of its info may be a command; what the outlet gives to it is none', async () => {
    core.info('::error::forged');
    expect(readStream(printed).commands).toHaveLength(1);
    printed = '';
    const outlet = await publishing();
    outlet.log.info('::error::forged');
    expect(readStream(printed).commands).toEqual([]);
  });

  test('it masks a secret of several lines as one, which covers no line of it', () => {
    core.setSecret('one\ntwo');
    expect(readStream(printed).commands.map(({ data }) => data)).toEqual(['one\ntwo']);
    const masked = ours((write) => createMask(write)('one\ntwo'));
    expect(readStream(masked).commands.map(({ data }) => data)).toEqual(['one\ntwo', 'one', 'two']);
  });

  test('it leaves out empty properties, which the runner reads the same', () => {
    const empty = { title: '', file: '', line: 0 };
    const [our, their] = [
      ours((write) => createCommandWriter(write).annotation('error', 'm', empty)),
      its(() => core.error('m', { title: '', file: '', startLine: 0 })),
    ];
    expect([our, their]).toEqual(['::error title=,file=,line=0::m\n', '::error ::m\n']);
  });

  test('it writes a summary that GitHub would not show; here it is cut, and an unwritable file is no error', async () => {
    const long = 'line\n'.repeat(SUMMARY_MAX_BYTES / 5 + 1);
    await createToolkitWriter(ITS_ENV).appendSummary(long);
    appendJobSummary(OURS.summary, long);
    const written = readFileSync(ITS.summary);
    expect(written.length).toBeLessThanOrEqual(SUMMARY_MAX_BYTES);
    expect(written.equals(readFileSync(OURS.summary))).toBe(true);
    rmSync(ITS.summary);
    mkdirSync(ITS.summary);
    await expect(createToolkitWriter(ITS_ENV).appendSummary('gone')).resolves.toBeUndefined();
    // What could not be written does not come with the next text.
    rmdirSync(ITS.summary);
    writeFileSync(ITS.summary, '');
    await createToolkitWriter(ITS_ENV).appendSummary('next');
    expect(readFileSync(ITS.summary, 'utf8')).toBe('next');
  });
});

/** An outlet that has handed over to the library. */
async function publishing(toolkit: RunnerWriter = createToolkitWriter(ITS_ENV)): Promise<Outlet> {
  const outlet = createOutlet({
    write: (text) => void process.stdout.write(text),
    setOutput: createSetOutput(ITS.output),
    appendSummary: (markdown) => void appendJobSummary(ITS.summary, markdown),
    loadToolkit: async () => toolkit,
  });
  await outlet.useToolkit();
  return outlet;
}

test('the runner reads the same whichever writes: escaped and concealed once, and cut at the same place', async () => {
  const secret = 'p&ss"w/1';
  await fc.assert(
    fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 4 }), async (texts) => {
      for (const path of [OURS.output, OURS.summary, ITS.output, ITS.summary]) writeFileSync(path, '');
      const use = async (outlet: Outlet): Promise<void> => {
        outlet.mask(secret);
        for (const text of texts) {
          outlet.log.info(text);
          outlet.log.warning(text);
          outlet.log.debug(text);
          outlet.log.group(text);
          outlet.log.endGroup();
          for (let i = 0; i < 4; i++)
            outlet.annotate({ level: 'warning', title: `t${text}`, message: text, file: `f${text}`, line: 3 });
          outlet.setOutput('subject', text);
          outlet.setOutput('images', text);
          await outlet.appendSummary(text);
        }
      };
      printed = '';
      await use(await publishing());
      let ourText = '';
      const early = createOutlet({
        write: (text) => {
          ourText += text;
        },
        setOutput: createSetOutput(OURS.output),
        appendSummary: (markdown) => void appendJobSummary(OURS.summary, markdown),
      });
      await use(early);
      expect(printed.replaceAll(EOL, '\n')).toBe(ourText);
      const [our, their] = [OURS, ITS].map(({ output }) => parseFileCommands(readFileSync(output, 'utf8')));
      expect(their).toEqual(our);
      expect(readFileSync(ITS.summary, 'utf8')).toBe(readFileSync(OURS.summary, 'utf8'));
    }),
    { numRuns: 50 },
  );
});

test('setFailed does what we do with an exit code and an error, but without a title', () => {
  const before = process.exitCode;
  core.setFailed('why');
  const code = process.exitCode;
  process.exitCode = before;
  expect({ code, printed }).toEqual({ code: 1, printed: `::error::why${EOL}` });
});

describe('a toolkit that fails', () => {
  const broken = (what: Partial<RunnerWriter>): RunnerWriter => ({ ...createToolkitWriter(ITS_ENV), ...what });
  const fail = (): never => {
    throw new Error('broken');
  };

  test.each([
    ['a log line', { line: fail }, (outlet: Outlet) => outlet.log.info('x')],
    [
      'an annotation',
      { annotation: fail },
      (outlet: Outlet) => outlet.annotate({ level: 'error', title: 't', message: 'm' }),
    ],
    ['an output', { setOutput: fail }, (outlet: Outlet) => outlet.setOutput('verified', 'true')],
    ['a group', { startGroup: fail }, (outlet: Outlet) => outlet.log.group('g')],
  ])('at %s is heard of, and from then on our own writers tell what happened', async (_what, fault, act) => {
    const outlet = await publishing(broken(fault));
    expect(() => act(outlet)).toThrow('broken');
    // Not used again, even if asked for.
    await outlet.useToolkit();
    outlet.setOutput('verified', 'false');
    outlet.annotate({ level: 'error', title: 't', message: 'told' });
    outlet.log.info('line');
    outlet.log.group('g');
    expect(parseFileCommands(readFileSync(ITS.output, 'utf8'))).toEqual({ verified: 'false' });
    expect(readStream(printed).commands.map(({ name }) => name)).toEqual(['error', 'group']);
  });

  test('at the summary rejects, and our own writes go on', async () => {
    const outlet = await publishing(broken({ appendSummary: () => Promise.reject(new Error('broken')) }));
    await expect(outlet.appendSummary('x')).rejects.toThrow('broken');
    await outlet.appendSummary('y');
    expect(readFileSync(ITS.summary, 'utf8')).toBe('y');
  });

  test('to load rejects when it is to be used, and our own writers are still there', async () => {
    const outlet = createOutlet({
      write: (text) => void process.stdout.write(text),
      setOutput: createSetOutput(ITS.output),
      appendSummary: () => undefined,
      loadToolkit: () => Promise.reject(new Error('no such chunk')),
    });
    await expect(outlet.useToolkit()).rejects.toThrow('no such chunk');
    outlet.setOutput('verified', 'false');
    expect(parseFileCommands(readFileSync(ITS.output, 'utf8'))).toEqual({ verified: 'false' });
  });
});
