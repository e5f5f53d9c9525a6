import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { isJsonObject, type JsonObject } from '../../src/domain/text/json-object.ts';
import { imagesOfObject } from '../../src/workloads/object-images.ts';
import { readObjects } from '../common/read-objects.ts';
import { expectThat, type Report } from '../common/report.ts';
import type { Kube } from '../peers/kube.ts';
import { createAndRead, isBuiltIn } from './stored-images.ts';

const FIXTURES = join(import.meta.dirname, '../../__tests__/fixtures/workloads');
/** Objects that the API server refuses, by what is wrong with them. */
const INVALID: Readonly<Record<string, string>> = {
  'ReplicationController/nothing': 'spec.template: Required value',
};

/** Creates the objects of built-in kinds of every fixture, and compares the stored images with those that were found. */
export async function checkManifests(report: Report, kube: Kube): Promise<void> {
  for (const file of (await readdir(FIXTURES)).filter((name) => name !== 'expected.json').sort()) {
    const text = await readFile(join(FIXTURES, file), 'utf8');
    // As kubectl splits a file.
    for (const [index, part] of text.split(/^---[ \t\r]*\n/m).entries()) {
      const root: unknown = parseDocument(part, { merge: true }).toJS();
      if (!isJsonObject(root)) continue;
      if (Array.isArray(root['items'])) {
        const kind = String(root['kind']).replace(/List$/, '');
        for (const [at, item] of root['items'].filter(isJsonObject).entries()) {
          const whole = { ...(item['kind'] === undefined ? { apiVersion: 'v1', kind } : {}), ...item };
          await checkObject(report, kube, { name: `${file}, document ${index}, item ${at}`, root: whole });
        }
      } else await checkObject(report, kube, { name: `${file}, document ${index}`, root, text: part });
    }
  }
}

interface Sample {
  readonly name: string;
  readonly root: JsonObject;
  /** What is sent; the object as JSON without it. */
  readonly text?: string;
}

async function checkObject(report: Report, kube: Kube, { name, root, text }: Sample): Promise<void> {
  const [apiVersion, kind] = [String(root['apiVersion']), String(root['kind'])];
  if (!isBuiltIn(apiVersion, kind)) return;
  const metadata = isJsonObject(root['metadata']) ? root['metadata'] : {};
  const found = text === undefined ? imagesOfObject(root) : readObjects(text);
  // What has to be rendered first is not sent: nothing else is said about its images.
  if (found.problems.length > 0) return;
  const spec = isJsonObject(root['spec']) ? root['spec'] : {};
  const { ephemeralContainers, ...others } = spec;
  const ephemeral: readonly unknown[] = Array.isArray(ephemeralContainers) ? ephemeralContainers : [];
  const object = `${kind}/${String(metadata['name'] ?? metadata['generateName'])}`;
  await report.check(`${name}: ${object} names what the API server stores`, async () => {
    const created = await createAndRead(kube, {
      ...{ apiVersion, kind, ephemeral, namespace: String(metadata['namespace'] ?? 'default') },
      body: ephemeral.length > 0 || text === undefined ? { ...root, spec: others } : text,
    });
    const refusal = INVALID[object];
    if (refusal !== undefined) {
      const message = created.kind === 'refused' ? created.message : 'stored';
      expectThat(message.includes(refusal), refusal, message);
      return;
    }
    if (created.kind === 'refused') throw new Error(created.message);
    const images = found.images.map(({ image }) => image).sort();
    expectThat(created.images.length > 0, 'images in the stored object', JSON.stringify(created));
    expectThat(
      JSON.stringify(images) === JSON.stringify([...created.images].sort()),
      created.images.join(', '),
      images.join(', '),
    );
  });
}
