import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import {
  evaluateDefault,
  inputVariable,
  type RunOptions,
  type RunResult,
  runAction,
} from '../../sandbox/runner/runner.ts';
import { parseCommand, parseFileCommands, readStream } from '../../sandbox/runner/workflow-commands.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const MANIFEST = `
name: Probe
inputs:
  image-digest: { description: d }
  with-default: { description: d, default: 'hello' }
  github-token: { description: d, default: '\${{ github.token }}' }
outputs:
  out: { description: o }
runs: { using: node24, main: ../dist/probe/index.js }
`;

/** Makes an action whose main is `script`, runs it, and removes it after the test. */
async function probe(script: string, options: Partial<RunOptions> = {}, manifest = MANIFEST): Promise<RunResult> {
  const root = await mkdtemp(join(tmpdir(), 'probe-'));
  await mkdir(join(root, 'dist/probe'), { recursive: true });
  await mkdir(join(root, 'action'));
  await writeFile(join(root, 'action/action.yml'), manifest);
  await writeFile(join(root, 'dist/probe/package.json'), '{"type":"module"}');
  await writeFile(join(root, 'dist/probe/index.js'), script);
  const result = await runAction({ actionDir: join(root, 'action'), timeoutMs: 150_000, ...options });
  cleanups.push(result.remove, () => rm(root, { recursive: true, force: true }));
  return result;
}

test('gives declared inputs their defaults, an empty string without one, and warns about undeclared ones', async () => {
  const result = await probe('console.log(JSON.stringify(process.env))', {
    inputs: { 'image-digest': 'sha256:00', nonsense: 'x' },
    githubToken: 'ghs_token',
  });
  const env = JSON.parse(result.stdout) as Record<string, string>;
  expect(env['INPUT_IMAGE-DIGEST']).toBe('sha256:00');
  expect(env['INPUT_WITH-DEFAULT']).toBe('hello');
  expect(env['INPUT_GITHUB-TOKEN']).toBe('ghs_token');
  expect(env['INPUT_NONSENSE']).toBe('x');
  expect(result.warnings).toHaveLength(1);
  expect(result.warnings[0]).toContain("Unexpected input(s) 'nonsense'");
  const without = await probe('console.log(JSON.stringify(process.env))');
  expect((JSON.parse(without.stdout) as Record<string, string>)['INPUT_IMAGE-DIGEST']).toBe('');
});

test('inherits nothing but PATH from this process', async () => {
  process.env['COUNTERSIGN_LEAK'] = 'yes';
  try {
    const result = await probe('console.log(JSON.stringify(process.env))', { env: { GITHUB_ACTOR: undefined } });
    const env = JSON.parse(result.stdout) as Record<string, string>;
    expect(env['COUNTERSIGN_LEAK']).toBeUndefined();
    expect(env['GITHUB_ACTOR']).toBeUndefined();
    expect(env['GITHUB_REPOSITORY']).toBe('acme/app');
    expect(env['HOME']).not.toBe(process.env['HOME']);
  } finally {
    delete process.env['COUNTERSIGN_LEAK'];
  }
});

test('reads outputs, summary, exported environment, exit code and Node version', async () => {
  const result = await probe(`
    import { appendFileSync } from 'node:fs';
    appendFileSync(process.env.GITHUB_OUTPUT, 'out<<EOF_1\\nline 1\\nline 2\\nEOF_1\\nplain=a=b\\n');
    appendFileSync(process.env.GITHUB_STEP_SUMMARY, '# Summary\\n');
    appendFileSync(process.env.GITHUB_ENV, 'A=1\\n');
    console.log(process.version);
    process.exitCode = 3;`);
  expect(result.outputs).toEqual({ out: 'line 1\nline 2', plain: 'a=b' });
  expect(result.summary).toBe('# Summary\n');
  expect(result.exported).toEqual({ A: '1' });
  expect(result.exitCode).toBe(3);
  expect(result.stdout).toBe(`${process.version}\n`);
});

test('leaves this process free to answer the action over HTTP', async () => {
  const server = createServer((_request, response) => response.end('pong'));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    const result = await probe('console.log(await (await fetch(process.env.URL)).text())', {
      env: { URL: `http://127.0.0.1:${port}/` },
    });
    expect(result.stdout).toBe('pong\n');
  } finally {
    server.close();
  }
});

test('kills an action that outlives its time and says so', async () => {
  const probing = (timeoutMs: number) => probe("console.log('started'); setInterval(() => {}, 1000);", { timeoutMs });
  let result = await probing(1_500);
  // A busy machine may need longer than that to start it.
  for (let ms = 3_000; result.stdout === '' && ms < 100_000; ms *= 2) result = await probing(ms);
  expect(result).toMatchObject({ timedOut: true, exitCode: null, stdout: 'started\n' });
});

test('masks a value from the line after add-mask on, in both streams, and keeps the raw text', async () => {
  const result = await probe(
    "console.log('s3cret before'); console.log('::add-mask::s3cret'); console.log('s3cret after'); console.error('s3cret err');",
  );
  expect(result.log).toEqual(['s3cret before', '*** after', '*** err']);
  expect(result.stdout).toContain('s3cret after');
});

test('keeps an output that holds a masked value from becoming one of the job', async () => {
  const result = await probe(
    `
    import { appendFileSync } from 'node:fs';
    console.log('::add-mask::later');
    appendFileSync(process.env.GITHUB_OUTPUT, 'plain=a\\ntoken=a ghs_token b\\nsecret=my s3cret\\nadded=see later\\n');`,
    { githubToken: 'ghs_token', secrets: ['s3cret'] },
  );
  expect(Object.keys(result.outputs)).toEqual(['plain', 'token', 'secret', 'added']);
  expect(result.jobOutputs).toEqual({ plain: 'a' });
});

test('measures the peak memory of the child on request', async () => {
  const result = await probe('await new Promise((r) => setTimeout(r, 1500))', { measureMemory: true });
  if (process.platform === 'linux') expect(result.peakRssBytes).toBeGreaterThan(10 * 1024 * 1024);
});

test.each([
  ['::error file=a.yaml,line=3::no%0Agood', 'error', { file: 'a.yaml', line: '3' }, 'no\ngood', 'v2'],
  ['  \t::notice::indented', 'notice', {}, 'indented', 'v2'],
  ['::warning title=a%2Cb%3Ac::x', 'warning', { title: 'a,b:c' }, 'x', 'v2'],
  ['image ##[error]forged anywhere', 'error', {}, 'forged anywhere', 'v1'],
  ['##[set-output name=verified;]true', 'set-output', { name: 'verified' }, 'true', 'v1'],
  ['::ADD-MASK::x', 'add-mask', {}, 'x', 'v2'],
  ['\u0085::notice::after what .NET calls white space', 'notice', {}, 'after what .NET calls white space', 'v2'],
  ['::set-output NAME=verified::true', 'set-output', { name: 'verified' }, 'true', 'v2'],
  ['##[set-output NAME=verified]true', 'set-output', { name: 'verified' }, 'true', 'v1'],
])('sees a command in %j', (line, name, properties, data, syntax) => {
  expect(parseCommand(line)).toEqual({ name, properties, data, syntax });
});

test.each([
  ['text ::error::not at the start', 'the new syntax counts only at the start'],
  ['::unknown::x', 'not a registered command'],
  ['::error', 'no closing colons'],
  ['# #[error]x', 'broken prefix'],
  ['##[nonsense]x', 'not a registered command'],
  ['\uFEFF::error::x', '.NET does not take it for white space'],
])('sees no command in %j (%s)', (line) => {
  expect(parseCommand(line)).toBeUndefined();
});

test('a lone carriage return starts a new line, so a command after it counts', () => {
  expect(readStream('harmless\r::error::forged\n').commands).toHaveLength(1);
});

test('stop-commands suspends commands until its token', () => {
  const stream = readStream('::stop-commands::abc123\n::error::quoted\n::abc123::\n::notice::live\n');
  expect(stream.commands.map((command) => command.name)).toEqual(['stop-commands', 'notice']);
});

test.each(['', 'error', 'PAUSE-LOGGING'])('stop-commands with the token %j fails the step', (token) => {
  expect(() => readStream(`::stop-commands::${token}\n`)).toThrow('stop-commands');
});

test('keeps the line breaks inside a value as they were written', () => {
  expect(parseFileCommands('a<<EOF\r\none\r\ntwo\nEOF\nb<<EOF\nEOF\nc<<EOF\n\nEOF\n')).toEqual({
    a: 'one\r\ntwo',
    b: '',
    c: '',
  });
});

test('shows nothing of a summary over 1 MiB, and says so', async () => {
  const write = (bytes: number): string =>
    `import { writeFileSync } from 'node:fs'; writeFileSync(process.env.GITHUB_STEP_SUMMARY, 'x'.repeat(${bytes}));`;
  const whole = await probe(write(1_048_576));
  expect([whole.summary.length, whole.warnings]).toEqual([1_048_576, []]);
  const over = await probe(write(1_048_577));
  expect([over.summary, over.warnings]).toEqual(['', [expect.stringContaining('GITHUB_STEP_SUMMARY upload aborted')]]);
});

test('runs an action only on the Node that it asks for', async () => {
  const using = MANIFEST.replace('node24', 'node18');
  await expect(probe('', {}, using)).rejects.toThrow('node18');
});

test.each([
  ['x<<EOF\nvalue', 'Matching delimiter not found'],
  ['=value', 'Name must not be empty'],
  ['<<EOF\nv\nEOF', 'Name must not be empty'],
  ['no separator', 'Invalid format'],
])('a malformed file command %j fails the step', (text, message) => {
  expect(() => parseFileCommands(text)).toThrow(message);
});

test('evaluates only the contexts a default may use', () => {
  expect(evaluateDefault(`\${{ github.token }}-x`, { github: { token: 't' } })).toBe('t-x');
  expect(() => evaluateDefault(`\${{ secrets.X }}`, { github: {} })).toThrow('cannot evaluate');
});

test('keeps dashes and upper-cases the name of an input variable', () => {
  expect(inputVariable('image digest-x')).toBe('INPUT_IMAGE_DIGEST-X');
});
