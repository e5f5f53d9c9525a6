import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { at, type JsonObject } from '../../sandbox/http/json-body.ts';
import { ROOT } from '../source-files.ts';

export const DEPLOY = join(ROOT, 'deploy');

/** Every object of a file of deploy/. */
export function objectsOf(path: string): readonly JsonObject[] {
  return parseAllDocuments(readFileSync(join(DEPLOY, path), 'utf8')).map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS() as JsonObject;
  });
}

/** Paths of all YAML files of deploy/, with `/`. */
export const YAML_FILES: readonly string[] = readdirSync(DEPLOY, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .map((path) => path.split(sep).join('/'))
  .sort();

/** The one object of this kind (and name) in files of base. */
export function baseObject(kind: string, name?: string): JsonObject {
  const found = YAML_FILES.filter((path) => path.startsWith('base/') && !path.endsWith('kustomization.yaml'))
    .flatMap((path) => objectsOf(path))
    .filter((one) => one['kind'] === kind && (name === undefined || at(one, 'metadata', 'name') === name));
  const [object] = found;
  if (object === undefined || found.length > 1) throw new Error(`${found.length} objects ${kind} ${name ?? ''}`);
  return object;
}
