import type { FileImages } from '../../src/workloads/named-image.ts';
import { readFileImages } from '../../src/workloads/read-file.ts';

/** Reads a file of Kubernetes objects. */
export function readObjects(text: string): FileImages {
  const options = { imagePaths: [], buildArgs: new Map<string, string>(), allowEmpty: false, readBuilds: () => [] };
  return readFileImages({ name: 'file.yaml', text }, options);
}
