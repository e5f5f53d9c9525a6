import type { Finding } from '../identity/evaluation.ts';
import type { Statement } from '../signature/signed-content.ts';
import { isJsonObject, type JsonObject } from '../text/json-object.ts';
import { parseStrictJson } from '../text/strict-json.ts';
import { shownJson } from './differences.ts';
import { isSpdx } from './predicate-types.ts';

/** A document inside a text; the verifier limits the size of the text. */
const LIMITS = { maxBytes: 24 * 1024 * 1024, maxDepth: 100, maxMembers: 1_500_000 };

/**
 * Checks the content of an SBOM: it must be a JSON document with the marks of its format that names at least one package
 * or component. Without this, any text beside a good SBOM would count as one. Returns the findings, failed or not.
 */
export function checkSbom({ predicateType, predicate }: Pick<Statement, 'predicateType' | 'predicate'>): Finding[] {
  const format = isSpdx(predicateType) ? 'SPDX' : 'CycloneDX';
  const document = readDocument(predicate);
  if (document === undefined) {
    return [{ field: 'predicate', expected: `${format} as JSON`, found: shownJson(predicate), ok: false }];
  }
  const { marks, parts } =
    format === 'CycloneDX' ? cycloneDx(document) : isSpdx3(document) ? spdx3(document) : spdx2(document);
  return [...marks, parts];
}

interface SbomFindings {
  readonly marks: readonly Finding[];
  readonly parts: Finding;
}

/** cosign's type `spdx` puts the document into a text. */
function readDocument(predicate: unknown): JsonObject | undefined {
  if (isJsonObject(predicate)) return predicate;
  if (typeof predicate !== 'string') return undefined;
  try {
    const value = parseStrictJson(predicate, LIMITS);
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** SPDX 2.2 and 2.3, clause 6.1 and 6.3 (spdxVersion, SPDXID), clause 7 (packages). */
function spdx2(document: JsonObject): SbomFindings {
  const version = field(document, 'spdxVersion');
  const id = field(document, 'SPDXID');
  return {
    marks: [
      mark('spdxVersion', 'SPDX-2.…', {
        found: version,
        ok: typeof version === 'string' && /^SPDX-2\.\d+$/.test(version),
      }),
      mark('SPDXID', 'an identifier', { found: id, ok: typeof id === 'string' && id !== '' }),
    ],
    parts: parts('packages', namedItems(field(document, 'packages'))),
  };
}

function isSpdx3(document: JsonObject): boolean {
  const context = field(document, '@context');
  const contexts: readonly unknown[] = Array.isArray(context) ? context : [context];
  return contexts.some((one) => typeof one === 'string' && /^https:\/\/spdx\.(?:org|github\.io)\/.*\/?3\./.test(one));
}

/** SPDX 3 (JSON-LD): packages are elements of the graph. */
function spdx3(document: JsonObject): SbomFindings {
  const graph = field(document, '@graph');
  const packages = Array.isArray(graph)
    ? graph.filter((one) => isJsonObject(one) && field(one, 'type') === 'software_Package')
    : [];
  return {
    marks: [mark('@graph', 'a list', { found: Array.isArray(graph) ? 'a list' : graph, ok: Array.isArray(graph) })],
    parts: parts('@graph of type software_Package', namedItems(packages)),
  };
}

/** CycloneDX 1.2 and later as JSON: bomFormat, specVersion, components. */
function cycloneDx(document: JsonObject): SbomFindings {
  const format = field(document, 'bomFormat');
  const version = field(document, 'specVersion');
  return {
    marks: [
      mark('bomFormat', 'CycloneDX', { found: format, ok: format === 'CycloneDX' }),
      mark('specVersion', 'a version', {
        found: version,
        ok: typeof version === 'string' && /^\d+\.\d+$/.test(version),
      }),
    ],
    parts: parts('components', namedItems(field(document, 'components'))),
  };
}

function mark(
  name: string,
  expected: string,
  { found, ok }: { readonly found: unknown; readonly ok: boolean },
): Finding {
  return { field: name, expected, found: found === undefined ? undefined : shownJson(found), ok };
}

function parts(name: string, count: number): Finding {
  return { field: name, expected: 'at least one with a name', found: String(count), ok: count > 0 };
}

function namedItems(list: unknown): number {
  if (!Array.isArray(list)) return 0;
  return list.filter((one) => {
    const name = isJsonObject(one) ? field(one, 'name') : undefined;
    return typeof name === 'string' && name !== '';
  }).length;
}

function field(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
