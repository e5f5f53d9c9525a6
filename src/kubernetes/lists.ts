import type { CallLimits } from '../domain/calls/call-limits.ts';
import { isJsonObject } from '../domain/text/json-object.ts';
import type { KubeApi, KubeObject } from './kube-api.ts';
import { notUnderstood, refusedBy } from './refused.ts';

/** A list as of one moment. */
export interface WholeList {
  readonly items: readonly KubeObject[];
  /** Where a watch goes on from it. */
  readonly resourceVersion: string;
  /** Of its items: lists of custom resources name it in each, others only once. */
  readonly types: ItemTypes;
}

/** `apiVersion` and `kind` of the items of a list. */
export interface ItemTypes {
  readonly apiVersion: string;
  readonly kind: string;
}

export interface Lists extends Pick<KubeApi, 'eachPage'> {
  /** Every page, as of one moment. Throws KUBERNETES_REFUSED or KUBERNETES_UNAVAILABLE. */
  whole(call: CallLimits, path: string): Promise<WholeList>;
}

/** Items of a page. */
const PAGE_ITEMS = 250;
/** The most items of a list that is held as a whole. */
const ITEMS_MAX = 100_000;
/** The most pages of any list. */
const PAGES_MAX = 10_000;
/** How often a list that took longer than the server keeps its state is begun again. */
const RESTARTS_MAX = 3;

type Page =
  | (WholeList & { readonly next: string | undefined })
  /** 410: the state of the first page is gone. The token goes on with the state of now (k8s.io/apimachinery ListMeta). */
  | { readonly gone: string | undefined };

/** Reads lists by pages (`limit`, `continue`). */
export function createLists(send: KubeApi['send']): Lists {
  const readPage = async (call: CallLimits, path: string, token: string | undefined): Promise<Page> => {
    const query = `limit=${PAGE_ITEMS}${token === undefined ? '' : `&continue=${encodeURIComponent(token)}`}`;
    const answer = await send(call, { method: 'GET', path: `${path}${path.includes('?') ? '&' : '?'}${query}` });
    const what = `GET ${path}`;
    if (answer.status === 410 && token !== undefined) {
      const meta = isJsonObject(answer.body) ? answer.body['metadata'] : undefined;
      return { gone: isJsonObject(meta) ? textOf(meta['continue']) : undefined };
    }
    if (answer.status !== 200) throw refusedBy(what, answer);
    return asPage(what, answer.body);
  };

  const wholeOnce = async (call: CallLimits, path: string): Promise<WholeList | undefined> => {
    const items: KubeObject[] = [];
    let token: string | undefined;
    for (let pages = 0; pages < PAGES_MAX; pages += 1) {
      const page = await readPage(call, path, token);
      if ('gone' in page) return undefined;
      // Before they are arguments: a server may take no notice of `limit`.
      if (items.length + page.items.length > ITEMS_MAX) {
        throw notUnderstood(`GET ${path}`, `more than ${ITEMS_MAX} items`);
      }
      items.push(...page.items);
      if (page.next === undefined) return { ...page, items };
      token = page.next;
    }
    throw notUnderstood(`GET ${path}`, `more than ${PAGES_MAX} pages`);
  };

  return {
    async whole(call, path) {
      for (let restarts = 0; restarts <= RESTARTS_MAX; restarts += 1) {
        const list = await wholeOnce(call, path);
        if (list !== undefined) return list;
      }
      throw refusedBy(`GET ${path}`, { status: 410, body: undefined });
    },
    async eachPage(call, path, onPage) {
      let token: string | undefined;
      for (let pages = 0; pages < PAGES_MAX; pages += 1) {
        const page = await readPage(call, path, token);
        if ('gone' in page) {
          if (page.gone === undefined) throw refusedBy(`GET ${path}`, { status: 410, body: undefined });
          token = page.gone;
          continue;
        }
        await onPage(page.items);
        if (page.next === undefined) return;
        token = page.next;
      }
      throw notUnderstood(`GET ${path}`, `more than ${PAGES_MAX} pages`);
    },
  };
}

/** Strict, because an empty list decides. */
function asPage(what: string, body: unknown): WholeList & { readonly next: string | undefined } {
  if (!isJsonObject(body)) throw notUnderstood(what, 'no JSON object');
  const { kind, apiVersion, metadata, items } = body;
  if (typeof kind !== 'string' || !kind.endsWith('List') || typeof apiVersion !== 'string') {
    throw notUnderstood(what, 'not a list');
  }
  const resourceVersion = isJsonObject(metadata) ? textOf(metadata['resourceVersion']) : undefined;
  if (!isJsonObject(metadata) || resourceVersion === undefined || !Array.isArray(items)) {
    throw notUnderstood(what, 'a list without items or resourceVersion');
  }
  const types = { apiVersion, kind: kind.slice(0, -'List'.length) };
  const read = items.map((item: unknown) => {
    if (!isJsonObject(item) || keyOf(item) === undefined) throw notUnderstood(what, 'an item without a name');
    return asItem(item, types);
  });
  return { items: read, resourceVersion, types, next: textOf(metadata['continue']) };
}

/** `namespace/name`; undefined for an object without a name. */
export function keyOf({ metadata }: KubeObject): string | undefined {
  const name = isJsonObject(metadata) ? textOf(metadata['name']) : undefined;
  if (!isJsonObject(metadata) || name === undefined) return undefined;
  return `${textOf(metadata['namespace']) ?? ''}/${name}`;
}

/** The object without `managedFields`, which is often its larger half, and with its type. */
export function asItem(object: KubeObject, types: ItemTypes): KubeObject {
  const { metadata } = object;
  if (!isJsonObject(metadata)) return { ...types, ...object };
  const { managedFields: _, ...kept } = metadata;
  return { ...types, ...object, metadata: kept };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
