import { join } from 'node:path';
import { readDockerfile } from '../../src/workloads/dockerfile.ts';
import { fingerprint } from '../common/fingerprint.ts';
import { askLines, buildGoProgram } from '../peers/go-program.ts';
import type { Found } from '../peers/install.ts';
import type { TestDockerfile } from './dockerfiles.ts';

/** Which images BuildKit's own parser finds in Dockerfiles, and whether ours finds the same. */

/** What BuildKit's parser says of one Dockerfile. */
export interface OracleAnswer {
  readonly images: readonly { readonly field: string; readonly image: string }[];
  readonly refused?: string;
  /** A variable was replaced by nothing. */
  readonly unset?: boolean;
}

/** Path of the program; or why there is none. */
export function buildOracle(): Promise<Found> {
  return buildGoProgram(join(import.meta.dirname, 'go'), 'dockerfiles');
}

export function askOracle(path: string, files: readonly TestDockerfile[]): Promise<readonly OracleAnswer[]> {
  const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
  return askLines(
    path,
    files.map((file) => `${encode(file.text)}\t${encode(JSON.stringify(file.buildArgs))}`),
  );
}

/** Answers that are kept in __tests__/fixtures/dockerfiles.jsonl, one per line. */
export const RECORDED = 800;

/** What BuildKit's parser said of one Dockerfile, short. */
export interface RecordedAnswer {
  /** Fingerprint of the file and its build-args. */
  readonly file: string;
  /** Fingerprint of the images; null where BuildKit refuses. */
  readonly images: string | null;
}

export function record(file: TestDockerfile, answer: OracleAnswer): RecordedAnswer {
  return {
    file: fingerprint(JSON.stringify(file)),
    images: answer.refused === undefined ? fingerprint(list(answer.images)) : null,
  };
}

export type Comparison = 'both' | 'only ours takes' | 'only BuildKit takes' | 'neither' | { readonly ours: string };

/** Where both take a file, they must find the same images. */
export function compareWithRecorded(file: TestDockerfile, answer: RecordedAnswer): Comparison {
  const { images, problems } = readDockerfile(file.text, { buildArgs: new Map(Object.entries(file.buildArgs)) });
  if (problems.length > 0) return answer.images === null ? 'neither' : 'only BuildKit takes';
  if (answer.images === null) return 'only ours takes';
  const ours = list(images);
  return fingerprint(ours) === answer.images ? 'both' : { ours };
}

/** Every image with its field, in an order of its own. */
export function list(images: OracleAnswer['images']): string {
  return images
    .map(({ field, image }) => `${field} ${image}`)
    .sort()
    .join('\n');
}
