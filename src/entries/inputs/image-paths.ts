import { ValueError } from '../../domain/text/value-error.ts';
import { type ImagePath, parseImagePath } from '../../workloads/image-paths.ts';
import { splitLines } from './list-rule.ts';
import type { Reading } from './read-value.ts';

/** The fields of the input `image-paths`, one per line. Problems are collected. */
export function readImagePaths(reading: Reading): ImagePath[] {
  const lines = splitLines(reading.source.input('image-paths') ?? '').filter((line) => line !== '');
  return lines.flatMap((line) => {
    try {
      return parseImagePath(line);
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      reading.problems.add('image-paths', `${error.message}.`, 'Write one `Kind.group path/to/field` per line.');
      return [];
    }
  });
}
