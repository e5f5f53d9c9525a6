import type { Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { expect } from 'vitest';
import type { GateRun } from './in-process-gate.ts';

/** Commands that this action itself writes; all others would be forged. */
const OWN_COMMANDS = new Set(['add-mask', 'debug', 'error', 'warning', 'notice', 'group', 'endgroup']);
/** HTML that the summary is built of, as the Markdown parser cuts it. */
const OWN_HTML = /^(?:<\/?(?:code|details|summary|sub)>|<br>|<wbr>|<details>\s*<summary>[^<>]*<\/summary>)$/;
const OWN_NODES = new Set([
  'root',
  'heading',
  'paragraph',
  'text',
  'inlineCode',
  'code',
  'strong',
  'emphasis',
  'list',
  'listItem',
  'blockquote',
  'table',
  'tableRow',
  'tableCell',
  'html',
  'break',
  'link',
]);
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that must not come through
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

/** Fails unless nothing in log, summary and outputs of a run can do more than be read (contract §3.7). */
export function expectHarmless(run: Pick<GateRun, 'commands' | 'stdout' | 'summary' | 'outputs'>): void {
  expectHarmlessLog(run);
  expectHarmlessSummary(run.summary);
  expectHarmlessOutputs(run);
}

function expectHarmlessLog(run: Pick<GateRun, 'commands' | 'stdout'>): void {
  expect(run.commands.filter(({ name, syntax }) => !OWN_COMMANDS.has(name) || syntax === 'v1')).toEqual([]);
  expect(run.stdout).not.toMatch(UNSEEN);
  // What an annotation says is shown on a page and printed again into the log.
  for (const { data, properties } of run.commands) {
    for (const text of [data, ...Object.values(properties)]) {
      expect(text).not.toMatch(UNSEEN);
      for (const line of text.split('\n')) expect(line).not.toMatch(/^\s*::|##\[/);
    }
  }
}

/** The summary as GitHub parses it. */
export function expectHarmlessSummary(summary: string): void {
  expect(summary).not.toMatch(UNSEEN);
  const root: Root = unified().use(remarkParse).use(remarkGfm).parse(summary);
  expect(root.children.length).toBeGreaterThan(1);
  walk(root);
  // What GitHub turns into links after Markdown: mentions and issues; character references stop it.
  const source = summary.replace(/^(`{3,}).*?^\1$/gms, '').replace(/`[^`\n]*`/g, '');
  expect(source, 'no mention and no issue').not.toMatch(/(?<![&\w])[@#][A-Za-z0-9]/);
  for (const tag of ['details', 'summary', 'code', 'sub']) {
    const opened = summary.split(`<${tag}>`).length;
    expect(summary.split(`</${tag}>`).length, tag).toBe(opened);
  }
}

function walk(node: Nodes): void {
  expect(OWN_NODES.has(node.type), `${node.type}: ${JSON.stringify(node).slice(0, 300)}`).toBe(true);
  if (node.type === 'html') {
    for (const line of node.value.split('\n')) expect(line).toMatch(OWN_HTML);
  }
  // Ours lead to the documentation or the run; a hostile one would be somebody else's.
  if (node.type === 'link') expect(node.url).toMatch(/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(?:blob|actions)\//);
  if (node.type === 'code') expect(node.value).not.toMatch(/\$\{\{(?! '\$\{\{' \}\})/);
  if (node.type === 'table') {
    const [head] = node.children;
    for (const row of node.children) expect(row.children).toHaveLength(head?.children.length ?? 0);
  }
  if ('children' in node) for (const child of node.children) walk(child);
}

function expectHarmlessOutputs(run: Pick<GateRun, 'outputs'>): void {
  const results = run.outputs['results'] ?? '';
  for (const [literal] of results.matchAll(/"(?:[^"\\]|\\.)*"/g)) {
    expect(literal).toMatch(/^"(?:[A-Za-z0-9._:/@+=, -]|\\u[0-9a-f]{4})*"$/);
  }
  const ofAudit = ['changed', 'changes-title', 'verdict', 'reason'];
  const ofGate = ['verified', 'verdict', 'reason', 'issuer', 'subject', 'images'];
  for (const name of 'changed' in run.outputs ? ofAudit : ofGate) {
    expect(run.outputs[name], name).toMatch(/^[A-Za-z0-9._:/@+=, \n-]*$/);
  }
}
