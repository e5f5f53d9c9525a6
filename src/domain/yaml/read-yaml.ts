import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import { quoted } from '../text/quoted.ts';
import type {
  LocatedEntry,
  LocatedMap,
  LocatedScalar,
  LocatedValue,
  ReadYaml,
  TextPlace,
  YamlDocument,
  YamlProblem,
} from './located.ts';

/** The most values of one file. */
const VALUES_MAX = 500_000;
/** The deepest nesting. */
const DEPTH_MAX = 200;
/** More problems than anybody reads: of one document, and of the file. */
const PROBLEMS_MAX = 50;
/**
 * Line breaks of YAML 1.1 only (§5.4), or of YAML 1.1 and 1.2 but not of this parser: a carriage return alone, NEL, and
 * the separators of lines and paragraphs. kubectl's parser ends a comment there and reads what follows.
 */
const OTHER_LINE_BREAK = /\r(?!\n)|[\u0085\u2028\u2029]/;

/**
 * Reads the documents of a YAML or JSON file as kubectl would, but strictly: duplicate keys, keys that are not text, tags
 * other than those of JSON's values, unknown aliases, line breaks that not every parser knows and everything that the
 * parser warns about are problems. Merge keys (`<<`) are resolved, unless kubectl and YAML's specification of them differ
 * about the result. Every problem is reported; with one, nothing of the file is returned. `values`: how many values the text
 * may have, with aliases counted as often as they are used; those that it has are taken away.
 */
export function readYaml(text: string, values: { left: number } = { left: VALUES_MAX }): ReadYaml {
  const strange = OTHER_LINE_BREAK.exec(text);
  if (strange !== null) {
    const before = text.slice(0, strange.index);
    const code = strange[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const message = `the character U+${code} ends a line for some readers of YAML and not for others`;
    return { kind: 'unreadable', problems: [{ document: 1, line: before.split('\n').length, message }] };
  }
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, {
    lineCounter: lines,
    merge: true,
    // Checked below, where keys are known that are aliases.
    uniqueKeys: false,
    strict: true,
    prettyErrors: false,
    stringKeys: false,
    keepSourceTokens: false,
    // Resolves `!!binary` and other types of YAML 1.1 to nothing: they are refused by their tags.
    resolveKnownTags: false,
  });
  const documents: Document[] = Array.isArray(parsed) ? (parsed as Document[]) : [];
  const problems: YamlProblem[] = [];
  const read: YamlDocument[] = [];
  const budget = { left: values.left, max: values.left };
  const hasAnchors = text.includes('&');
  for (const [index, document] of documents.entries()) {
    const number = index + 1;
    const lineAt = (offset: number): number => lines.linePos(offset).line || 1;
    // Tags are checked below.
    const warnings = document.warnings.filter(({ code }) => code !== 'TAG_RESOLVE_FAILED');
    for (const { message, pos } of [...document.errors, ...warnings]) {
      problems.push({ document: number, line: lineAt(pos[0]), message });
    }
    const reader = createReader(document, { lineAt, budget, hasAnchors });
    const contents = document.contents as Node | null;
    const root = contents === null ? undefined : reader.read(contents);
    problems.push(...reader.problems.map((problem) => ({ ...problem, document: number })));
    const isEmpty = root?.kind === 'scalar' && root.value === null && root.start === root.end;
    read.push({ number, root: isEmpty ? undefined : root });
  }
  values.left = Math.max(0, budget.left);
  const [first, ...others] = problems.slice(0, PROBLEMS_MAX);
  return first === undefined
    ? { kind: 'documents', documents: read }
    : { kind: 'unreadable', problems: [first, ...others] };
}

interface ReaderOptions {
  readonly lineAt: (offset: number) => number;
  /** Of this text alone, so that the first value beyond it is told. */
  readonly budget: { left: number; readonly max: number };
  /** False if the file certainly has none. */
  readonly hasAnchors: boolean;
}

/** Turns the nodes of one document into located values. */
function createReader(document: Document, { lineAt, budget, hasAnchors }: ReaderOptions) {
  const problems: Omit<YamlProblem, 'document'>[] = [];
  const open = new Set<Node>();
  const targets = hasAnchors ? findTargets(document) : new Map<Alias, Node>();

  function placeOf(node: Node): TextPlace {
    const [start, end] = node.range ?? [0, 0];
    return { line: lineAt(start), start, end };
  }

  function fail(node: Node, message: string): LocatedScalar {
    if (problems.length < PROBLEMS_MAX) problems.push({ line: placeOf(node).line, message });
    return { kind: 'scalar', value: null, style: 'plain', ...placeOf(node) };
  }

  function read(node: Node): LocatedValue {
    budget.left -= 1;
    if (budget.left < 0) {
      // Once is enough.
      return budget.left === -1 ? fail(node, `there are more than ${budget.max} values`) : failSilently(node);
    }
    if (open.size > DEPTH_MAX) return fail(node, `values are nested deeper than ${DEPTH_MAX}`);
    if (isAlias(node)) return readAlias(node);
    if (open.has(node)) return fail(node, 'an alias contains itself');
    open.add(node);
    try {
      return readContent(node);
    } finally {
      open.delete(node);
    }
  }

  function failSilently(node: Node): LocatedScalar {
    return { kind: 'scalar', value: null, style: 'plain', ...placeOf(node) };
  }

  function readAlias(node: Alias): LocatedValue {
    const target = targets.get(node);
    return target === undefined ? fail(node, `no anchor is called ${quoted(node.source)}`) : read(target);
  }

  function readContent(node: Node): LocatedValue {
    if (isScalar(node)) return readScalar(node);
    if (isMap(node)) return readMap(node);
    if (!isSeq(node)) return fail(node, 'a value of a kind that JSON does not have');
    if (!isPlainTag(node.tag, 'seq')) return fail(node, `the tag ${quoted(String(node.tag))} is not supported`);
    return { kind: 'list', items: node.items.map((item) => read(item as Node)), ...placeOf(node) };
  }

  function readScalar(node: Scalar): LocatedValue {
    const { value } = node;
    const isJson =
      value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';
    if (!isJson || !isPlainTag(node.tag, 'str', 'int', 'float', 'bool', 'null')) {
      return fail(node, `the tag ${quoted(String(node.tag))} is not supported`);
    }
    return { kind: 'scalar', value, style: styleOf(node), ...placeOf(node) };
  }

  function readMap(node: YAMLMap): LocatedMap | LocatedScalar {
    if (!isPlainTag(node.tag, 'map')) return fail(node, `the tag ${quoted(String(node.tag))} is not supported`);
    const own = new Map<string, LocatedEntry>();
    const merged: LocatedMap[] = [];
    let hasMerge = false;
    for (const item of node.items) {
      const pair = item as Pair<Node, Node | null>;
      if (!isPair(pair)) return fail(node, 'a map with an entry that is not a pair');
      const key = keyOf(pair.key, targets);
      const keyPlace = placeOf(pair.key);
      if (key === undefined) {
        fail(pair.key, 'a key that is not text');
        continue;
      }
      const value: LocatedValue =
        pair.value === null ? { kind: 'scalar', value: null, style: 'plain', ...keyPlace } : read(pair.value);
      if (key === '<<') {
        // Readers differ about it.
        if (!isPlainKey(pair.key)) fail(pair.key, 'the key `<<` is written in quotes');
        if (hasMerge) {
          fail(pair.key, 'the merge key `<<` occurs twice; write one with a list of maps');
          continue;
        }
        hasMerge = true;
        const sources = value.kind === 'list' ? value.items : [value];
        const maps = sources.filter((one): one is LocatedMap => one.kind === 'map');
        if (maps.length !== sources.length) fail(pair.key, 'the merge key `<<` has a value that is not a map');
        for (const map of maps) merged.push(map);
        // By the specification the map's own keys win. For kubectl, whatever is written last does.
        const given = new Set(maps.flatMap(({ entries }) => [...entries.keys()]));
        const twice = [...own.keys()].find((one) => given.has(one));
        if (twice !== undefined) {
          fail(
            pair.key,
            `the merge key \`<<\` after ${quoted(twice)} replaces it for some readers and not for others; write \`<<\` first`,
          );
        }
        continue;
      }
      if (own.has(key)) fail(pair.key, `the key ${quoted(key)} occurs twice`);
      own.set(key, { key: keyPlace, value });
    }
    const entries = new Map(own);
    // The map's own keys win, then the first of the merged ones.
    for (const { entries: from } of merged) {
      for (const [key, entry] of from) if (!entries.has(key)) entries.set(key, entry);
    }
    return { kind: 'map', entries, ...placeOf(node) };
  }

  return { read, problems };
}

/** What each alias stands for: the last node before it with its anchor. In one pass; the parser's own takes one per alias. */
function findTargets(document: Document): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Node(_key, node) {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** A key as text, as JSON would have it. Undefined for a key that is a list or a map. */
function keyOf(key: Node, targets: ReadonlyMap<Alias, Node>): string | undefined {
  const node = isAlias(key) ? targets.get(key) : key;
  if (!isScalar(node)) return undefined;
  const { value } = node;
  // In a merge key, the parser puts a symbol.
  if (typeof value === 'symbol') return '<<';
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

const isPlainKey = (key: Node): boolean => isScalar(key) && (key.type === 'PLAIN' || key.type === undefined);

/** No tag, or one of YAML's core tags. */
function isPlainTag(tag: string | undefined, ...names: readonly string[]): boolean {
  return tag === undefined || tag === '!' || names.some((name) => tag === `tag:yaml.org,2002:${name}`);
}

function styleOf(node: Scalar): LocatedScalar['style'] {
  if (node.type === 'QUOTE_SINGLE') return 'single-quoted';
  if (node.type === 'QUOTE_DOUBLE') return 'double-quoted';
  return node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL' ? 'block' : 'plain';
}
