import { parseAllDocuments } from 'yaml';

/** What a plain walk over the parsed documents finds, written without the reader under test. */
export interface Walked {
  /** Containers and image volumes. */
  readonly images: readonly string[];
  /** Whatever stands under a key that ends with `image`. */
  readonly suspicious: readonly string[];
}

const SILENT_KINDS = new Set([
  'v1/ConfigMap',
  'v1/Namespace',
  'v1/Node',
  'v1/Service',
  'v1/ServiceAccount',
  'rbac.authorization.k8s.io/v1/ClusterRole',
  'networking.k8s.io/v1/Ingress',
  'v1/Secret',
  'v1/PersistentVolume',
  'apiextensions.k8s.io/v1/CustomResourceDefinition',
  'policy.sigstore.dev/v1beta1/ClusterImagePolicy',
  'kyverno.io/v1/ClusterPolicy',
]);
const DATA = new Set([
  'rbd',
  // It holds labels. What it may hold in unknown kinds is for other tests.
  'selector',
  'annotations',
  'labels',
  'matchLabels',
  'nodeSelector',
  'managedFields',
  'env',
  'args',
  'command',
  'envFrom',
]);

type Json = { readonly [key: string]: unknown };
const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Undefined if the parser finds an error. */
export function walkText(text: string): Walked | undefined {
  const documents = parseAllDocuments(text, { merge: true });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
  const found = { images: [] as string[], suspicious: [] as string[] };
  for (const document of documents) {
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: 10_000 });
    } catch {
      // An alias without its anchor, or a merge of something that is not a map.
      return undefined;
    }
    try {
      walkObject(value, found);
    } catch (error) {
      // An alias that contains itself.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }
  return found;
}

function walkObject(value: unknown, found: { images: string[]; suspicious: string[] }): void {
  if (!isMap(value)) return;
  if (Array.isArray(value['items'])) for (const item of value['items']) walkObject(item, found);
  if (SILENT_KINDS.has(`${String(value['apiVersion'])}/${String(value['kind'])}`)) return;
  const { status: _status, items, ...others } = value;
  walk(Array.isArray(items) ? others : { ...others, items }, found);
}

function walk(value: unknown, found: { images: string[]; suspicious: string[] }): void {
  if (Array.isArray(value)) for (const item of value) walk(item, found);
  if (!isMap(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (DATA.has(key)) continue;
    if (['containers', 'initContainers', 'ephemeralContainers'].includes(key) && Array.isArray(inner)) {
      for (const item of inner) if (isMap(item) && typeof item['image'] === 'string') found.images.push(item['image']);
    }
    if (key === 'volumes' && Array.isArray(inner)) {
      for (const item of inner) {
        const image = isMap(item) ? item['image'] : undefined;
        if (isMap(image) && typeof image['reference'] === 'string' && image['reference'] !== '')
          found.images.push(image['reference']);
      }
    }
    if (/image$/i.test(key) && typeof inner === 'string' && inner !== '') found.suspicious.push(inner);
    walk(inner, found);
  }
}
