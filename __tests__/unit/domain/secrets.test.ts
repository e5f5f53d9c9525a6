import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONCEALED, createSecrets } from '../../../src/domain/text/secrets.ts';
import { layerBytesOf, layersOf } from '../../../src/domain/text/unescaped.ts';
import { base64, ENCODINGS } from './encodings.ts';

const concealing = (...secrets: readonly string[]): ((text: string) => string) => {
  const keeper = createSecrets();
  for (const secret of secrets) keeper.add(secret);
  return keeper.conceal;
};

/** Printable, with what the encodings treat differently; no word of the texts around. */
const secret = fc
  .string({
    unit: fc.constantFrom(...'QXZqxz0123456789&<>"\'/+=%\\ ~?#:-_.ßé€😀'),
    minLength: 8,
    maxLength: 90,
  })
  .filter((text) => text.trim() === text && /[qx].*z.*[0-9]/i.test(text));
const around = fc.string({ unit: fc.constantFrom(...'abc def. "(\\/&%\n'), maxLength: 40 });

test.each([true, false])('the layers of a text are the same with and without positions; kinds apart: %s', (apart) => {
  const part = fc.oneof(
    secret,
    around,
    fc.constantFrom('<wbr>', '&amp;', '&#65;', '&#x4', '%41', '%4', '\\u0041', '\\u{41}', '\\n', '…', 'É', '<br>'),
  );
  const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.constantFrom(...Object.values(ENCODINGS)), (plain, { encode }) => {
      for (const one of [plain, encode(plain)]) {
        const layers = [...layersOf(one, apart)].map(({ bytes }) => Buffer.from(bytes).toString('hex'));
        expect([...layerBytesOf(one, apart)].map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(layers);
      }
    }),
  );
});

test.each(Object.entries(ENCODINGS))('takes a secret out that comes back as %s', (_what, { encode, decode }) => {
  fc.assert(
    fc.property(secret, around, around, (hidden, before, after) => {
      const text = `${before} ${encode(hidden)} ${after}`;
      const left = concealing(hidden)(text);
      expect(left).toContain(CONCEALED);
      for (const view of [left, decode(left)]) {
        expect(view.toLowerCase()).not.toContain(hidden.toLowerCase());
      }
      // The same text under another secret is shown.
      expect(concealing('another-secret-0')(text)).toBe(text);
    }),
    { numRuns: 150 },
  );
});

/** As most tokens: JSON, URLs and the rest leave it as it is, so it has few forms. */
const plainSecret = fc
  .string({ unit: fc.constantFrom(...'QXZqxz0123456789._-'), minLength: 8, maxLength: 90 })
  .filter((text) => /[qx].*z.*[0-9]/i.test(text));

test.each(Object.entries(ENCODINGS))('takes a plain token out that comes back as %s', (_what, { encode, decode }) => {
  fc.assert(
    fc.property(plainSecret, around, around, (hidden, before, after) => {
      const text = `${before} ${encode(hidden)} ${after}`;
      const left = concealing(hidden)(text);
      expect(left).toContain(CONCEALED);
      for (const view of [left, decode(left)]) expect(view.toLowerCase()).not.toContain(hidden.toLowerCase());
      expect(concealing('another-secret-0')(text)).toBe(text);
    }),
    { numRuns: 100 },
  );
});

test('a plain token has no other form in JSON, in URLs, in forms or in Latin-1, so that few forms are enough', () => {
  const plain = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-';
  expect(JSON.stringify(plain)).toBe(`"${plain}"`);
  expect(encodeURIComponent(plain)).toBe(plain);
  expect(new URLSearchParams({ a: plain }).toString()).toBe(`a=${plain}`);
  expect(Buffer.from(plain, 'latin1')).toEqual(Buffer.from(plain));
});

test('the encodings of the test above do hold what they encode', () => {
  fc.assert(
    fc.property(secret, fc.constantFrom(...Object.entries(ENCODINGS)), (hidden, [what, { encode, decode }]) => {
      fc.pre(what !== 'capitals');
      expect(decode(encode(hidden))).toContain(hidden);
    }),
  );
});

test.each([
  ['by us', 'no: "correct-horse-bat…"', 'no: "(redacted)…"'],
  ['within an escape', 'no: "correct\\u002…"', 'no: "(redacted)…"'],
  ['within base64', `no: ${base64('correct-horse-battery').slice(0, 13)}…`, 'no: (redacted)…'],
  ['so early that it may be any word', 'no: cor…', 'no: cor…'],
])('the beginning of a secret that was cut %s is taken out', (_what, text, expected) => {
  expect(concealing('correct-horse-battery')(text)).toBe(expected);
});

test('of a long secret the first 32 bytes are enough, and all that follows of it goes too', () => {
  const token = `eyJhbGciOiJFUzI1NiJ9.${'Zm9vYmFy'.repeat(20)}.c2ln`;
  const conceal = concealing(token);
  expect(conceal(`a ${token.slice(0, 100)} b`)).toBe('a (redacted) b');
  expect(conceal(`a ${token.slice(0, 31)} b`)).toBe(`a ${token.slice(0, 31)} b`);
  expect(conceal(`a ${base64(token).slice(0, 90)}`)).toBe('a (redacted)');
});

test.each([
  ['lines', 'correct-horse\n-bat\r\n tery'],
  ['lines, escaped', 'correct-horse\\n-battery'],
  ['blanks', 'c o r r e c t - h o r s e - b a t t e r y'],
  ['colons and commas', 'correct:-horse, -battery'],
  ['lines and capitals', 'CORRECT-HORSE\n-BATTERY'],
])('a long secret that is broken by %s is taken out', (_what, text) => {
  expect(concealing('correct-horse-battery')(`no ${text}; yes`)).toBe('no (redacted); yes');
  expect(concealing('correct-horse-batter!')(`no ${text}; yes`)).toBe(`no ${text}; yes`);
});

test('a long secret with blanks and colons of its own is known where others stand', () => {
  expect(concealing('alice: open, sesame 1')('no alice:open,\nsesame 1; yes')).toBe('no (redacted); yes');
});

test('a secret that could be words of a sentence is known without its parts only', () => {
  expect(concealing('nopassword')('no password, nopassword')).toBe('no password, (redacted)');
});

test('each line of a secret with several counts by itself', () => {
  const conceal = concealing('first line\r\n  second one\nno\n');
  expect(conceal('second one, first line, no; first line\\n  second one')).toBe(
    '(redacted), (redacted), no; (redacted)\\n(redacted)',
  );
});

test.each(['short', 'äö', '', '      '])('a secret of %j stays: texts hold it by chance', (text) => {
  expect(concealing(text)(`${text} ${base64(text)}`)).toBe(`${text} ${base64(text)}`);
});

test.each([
  ['Latin-1 in a URL', 'p%E4ssw%F6rt'],
  ['UTF-8 read as Latin-1, as headers are', Buffer.from('pässwört').toString('latin1')],
  ['broken by <wbr> in a summary', 'p&#228;ss<wbr>w\\u00f6rt'],
  ['base64 of Latin-1', Buffer.from('pässwört', 'latin1').toString('base64').replace(/=+$/, '')],
])('a secret of other letters is known in %s', (_what, text) => {
  expect(concealing('pässwört')(`<${text}>`)).toBe('<(redacted)>');
});

test.each([
  ['', 'x', '(redacted)eA=='],
  ['u', '', 'd(redacted)'],
  ['us', 'more', 'dX(redacted)tb3Jl'],
  ['use', '', 'dXNl(redacted)'],
])('base64 behind %j and before %j keeps no character that holds bits of the secret', (before, after, expected) => {
  expect(concealing('battery-1')(base64(`${before}battery-1${after}`))).toBe(expected);
});

test('secrets that overlap leave nothing between them', () => {
  expect(concealing('abcdefgh', 'efghijkl')('x abcdefghijkl y abcdefgh y efghijkl')).toBe(
    'x (redacted) y (redacted) y (redacted)',
  );
});

test('every other character of the text stays, outside ASCII too', () => {
  expect(concealing('secret-0')('→ ä😀 secret-0… 100% \\u0026 &amp; <wbr> \\ %zz &x;')).toBe(
    '→ ä😀 (redacted)… 100% \\u0026 &amp; <wbr> \\ %zz &x;',
  );
});

test('a secret is concealed from the moment it is known, and twice is as once', () => {
  const keeper = createSecrets();
  expect(keeper.conceal('secret-1')).toBe('secret-1');
  keeper.add('secret-1');
  keeper.add('secret-1');
  expect(keeper.conceal(keeper.conceal('secret-1'))).toBe(CONCEALED);
});

// Quadratic time would take these texts of half a million characters minutes.
test.each([
  ['repeats the beginning of every secret', 'a'],
  ['is one escape within another', '%25'],
  ['is all backslashes', '\\'],
  ['begins many entities', '&#'],
  ['is all marks of a cut', '…'],
])('a text that %s is read in a time that grows with its length', (_what, part) => {
  const conceal = concealing(`${'a'.repeat(100_000)}b`);
  const text = part.repeat(500_000 / part.length);
  expect(conceal(`${text} secret`)).toContain(' secret');
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('many long secrets take little memory, and each is still taken out to its last byte', async () => {
  const tokens = Array.from({ length: 300 }, () => randomBytes(3000).toString('base64url'));
  collectGarbage();
  const before = process.memoryUsage().arrayBuffers;
  const conceal = concealing(...tokens);
  expect(conceal('a text without any of them')).toBe('a text without any of them');
  const taken = (): number => {
    collectGarbage();
    return process.memoryUsage().arrayBuffers - before;
  };
  // Each has a dozen forms of 4 to 8 kB. V8 frees buffers some time after it has collected what held them.
  await expect.poll(taken).toBeLessThan(3_000_000);
  for (const token of [tokens[0] ?? '', tokens[299] ?? '']) {
    expect(conceal(`x ${token} y`)).toBe(`x ${CONCEALED} y`);
    expect(conceal(`x ${base64(token)} y`)).toBe(`x ${CONCEALED} y`);
    // Twin: another one of the same length is shown.
    const other = randomBytes(3000).toString('base64url');
    expect(conceal(`x ${other} y`)).toBe(`x ${other} y`);
  }
});
