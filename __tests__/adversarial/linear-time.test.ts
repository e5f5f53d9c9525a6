import { expect, test } from 'vitest';
import { CodedError } from '../../src/coded-error.ts';
import { parseClaimLine } from '../../src/domain/identity/claim-line.ts';
import { GITHUB_ISSUER } from '../../src/domain/identity/github-issuer.ts';
import { parseIssuer } from '../../src/domain/identity/known-issuers.ts';
import { pasteableLine } from '../../src/domain/identity/pasteable-line.ts';
import { parseSignerWorkflow } from '../../src/domain/identity/signer-workflow.ts';
import { parseSourceRef } from '../../src/domain/identity/source-ref.ts';
import { parseSourceRepository } from '../../src/domain/identity/source-repository.ts';
import { parseSubject, refuseEmptyPattern } from '../../src/domain/identity/subject.ts';
import { parseWorkflowPath } from '../../src/domain/identity/workflow-path.ts';
import { isWorkflowOf, parseWorkflowUri, refOfSubject } from '../../src/domain/identity/workflow-uri.ts';
import { parseDescriptor } from '../../src/domain/image/descriptor.ts';
import { bareHost, isPrivateHost } from '../../src/domain/image/network-host.ts';
import { parseReference, parseRegistryHost } from '../../src/domain/image/reference.ts';
import { parseGlob } from '../../src/domain/patterns/glob.ts';
import { isMatchAllForIssuer, isMatchAllForSubject } from '../../src/domain/patterns/match-all.ts';
import { parseAnnotationLine } from '../../src/domain/signature/annotations.ts';
import { parseDuration } from '../../src/domain/text/duration.ts';
import { trimEnd } from '../../src/domain/text/plain-text.ts';
import { rightDurations } from '../../src/domain/text/right-duration.ts';
import { parseStrictJson, readStrictJson } from '../../src/domain/text/strict-json.ts';
import { findTextFault } from '../../src/domain/text/text-fault.ts';
import { hasUnseen, visibleText } from '../../src/domain/text/visible-text.ts';
import { readYaml } from '../../src/domain/yaml/read-yaml.ts';
import { parseArtifactsList } from '../../src/entries/action/inputs/artifacts-list.ts';
import { parseBuildDocument } from '../../src/entries/action/inputs/build-documents.ts';
import { parseImageLines } from '../../src/entries/action/inputs/image-lines.ts';
import { rightReference } from '../../src/entries/action/inputs/right-reference.ts';
import { splitLines, splitList } from '../../src/entries/inputs/list-rule.ts';
import { readContext } from '../../src/github/context.ts';
import {
  encodeCommandData,
  encodeCommandProperty,
  escapeCommandText,
  escapeLogLine,
} from '../../src/github/log-escape.ts';
import { createMask } from '../../src/github/mask.ts';
import type { HttpResponse } from '../../src/http/http-client.ts';
import { proxyFor } from '../../src/http/proxy-settings.ts';
import { retryAfterMs } from '../../src/http/retry-after.ts';
import { findLogin, parseAuthFile } from '../../src/oci/credentials/auth-file.ts';
import { completeAdvice } from '../../src/oci/transport/advice.ts';
import { parseChallenges } from '../../src/oci/transport/challenge.ts';
import { parseLinks } from '../../src/oci/transport/link-header.ts';
import { isImmutable } from '../../src/oci/transport/push-error.ts';
import { readErrorBody } from '../../src/oci/transport/registry-error.ts';
import { isForeignLiteral, resolveTarget } from '../../src/oci/transport/registry-origin.ts';
import { codeCell, timeCell } from '../../src/report/cells.ts';
import { cutMarkdown } from '../../src/report/cut-markdown.ts';
import { hintMarkdown } from '../../src/report/error-text.ts';
import {
  jsonOutput,
  markdownBlock,
  markdownLink,
  markdownProse,
  markdownText,
  shellWord,
  yamlScalar,
} from '../../src/report/escape.ts';
import { signerRows } from '../../src/report/signer-rows.ts';
import { isSafeServiceUrl, joinUrl } from '../../src/sigstore/service-url.ts';
import { excerpt } from '../../src/sigstore/signing/service-call.ts';
import { readBase64 } from '../../src/sigstore/verifying/json-fields.ts';
import { readOneCertificatePem } from '../../src/sigstore/verifying/pem.ts';

/*
 * Text that others wrote must not cost time quadratic in its length: a header of 30 kB would hold up every other
 * image for seconds. Each function that meets such text is fed with what makes expressions and loops go back: one
 * unit again and again, behind what the function looks for, before something that does not fit.
 */

const N = 6_144;
const UNITS = [
  ...' \t\n<>"\'\\,;=/.:@*`-_|#!&%[({$a0A\0',
  ...[
    'é',
    '\ud800',
    '\u202e',
    '::',
    '//',
    '/.',
    './',
    'a/',
    'a.',
    '.a',
    '0.',
    'a=',
    '=a',
    'a-',
    '-a',
    'a ',
    ' a',
    'a,',
  ],
  ...[
    '"a',
    '\\"',
    ';a',
    '"",',
    '<>',
    '<a>;',
    'http://',
    'a@',
    '@refs',
    'eyJ',
    '-eyJ',
    '.eyJ',
    '1s',
    '&#1;',
    '![',
    '](',
  ],
];
const ENDS = ['', '\x01', '/'];

/** What a hostile text costs on the processor, in ms: other processes do not count. */
function cost(run: (text: string) => unknown, text: string): number {
  const before = process.cpuUsage();
  try {
    run(text);
  } catch {
    // A refusal is as good an answer as any.
  }
  const { user } = process.cpuUsage(before);
  return user / 1000;
}

/** Four for linear work, sixteen for quadratic. */
const LINEAR_MAX = 9;

/**
 * How much more four times the text costs, by the cheapest of several runs of each. A busy machine makes runs dearer,
 * never cheaper, so it is measured again until the growth is that of linear work, or for long enough to say that it is not.
 */
function growthOf(run: (text: string) => unknown, textOf: (length: number) => string, length = N): number {
  let [small, large, growth] = [Infinity, Infinity, Infinity];
  for (let turn = 1; turn <= 20 && (turn <= 3 || growth >= LINEAR_MAX); turn += 1) {
    small = Math.min(small, cost(run, textOf(length)));
    large = Math.min(large, cost(run, textOf(4 * length)));
    growth = large / Math.max(small, 1);
  }
  return growth;
}

test('work that grows with the square of the text is told from linear work', () => {
  const turns = (count: number): number => {
    let sum = 0;
    for (let turn = 0; turn < count; turn += 1) sum += Math.sqrt(turn);
    return sum;
  };
  const textOf = (length: number): string => 'a'.repeat(length);
  expect(growthOf((text) => turns(text.length ** 2 / 20), textOf)).toBeGreaterThanOrEqual(LINEAR_MAX);
  expect(growthOf((text) => turns(text.length * 500), textOf)).toBeLessThan(LINEAR_MAX);
});

const answer = (status: number, body: string): HttpResponse => ({
  status,
  headers: {},
  headersDistinct: {},
  body: Buffer.from(body),
  url: new URL('https://r.example/'),
});
const base = new URL('https://r.example/v2/');
const json = (text: string): string => JSON.stringify(text);
const glob = parseGlob('https://*/**@refs/*/*');
const BELOW_KEY = { maxBytes: 1e6, maxDepth: 20, maxMembers: 100_000 };
const nothing = { source: '', matches: () => false };

/** What is fed with outside text, what stands before it there, and the shorter text for what costs much per character. */
const READERS: readonly (readonly [
  what: string,
  read: (text: string) => unknown,
  starts?: readonly string[],
  length?: number,
])[] = [
  // The header fields and bodies of registries, token servers and other services.
  ['Link', (text) => parseLinks([text]), ['<', '<a>', '<a>;', '<a>; rel=', '<a>; rel="', '<a>; rel="next']],
  ['WWW-Authenticate', (text) => parseChallenges([text]), ['Bearer ', 'Bearer realm', 'Bearer realm="', 'Negotiate a']],
  ['Retry-After', (text) => retryAfterMs(text, Buffer.alloc(0), new Date()), ['1', '1.', 'Sun, 22 Nov ', 'abc(']],
  [
    'Retry-After in a body',
    (text) => retryAfterMs(undefined, Buffer.from(text), new Date()),
    ['retry-after: ', 'retry-after: 1'],
  ],
  ['an error body', (text) => readErrorBody(answer(400, text)), ['{"errors":[{"message":"']],
  ['an error', (text) => new CodedError('INTERNAL_ERROR', text), ['a', 'http://', 'Bearer ']],
  ['an error message', (text) => isImmutable(answer(400, json(text)))],
  [
    'Location',
    (text) => resolveTarget(text, { from: base, registry: base, what: 'GET', advise: completeAdvice(undefined) }),
    ['https://', 'https://a.', '/'],
  ],
  ['a host', (text) => [bareHost(text), isPrivateHost(text)], ['[', '1.', '::', 'a:']],
  ['an answer of a Sigstore service', (text) => excerpt(Buffer.from(text))],
  ['the URL of a service', (text) => [isSafeServiceUrl(text), joinUrl(text, '/a')], ['https://', 'https://a/']],
  ['the host of a realm', (text) => isForeignLiteral(new URL(`https://${text.slice(0, 200)}`), base)],
  // What signatures and manifests hold.
  [
    'strict JSON',
    (text) => parseStrictJson(text, { maxBytes: 1e6, maxDepth: 20 }),
    ['{"', '["', '{"a":"', '[', '{"a" '],
  ],
  [
    'strict JSON below a long key',
    (text) => readStrictJson(`{${json(text)}:[${'{"a":1,"a":1},'.repeat(text.length / 16)}1]}`, BELOW_KEY),
  ],
  ['strict JSON around a text', (text) => parseStrictJson(json(text), { maxBytes: 1e6, maxDepth: 20 })],
  ['base64', (text) => readBase64(text, 'x'), ['AAAA']],
  [
    'PEM',
    (text) => readOneCertificatePem(text, 'x'),
    ['-----BEGIN CERTIFICATE-----\n', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
  ],
  ['a descriptor', (text) => parseDescriptor({ mediaType: text, digest: text, size: 1 }, 'x')],
  ['a workflow URI', (text) => parseWorkflowUri(text, 'https://a/b/c'), ['https://a/b/c/', 'https://a/b/c/d@']],
  [
    'a subject',
    (text) => [refOfSubject(text), isWorkflowOf(text, 'https://a/b/c')],
    ['https://', 'https://a/', 'https://a/b/c/d@'],
  ],
  ['a subject against a glob', (text) => glob.matches(text), ['https://a/', 'https://a/b@refs/']],
  [
    'a subject, for strangers',
    (text) => isMatchAllForSubject(nothing, text, 'word'),
    ['https://', 'https://a/', 'a@'],
    N / 4,
  ],
  ['an issuer, for strangers', (text) => isMatchAllForIssuer(nothing, text, 'word'), ['https://', 'a:'], N / 4],
  // Inputs, files and the environment, which hold what earlier steps put there.
  ['images', (text) => splitList(text), ['"', 'a,"']],
  ['lines', (text) => splitLines(text)],
  ['a reference', (text) => parseReference(text), ['r.example/', 'r.example/a', 'r.example/a:', 'r.example/a@']],
  ['a registry', (text) => parseRegistryHost(text), ['a.', '[']],
  ['source-repository', (text) => parseSourceRepository(text, 'https://a'), ['a/', 'https://a/', '.']],
  ['signer-workflow', (text) => parseSignerWorkflow(text, 'https://a'), ['a/b/', 'a/b/c@', 'https://a/']],
  ['workflow', (text) => parseWorkflowPath(text, undefined), ['.github/', 'https://a/.github/workflows/', './']],
  ['source-ref', (text) => parseSourceRef(text, undefined), ['refs/', 'refs/heads/', 'refs/remotes/', '/']],
  ['certificate-oidc-issuer', (text) => parseIssuer(text), ['https://', 'https://a', 'a.']],
  ['certificate-identity', (text) => parseSubject(text, 'https://a'), ['https://github.com/', 'https://a/b/c/', 'a@']],
  ['the text of a pattern', (text) => refuseEmptyPattern(text, 'x'), ['/', '[', 'https://a/']],
  [
    'claims as inputs',
    (text) => parseClaimLine(text, { issuer: GITHUB_ISSUER, serverUrl: 'https://a' }),
    ['a:', 'source-repository-uri=', 'source-repository-ref=', 'github-workflow-repository=', 'issuer=', '1.3.6.'],
  ],
  ['annotations', (text) => parseAnnotationLine(text), ['a:', 'a =']],
  ['a value', (text) => findTextFault(text), ['"', 'a']],
  ['what a reference means', (text) => rightReference(text), ['https://', 'a@']],
  ['what a duration means', (text) => rightDurations(text), ['1']],
  ['a list of images', (text) => parseImageLines(text, text), ['a ', 'sha256:']],
  ['a duration', (text) => parseDuration(text), ['1']],
  ['metadata', (text) => parseBuildDocument(json(text)), ['{"image.name":"']],
  ["the runner's list", (text) => parseArtifactsList(text), ['{', '\ufeff']],
  ['the environment', (text) => readContext({ GITHUB_SERVER_URL: text, GITHUB_API_URL: text }, {}), ['https://']],
  ['no_proxy', (text) => proxyFor(base, { https_proxy: 'http://p', no_proxy: text }), ['[', 'a:', '*']],
  ['https_proxy', (text) => proxyFor(base, { https_proxy: text }), ['http://', 'a']],
  [
    'config.json',
    (text) => parseAuthFile(`{"auths":{${json(text)}:{"username":${json(text)}}}}`, 'x'),
    ['https://', 'a/'],
  ],
  [
    'an entry of config.json',
    (text) =>
      findLogin(parseAuthFile(`{"auths":{"a":{"auth":${json(Buffer.from(text).toString('base64'))}}}}`, 'x'), 'a'),
    ['a:'],
  ],
  ['a repository among logins', (text) => findLogin(parseAuthFile('{}', 'x'), text.slice(0, 255)), ['a/']],
  ['a text with an end', (text) => trimEnd(text, '/')],
  // What people are shown.
  ['visible text', (text) => [visibleText(text), hasUnseen(text)]],
  ['a log line', (text) => escapeLogLine(text), [' ', '##[']],
  ['a command', (text) => [encodeCommandData(escapeCommandText(text)), encodeCommandProperty(escapeCommandText(text))]],
  ['a mask', (text) => createMask(() => undefined)(text)],
  ['Markdown', (text) => [markdownText(text), markdownProse(text), codeCell(text)], ['`', ':', 'gh-']],
  ['a Markdown block', (text) => markdownBlock('text', text)],
  ['a Markdown link', (text) => markdownLink('a', text), ['https://', 'https://a/', 'https://a:1']],
  ['a hint', (text) => hintMarkdown(text), ['a\n', 'a\nb:']],
  ['cut Markdown', (text) => cutMarkdown(text, 1000, (part) => part.length), ['```\n', '<details>\n']],
  ['words to paste', (text) => [shellWord(text), yamlScalar(text), pasteableLine('a', text)], ['a', 'a:']],
  ['the results output', (text) => jsonOutput({ a: text })],
  ['a time', (text) => timeCell(text), ['2026-11-22T10:00:00.']],
  [
    'claims',
    (text) => signerRows({ 'run-invocation-uri': text }, 'https://a'),
    ['https://a/actions/runs/', '/actions/runs/1/attempts/'],
  ],
];

const rows = READERS.map(([what, read, starts = [], length = N]) => ({ what, read, starts, length }));

test.each(rows)('$what: four times the text costs about four times as much', ({ read, starts, length }) => {
  for (const start of ['', ...starts]) {
    for (const unit of UNITS) {
      for (const end of ENDS) {
        const textOf = (chars: number): string => start + unit.repeat(chars / unit.length) + end;
        // Linear work on this much takes a millisecond or two; what does not is measured again, and its growth decides.
        if (cost(read, textOf(4 * length)) < (40 * length) / N) continue;
        expect(
          growthOf(read, textOf, length),
          `of ${JSON.stringify(start + unit + unit)}… with the end ${JSON.stringify(end)}`,
        ).toBeLessThan(LINEAR_MAX);
      }
    }
  }
});

test('a map that merges many others into many keys costs no more for each of them', () => {
  const textOf = (count: number): string => {
    const keys = Array.from({ length: count }, (_, index) => `k${index}: 0\n`);
    return `${keys.join('')}<<: [${'{},'.repeat(count)}]\n`;
  };
  expect(readYaml(textOf(2)).kind).toBe('documents');
  expect(growthOf(readYaml, textOf, 1_000)).toBeLessThan(LINEAR_MAX);
});
