/**
 * Whether a regular expression in RE2 syntax matches whole values only. policy-controller searches for the expression
 * anywhere in the value and this gate compares the whole value; anchored, it means the same in both.
 */
export type Anchoring =
  | { readonly kind: 'anchored' }
  /** `right`: the anchored form; undefined if there is none for the whole expression. */
  | { readonly kind: 'open'; readonly why: string; readonly right: string | undefined };

/** A token of an expression. */
interface Token {
  readonly text: string;
  /** The number of groups around it. */
  readonly depth: number;
}

/** Judges the form `^…$`: no alternatives at the top, no multi-line mode, no repetition of `^`. Pure text: it compiles nothing. */
export function checkAnchors(source: string): Anchoring {
  const tokens = tokenise(source);
  const isAt = (index: number, text: string): boolean => {
    const token = tokens.at(index);
    return token?.text === text && token.depth === 0;
  };
  if (tokens.some(({ text }) => hasMultiline(text))) {
    return { kind: 'open', why: 'in multi-line mode, ^ and $ also match at line breaks', right: undefined };
  }
  if (tokens.some(({ text, depth }) => text === '|' && depth === 0)) {
    return { kind: 'open', why: 'each of ^ and $ belongs to one alternative only', right: enclosed(source) };
  }
  const starts = isAt(0, '^');
  const ends = tokens.length > 1 && isAt(-1, '$');
  if (starts && /^[*+?{]/.test(tokens[1]?.text ?? '')) {
    return { kind: 'open', why: 'its ^ may be skipped', right: undefined };
  }
  if (starts && ends) return { kind: 'anchored' };
  const missing = [...(starts ? [] : ['^ at its start']), ...(ends ? [] : ['$ at its end'])].join(' and ');
  // Text after an open `\Q` would be literal.
  const isSafe = !/\\Q(?!.*\\E)/s.test(source) && !/[*+?{]/.test(source.slice(0, 1));
  return {
    kind: 'open',
    why: `it has no ${missing}`,
    right: isSafe ? `${starts ? '' : '^'}${source}${ends ? '' : '$'}` : undefined,
  };
}

/** The alternatives as a group, without the anchors that each may have. */
function enclosed(source: string): string {
  return `^(?:${source.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')})$`;
}

function hasMultiline(text: string): boolean {
  return /^\(\?[A-Za-z]*m/.test(text) && !/^\(\?P?</.test(text);
}

/** The tokens that matter here: escapes, classes, beginnings of groups with their flags, and single characters. */
function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (let at = 0; at < source.length; ) {
    const text = tokenAt(source, at);
    if (text === ')') depth = Math.max(0, depth - 1);
    // `(?i)` opens no group.
    tokens.push({ text, depth });
    if (text.startsWith('(') && !/^\(\?[A-Za-z-]*\)$/.test(text)) depth += 1;
    at += text.length;
  }
  return tokens;
}

function tokenAt(source: string, at: number): string {
  const rest = source.slice(at);
  if (rest.startsWith('\\Q')) {
    const end = rest.indexOf('\\E', 2);
    return end < 0 ? rest : rest.slice(0, end + 2);
  }
  if (rest.startsWith('\\')) return rest.slice(0, 2);
  if (rest.startsWith('[')) return /^\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]])*\]?/s.exec(rest)?.[0] ?? '[';
  if (rest.startsWith('(')) return /^\((?:\?(?:P?<\w*>|[A-Za-z-]*[:)]))?/.exec(rest)?.[0] ?? '(';
  return rest.slice(0, 1);
}
