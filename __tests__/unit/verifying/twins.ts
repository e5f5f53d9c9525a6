import type { Json } from './golden.ts';

/** A copy with one thing changed, and how to call it. */
export interface Twin {
  readonly path: string;
  readonly change: string;
  readonly value: Json;
}

type Path = readonly (string | number)[];

function isContainer(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}

/** Every path in a JSON value, containers included. */
export function pathsOf(value: Json, path: Path = []): Path[] {
  const here = path.length === 0 ? [] : [path];
  if (!isContainer(value)) return here;
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return [...here, ...keys.flatMap((key) => pathsOf(value[key], [...path, key]))];
}

function at(value: Json, path: Path): Json {
  return path.reduce((inner: Json, key) => (isContainer(inner) ? inner[key] : undefined), value);
}

function withValue(value: Json, path: Path, change: (parent: Json, key: string | number) => void): Json {
  const copy = structuredClone(value);
  const key = path.at(-1);
  if (key === undefined) throw new Error('no path');
  change(at(copy, path.slice(0, -1)), key);
  return copy;
}

export function replaced(value: Json, path: Path, replacement: Json): Json {
  return withValue(value, path, (parent, key) => {
    parent[key] = replacement;
  });
}

const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$|^(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$/;

/** Other values for one value: changed in kind and content. */
function otherValues(value: Json): [string, Json][] {
  if (Array.isArray(value)) {
    return [
      ['emptied', []],
      ['doubled', [...value, ...value]],
      ['as object', { ...value }],
    ];
  }
  if (isContainer(value)) {
    return [
      ['emptied', {}],
      ['with an unknown field', { ...value, unknown: 'x' }],
      ['as list', [value]],
    ];
  }
  const text = String(value);
  const others: [string, Json][] = [
    ['emptied', ''],
    ['as object', { value }],
    ['as true', true],
    ['longer', `${text}x`],
    ['shorter', text.slice(0, -1)],
  ];
  if (/^[0-9]+$/.test(text)) {
    others.push(
      ['plus one', typeof value === 'number' ? value + 1 : String(Number(text) + 1)],
      ['negative', `-${text}`],
      ['zero', '0'],
      ['huge', `${text}${'0'.repeat(20)}`],
    );
  } else if (BASE64.test(text) && text.length >= 8) {
    const bytes = Buffer.from(text, 'base64');
    for (const [name, index] of [
      ['first', 0],
      ['middle', bytes.length >> 1],
      ['last', bytes.length - 1],
    ] as const) {
      const flipped = Buffer.from(bytes);
      flipped[index] = (flipped[index] ?? 0) ^ 1;
      others.push([`${name} byte flipped`, flipped.toString('base64')]);
    }
    others.push(['with a byte more', Buffer.concat([bytes, Buffer.from([0])]).toString('base64')]);
    others.push(['with a byte less', bytes.subarray(0, -1).toString('base64')]);
    others.push(['with a line break', `${text.slice(0, 4)}\n${text.slice(4)}`]);
  } else {
    others.push(
      ['in upper case', text.toUpperCase()],
      ['with another letter', text.replace(/[a-z]/, (l) => (l === 'z' ? 'a' : 'z'))],
    );
  }
  return others;
}

/** Every field of a JSON value changed, emptied, removed, made null, or swapped with that of another document. */
export function twinsOf(original: Json, others: Readonly<Record<string, Json>> = {}): Twin[] {
  const before = JSON.stringify(original);
  return pathsOf(original)
    .flatMap((path): Twin[] => {
      const value = at(original, path);
      const name = path.join('.');
      const swaps = Object.entries(others).flatMap(([other, document]): [string, Json][] => {
        const theirs = at(document, path);
        return theirs === undefined ? [] : [[`swapped with that of ${other}`, theirs]];
      });
      return [
        {
          path: name,
          change: 'removed',
          value: withValue(original, path, (parent, key) => {
            if (Array.isArray(parent)) parent.splice(Number(key), 1);
            else delete parent[key];
          }),
        },
        { path: name, change: 'null', value: replaced(original, path, null) },
        ...[...otherValues(value), ...swaps].map(([change, other]) => ({
          path: name,
          change,
          value: replaced(original, path, other),
        })),
      ];
    })
    .filter((twin) => JSON.stringify(twin.value) !== before);
}
