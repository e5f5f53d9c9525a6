/**
 * JSON as it is written: keys and scalars keep their spelling, objects their order and their duplicates. What
 * JSON.parse and JSON.stringify would put right is what the documents here are about.
 */
export type Tree =
  | { readonly kind: 'object'; readonly members: Member[] }
  | { readonly kind: 'list'; readonly items: Tree[] }
  /** Text of a scalar, quotes and all. */
  | { readonly kind: 'raw'; readonly text: string };

export interface Member {
  /** As written, with its quotes. */
  key: string;
  value: Tree;
}

export function raw(text: string): Tree {
  return { kind: 'raw', text };
}

export function toTree(value: unknown): Tree {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(toTree) };
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, inner]) => ({ key: JSON.stringify(key), value: toTree(inner) }));
    return { kind: 'object', members };
  }
  return raw(JSON.stringify(value));
}

export function copyTree(tree: Tree): Tree {
  switch (tree.kind) {
    case 'object':
      return { kind: 'object', members: tree.members.map(({ key, value }) => ({ key, value: copyTree(value) })) };
    case 'list':
      return { kind: 'list', items: tree.items.map(copyTree) };
    case 'raw':
      return tree;
  }
}

export function writeTree(tree: Tree): string {
  switch (tree.kind) {
    case 'object':
      return `{${tree.members.map(({ key, value }) => `${key}:${writeTree(value)}`).join(',')}}`;
    case 'list':
      return `[${tree.items.map(writeTree).join(',')}]`;
    case 'raw':
      return tree.text;
  }
}

/** All objects of a tree that have members. */
export function objectsOf(tree: Tree): readonly Extract<Tree, { kind: 'object' }>[] {
  if (tree.kind === 'raw') return [];
  if (tree.kind === 'list') return tree.items.flatMap(objectsOf);
  const below = tree.members.flatMap(({ value }) => objectsOf(value));
  return tree.members.length === 0 ? below : [tree, ...below];
}
