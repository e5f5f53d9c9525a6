import type { ImagePath } from '../../workloads/image-paths.ts';
import type { FileImages } from '../../workloads/named-image.ts';
import { readFileImages } from '../../workloads/read-file.ts';
import { parseBuildDocument } from '../action/inputs/build-documents.ts';

/** What the inputs say about reading files. */
export interface FileOptions {
  readonly imagePaths: readonly ImagePath[];
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly allowEmpty: boolean;
}

/** A file to read, by its name and its text with its byte order mark, if it has one. */
export interface FileText {
  readonly name: string;
  readonly text: string;
}

/** Every image that the file names, and why it cannot be judged. */
export function imagesOf(file: FileText, options: FileOptions): FileImages {
  return readFileImages(file, { ...options, readBuilds: parseBuildDocument });
}
