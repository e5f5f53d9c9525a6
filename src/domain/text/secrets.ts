import { formsOf, type SecretForm } from './secret-forms.ts';
import { isCutAt, type Layer, layerBytesOf, layersOf, squeezed, withoutParting } from './unescaped.ts';

/** The replacement for a secret. It has no special meaning in Markdown, so it contains no brackets and asterisks. */
export const CONCEALED = '(redacted)';

/** The secrets of a run, and the only filter for texts that leave it. */
export interface Secrets {
  /** Conceals this value, and each of its lines, from now on. Call it before the value can appear in a text. */
  add(secret: string): void;
  /** The text without the secrets known so far, in every encoding of formsOf; unchanged if it contains none. */
  conceal(text: string): string;
}

/** The number of first bytes by which a longer secret is recognised, so that a cut secret is concealed too. */
const HEAD_MAX = 32;
/** The minimum number of first bytes of a secret before the mark of a cut, in bytes. No form is shorter. */
const CUT_MIN = 4;

const PADDING = 0x3d;

type Range = readonly [start: number, end: number];

/**
 * Keeps secrets in a tree of the first bytes of all their forms, so that the time for concealing grows with the text and
 * not with the number of secrets.
 */
export function createSecrets(): Secrets {
  const known = new Set<string>();
  let added: string[] = [];
  /** True if a secret itself may look like an escape. */
  let holdsEscapes = false;
  const tree = createTree();
  return {
    add(secret) {
      for (const part of [secret, ...secret.split(/\r\n?|\n/)]) {
        if (known.has(part)) continue;
        known.add(part);
        added.push(part);
      }
    },
    conceal(text) {
      if (text === '') return text;
      for (const secret of added) {
        addForms(secret, tree);
        holdsEscapes ||= /[\\%&<]/.test(secret);
      }
      added = [];
      if (tree.isEmpty()) return text;
      // Most texts have not even the start of a secret.
      if (!mayHold(text, tree, holdsEscapes)) return text;
      const ranges = findAll(text, tree, holdsEscapes);
      return ranges.length === 0 ? text : without(text, ranges);
    },
  };
}

/** A form in the tree. Its bytes are made when a text contains its head. */
type KnownForm = Omit<SecretForm, 'bytes'> & { readonly bytes: () => Uint8Array };

/**
 * Adds the forms of a secret without their bytes. All forms together are about ten times as long as the secret, and a run
 * that reads a thousand repositories has a thousand tokens.
 */
function addForms(secret: string, tree: Tree): void {
  const bytesOf = bytesOnUse(secret);
  formsOf(secret).forEach(({ bytes, mayBeParted, sharesBefore, sharesAfter }, index) => {
    tree.add(bytes.subarray(0, HEAD_MAX), { mayBeParted, sharesBefore, sharesAfter, bytes: bytesOf(index) });
  });
}

/** The bytes of a form by its index in formsOf, which are made for the first call and kept. */
function bytesOnUse(secret: string): (index: number) => () => Uint8Array {
  let forms: readonly SecretForm[] | undefined;
  return (index) => () => {
    forms ??= formsOf(secret);
    return (forms[index] as SecretForm).bytes;
  };
}

/** If false, findAll finds nothing: no layer has the head of any form. */
function mayHold(text: string, tree: Tree, apart: boolean): boolean {
  let deepest: Uint8Array | undefined;
  for (const bytes of layerBytesOf(text, apart)) {
    if (tree.holdsHead(bytes)) return true;
    deepest = bytes;
  }
  return deepest !== undefined && tree.holdsHead(withoutParting(deepest));
}

function findAll(text: string, tree: Tree, apart: boolean): Range[] {
  const ranges: Range[] = [];
  let deepest: Layer | undefined;
  for (const layer of layersOf(text, apart)) {
    search(layer, tree, { partedOnly: false, ranges });
    deepest = layer;
  }
  const close = deepest && squeezed(deepest);
  if (close !== undefined) search(close, tree, { partedOnly: true, ranges });
  return ranges.sort((one, other) => one[0] - other[0]);
}

function without(text: string, ranges: readonly Range[]): string {
  const bytes = Buffer.from(text, 'utf8');
  const parts: string[] = [];
  let shown = 0;
  ranges.forEach(([start, end], index) => {
    // Adjacent ranges are merged.
    if (index === 0 || start > shown) parts.push(bytes.toString('utf8', shown, start), CONCEALED);
    shown = Math.max(shown, end);
  });
  return [...parts, bytes.toString('utf8', shown)].join('');
}

/** Collects the positions of forms in a layer, as ranges in the first layer. */
function search(
  { bytes, origins, ends }: Layer,
  tree: Tree,
  { partedOnly, ranges }: { readonly partedOnly: boolean; readonly ranges: Range[] },
): void {
  for (let at = tree.nextStart(bytes, 0); at < bytes.length; at = tree.nextStart(bytes, at + 1)) {
    let start = at;
    let end = at;
    let node: number | undefined = 0;
    for (let place = at; node !== undefined; place += 1) {
      for (const form of tree.formsAt(node)) {
        if (partedOnly && !form.mayBeParted) continue;
        const whole = form.bytes();
        const stop = at + commonLength(whole, bytes, at);
        const isWhole = stop - at === whole.length;
        if (form.sharesBefore && isBase64(bytes[at - 1])) start = at - 1;
        end = Math.max(end, isWhole && form.sharesAfter ? endOfBase64(bytes, stop) : stop);
      }
      if (place - at >= CUT_MIN && isCutAt(bytes, place)) end = Math.max(end, place);
      node = place < bytes.length ? tree.next(node, bytes[place] ?? 0) : undefined;
    }
    if (end === at) continue;
    ranges.push([origins[start] ?? 0, ends?.[end - 1] ?? origins[end] ?? 0]);
    // Skips heads that end within the concealed range. Otherwise the time would grow quadratically.
    at = Math.max(at, end - HEAD_MAX);
  }
}

/** The number of bytes that the form and the text at this offset have in common. */
function commonLength(form: Uint8Array, text: Uint8Array, at: number): number {
  let length = 0;
  while (length < form.length && form[length] === text[at + length]) length += 1;
  return length;
}

/** The end of the last character that contains bits of the secret, and of the padding. */
function endOfBase64(bytes: Uint8Array, from: number): number {
  let end = isBase64(bytes[from]) ? from + 1 : from;
  while (bytes[end] === PADDING && end < from + 3) end += 1;
  return end;
}

/** A character of either alphabet, in lower case. */
function isBase64(byte: number | undefined): boolean {
  return byte !== undefined && /[a-z0-9+/_-]/.test(String.fromCharCode(byte));
}

interface Tree {
  /** Adds a form under its first bytes, HEAD_MAX at most. */
  add(head: Uint8Array, form: KnownForm): void;
  isEmpty(): boolean;
  /** The next offset from this one on with the first two bytes of a form; the length of the bytes if there is none. */
  nextStart(bytes: Uint8Array, from: number): number;
  /** True if these bytes contain the head of a form, or the first part of one before the mark of a cut. */
  holdsHead(bytes: Uint8Array): boolean;
  /** The next node for this byte; 0 is the root. */
  next(node: number, byte: number): number | undefined;
  /** Forms whose head ends here. */
  formsAt(node: number): readonly KnownForm[];
}

function createTree(): Tree {
  /** Keys are node × 256 + byte. */
  const edges = new Map<number, number>();
  const forms = new Map<number, KnownForm[]>();
  const starts = new Uint8Array(65_536);
  let nodes = 1;
  const nextStart = (bytes: Uint8Array, from: number): number => {
    let pair = bytes[from] ?? 0;
    for (let at = from; at < bytes.length; at += 1) {
      pair = ((pair & 0xff) << 8) | (bytes[at + 1] ?? 0);
      if (starts[pair] === 1) return at;
    }
    return bytes.length;
  };
  const next = (node: number, byte: number): number | undefined => edges.get(node * 256 + byte);
  return {
    add(head, form) {
      let node = 0;
      for (const byte of head) {
        const key = node * 256 + byte;
        const next = edges.get(key) ?? nodes;
        if (next === nodes) {
          edges.set(key, next);
          nodes += 1;
        }
        node = next;
      }
      const here = forms.get(node);
      if (here === undefined) forms.set(node, [form]);
      else here.push(form);
      starts[((head[0] ?? 0) << 8) | (head[1] ?? 0)] = 1;
    },
    isEmpty: () => nodes === 1,
    nextStart,
    holdsHead(bytes) {
      for (let at = nextStart(bytes, 0); at < bytes.length; at = nextStart(bytes, at + 1)) {
        let node: number | undefined = 0;
        for (let place = at; node !== undefined; place += 1) {
          if (forms.has(node) || (place - at >= CUT_MIN && isCutAt(bytes, place))) return true;
          node = place < bytes.length ? next(node, bytes[place] ?? 0) : undefined;
        }
      }
      return false;
    },
    next,
    formsAt: (node) => forms.get(node) ?? NONE,
  };
}

const NONE: readonly KnownForm[] = [];
