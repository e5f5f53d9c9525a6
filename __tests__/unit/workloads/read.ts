import { parseBuildDocument } from '../../../src/entries/action/inputs/build-documents.ts';
import { parseImagePath } from '../../../src/workloads/image-paths.ts';
import type { FileImages } from '../../../src/workloads/named-image.ts';
import { readFileImages } from '../../../src/workloads/read-file.ts';

interface Options {
  readonly name?: string;
  readonly imagePaths?: readonly string[];
  readonly allowEmpty?: boolean;
  readonly buildArgs?: Readonly<Record<string, string>>;
}

/** Reads a file as the action does. */
export function read(
  text: string,
  { name = 'file.yaml', imagePaths = [], allowEmpty = false, buildArgs = {} }: Options = {},
): FileImages {
  return readFileImages(
    { name, text },
    {
      imagePaths: imagePaths.map(parseImagePath),
      buildArgs: new Map(Object.entries(buildArgs)),
      allowEmpty,
      readBuilds: parseBuildDocument,
    },
  );
}

/** `4 Pod/a spec.containers[0].image nginx`. */
export function shown({ images }: FileImages): string[] {
  return images.map(({ line, object, field, image }) => [line, object, field, image].join(' '));
}

/** `4 spec.containers[0].image: what`. */
export function problemsOf({ problems }: FileImages): string[] {
  return problems.map(({ line, field, what }) => `${line} ${field}: ${what}`);
}
