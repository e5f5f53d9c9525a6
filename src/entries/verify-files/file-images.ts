import type { FileImages } from '../../workloads/named-image.ts';

/** What the inputs say about reading files. */
export interface FileOptions {
  readonly imagePaths: readonly string[];
  readonly buildArgs: ReadonlyMap<string, string>;
}

/** A file to read, by its name and its text. */
export interface FileText {
  readonly name: string;
  readonly text: string;
}

/** Every image that the file names, and why it cannot be judged. */
export function imagesOf(_file: FileText, _options: FileOptions): FileImages {
  return { images: [], problems: [] };
}
