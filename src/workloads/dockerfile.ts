import type { TextPlace } from '../domain/yaml/located.ts';
import { findHeredocs } from './dockerfile-heredocs.ts';
import { findFrontend, type JoinedLine, LineReader, lineAt, Unreadable } from './dockerfile-lines.ts';
import { expandWord, type LookUp, VALUE_MAX, type Variable } from './dockerfile-variables.ts';
import {
  type FlagKinds,
  type Instruction,
  isJsonForm,
  readFlags,
  readMountSource,
  splitAssignment,
  splitAtSpaces,
  splitInstruction,
  splitQuotedWords,
  trace,
  type WordText,
  wordOf,
} from './dockerfile-words.ts';
import type { FileImages, FileProblem, NamedImage } from './named-image.ts';

/**
 * Which images a Dockerfile builds on, copies from, mounts and is read by, as BuildKit (v0.34) understands it. What
 * builders understand differently is a problem (docs/decisions/0029-dockerfiles.md).
 */

export interface DockerfileOptions {
  /** What the build gives as `--build-arg`: values for ARGs that the file declares. */
  readonly buildArgs: ReadonlyMap<string, string>;
}

const FLAGS: Readonly<Record<string, FlagKinds>> = {
  FROM: { platform: 'single' },
  COPY: {
    from: 'single',
    chown: 'single',
    chmod: 'single',
    link: 'single',
    parents: 'single',
    exclude: 'repeatable',
  },
  ADD: {
    chown: 'single',
    chmod: 'single',
    link: 'single',
    'keep-git-dir': 'single',
    checksum: 'single',
    unpack: 'single',
    exclude: 'repeatable',
  },
  RUN: { mount: 'repeatable', network: 'single', security: 'single', device: 'repeatable' },
  HEALTHCHECK: {
    interval: 'single',
    timeout: 'single',
    'start-period': 'single',
    'start-interval': 'single',
    retries: 'single',
  },
};
const NO_FLAGS: FlagKinds = {};
const INSTRUCTIONS: ReadonlySet<string> = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);
const WITH_HEREDOCS: readonly string[] = ['ADD', 'COPY', 'RUN'];
/** What BuildKit sets itself, from the platforms and the target of a build. */
const BUILD_VARIABLES: ReadonlySet<string> = new Set(
  ['BUILD', 'TARGET']
    .flatMap((side) => ['PLATFORM', 'OS', 'OSVERSION', 'ARCH', 'VARIANT'].map((what) => `${side}${what}`))
    .concat('TARGETSTAGE'),
);
const PROBLEMS_MAX = 20;
const NOWHERE = { start: 0, end: 0 };
const FRONTEND_VARIABLE = 'BUILDKIT_SYNTAX';
/** Frontends from before here-documents (1.4, and 1.3-labs), for which their lines are instructions. */
const OLD_FRONTEND =
  /^(?:(?:index\.)?docker\.io\/)?docker\/dockerfile(?:-upstream)?:(?:0|1\.[0-2]|1\.3(?!\S*-labs))(?:$|[^0-9])/;

/** Whether a file is a Dockerfile, by its name without folders. Letter case does not count, as it may not for BuildKit. */
export function isDockerfileName(name: string): boolean {
  const lower = name.toLowerCase();
  return (
    !lower.endsWith('.dockerignore') &&
    /^(?:(?:dockerfile|containerfile)(?:\..*)?|.*\.(?:dockerfile|containerfile))$/s.test(lower)
  );
}

/** Every image that building the file would use, whichever of its stages is the target. */
export function readDockerfile(text: string, { buildArgs }: DockerfileOptions): FileImages {
  const reading = new Reading(text, buildArgs);
  reading.readAll();
  return { images: reading.images, problems: reading.problems };
}

/** A name that a stage, an index or an image may have; known when all stages are. */
interface Source {
  readonly word: WordText;
  readonly joined: JoinedLine;
  readonly stage: number;
  readonly field: string;
  readonly isTrigger: boolean;
  readonly mayBeIndex: boolean;
}

interface Stage {
  readonly number: number;
  /** As written. BuildKit compares it in lower case, buildah as it is. */
  readonly name: string | undefined;
}

class Reading {
  readonly images: NamedImage[] = [];
  readonly problems: FileProblem[] = [];
  readonly #text: string;
  readonly #buildArgs: ReadonlyMap<string, string>;
  readonly #lines: LineReader;
  readonly #variables = new Map<string, Variable>();
  readonly #stages: Stage[] = [];
  /** The last stage of each name, by its name in lower case. */
  readonly #named = new Map<string, Stage>();
  readonly #sources: Source[] = [];
  #frontend = '';

  constructor(text: string, buildArgs: ReadonlyMap<string, string>) {
    this.#text = text;
    this.#buildArgs = buildArgs;
    this.#lines = new LineReader(text);
    for (const name of BUILD_VARIABLES) {
      const given = buildArgs.get(name);
      this.#variables.set(name, given === undefined ? dependsOnBuild(name) : fromBuildArgs(given));
    }
  }

  readAll(): void {
    if (!this.#readFrontend()) return;
    let hasMore = true;
    while (hasMore && !this.#isHopeless()) hasMore = this.#guarded(() => this.#readNext()) ?? true;
    for (const source of this.#sources) {
      if (this.#isHopeless()) break;
      this.#guarded(() => this.#resolve(source), lineAt(source.joined, 0), source.field);
    }
    this.images.sort((one, other) => one.line - other.line);
    if (this.#stages.length === 0 && this.problems.length === 0) {
      this.#note(
        new Unreadable('it has no FROM', 'a Dockerfile needs one; exclude the file with ! if it is not a Dockerfile'),
        1,
      );
    }
  }

  /** A file with so many problems is none that could be read; the first ones say why. */
  #isHopeless(): boolean {
    return this.problems.length >= PROBLEMS_MAX;
  }

  /** False if the file is written in another language, which cannot be read. */
  #readFrontend(): boolean {
    const given = this.#buildArgs.get(FRONTEND_VARIABLE)?.trim().split(' ', 1)[0];
    const found = findFrontend(this.#text);
    const image = given ?? found?.image;
    if (image !== undefined) {
      this.#frontend = image;
      const place = given === undefined ? found?.text : undefined;
      if (image.trim() === '') this.#note(new Unreadable('# syntax names no image', 'remove it'), place?.line ?? 1);
      else this.#add(image, place, place?.line ?? 1, '# syntax', undefined);
    }
    if (found?.isForeign !== true) return true;
    this.#note(
      new Unreadable(
        `the file is written for the frontend ${JSON.stringify(found.image.slice(0, 200))}, not in the language of Dockerfiles`,
        'what such a file builds on cannot be checked: exclude it with !',
      ),
      1,
    );
    return false;
  }

  /** False at the end. */
  #readNext(): boolean {
    const joined = this.#lines.nextInstruction();
    if (joined === undefined) return false;
    this.#guarded(() => this.#readInstruction(joined), lineAt(joined, 0));
    return this.#skipHeredocs(joined);
  }

  #readInstruction(joined: JoinedLine): void {
    const instruction = splitInstruction(joined, { start: 0, end: joined.text.length }, this.#lines.escape);
    if (instruction.name === 'ONBUILD') {
      this.#readTrigger(joined, instruction);
      return;
    }
    this.#checkKnown(instruction);
    if (instruction.name === 'FROM') {
      this.#readFrom(joined, instruction);
    } else if (this.#stages.length > 0) {
      this.#readSources(joined, instruction, false);
    } else if (instruction.name === 'ARG') {
      this.#readArg(joined, instruction);
    } else {
      throw new Unreadable(`${instruction.name} stands before the first FROM`, 'only ARG may stand there');
    }
  }

  #checkKnown({ name, written }: Instruction): void {
    if (INSTRUCTIONS.has(name)) return;
    throw new Unreadable(
      `${JSON.stringify(written)} is not an instruction of Dockerfiles`,
      'correct it, or exclude the file with ! if it is not a Dockerfile',
    );
  }

  #readTrigger(joined: JoinedLine, outer: Instruction): void {
    readFlags(outer, NO_FLAGS);
    const escaping = this.#lines.escape;
    const trigger = splitInstruction(joined, outer.args, escaping);
    this.#checkKnown(trigger);
    if (['FROM', 'ONBUILD', 'MAINTAINER'].includes(trigger.name)) {
      throw new Unreadable(`ONBUILD ${trigger.name} is not allowed`, 'write another instruction');
    }
    // The build that runs the trigger reads it again, with the escape character \.
    if (escaping !== '\\' && trigger.flags.length > 0 && /[\\`]/.test(joined.text.slice(0, trigger.args.start))) {
      throw new Unreadable('the flags of an ONBUILD trigger hold an escape character', 'write them without');
    }
    if (this.#stages.length === 0)
      throw new Unreadable('ONBUILD stands before the first FROM', 'only ARG may stand there');
    this.#readSources(joined, trigger, true);
  }

  /** The sources of an instruction inside a stage. */
  #readSources(joined: JoinedLine, instruction: Instruction, isTrigger: boolean): void {
    const { name } = instruction;
    const flags = readFlags(instruction, FLAGS[name] ?? NO_FLAGS);
    const words = [
      ...(name === 'COPY' ? (flags.get('from') ?? []) : []),
      ...(name === 'RUN' ? (flags.get('mount') ?? []).flatMap((mount) => readMountSource(mount) ?? []) : []),
    ];
    for (const word of words) {
      this.#sources.push({
        word,
        joined,
        stage: this.#stages.length - 1,
        field: `${isTrigger ? 'ONBUILD ' : ''}${name === 'COPY' ? 'COPY --from' : 'RUN --mount from'}`,
        isTrigger,
        mayBeIndex: name === 'COPY',
      });
    }
  }

  /** ARG before the first FROM. */
  #readArg(joined: JoinedLine, instruction: Instruction): void {
    readFlags(instruction, NO_FLAGS);
    const words = splitQuotedWords(joined.text, instruction.args, this.#lines.escape);
    if (words.length === 0) throw new Unreadable('ARG names no variable', 'write ARG NAME=value');
    for (const word of words) {
      const { name, value } = splitAssignment(word);
      const given = this.#buildArgs.get(name);
      if (given !== undefined) this.#variables.set(name, fromBuildArgs(given));
      else if (value !== undefined) this.#variables.set(name, this.#evaluate(joined, value));
    }
  }

  /** What cannot be resolved counts only where it is used. */
  #evaluate(joined: JoinedLine, value: WordText): Variable {
    if (value.value.length > VALUE_MAX) return { kind: 'unknown', why: tooLong() };
    try {
      return { kind: 'value', text: expandWord(trace(joined, value), this.#lines.escape, this.#lookUp) };
    } catch (error) {
      if (error instanceof Unreadable) return { kind: 'unknown', why: error };
      throw error;
    }
  }

  readonly #lookUp: LookUp = (name) => this.#variables.get(name) ?? { kind: 'unset' };

  #readFrom(joined: JoinedLine, instruction: Instruction): void {
    const words = splitAtSpaces(joined.text, instruction.args);
    const [base, as, name] = words.map((word) => joined.text.slice(word.start, Math.min(word.end, word.start + 8192)));
    // The stage counts whatever becomes of the rest, so that later lines are read as what they are.
    const stage = { number: this.#stages.length, name };
    this.#stages.push(stage);
    try {
      readFlags(instruction, FLAGS['FROM'] ?? NO_FLAGS);
      if (base === undefined || words[0] === undefined || words.length === 2 || words.length > 3) {
        throw new Unreadable('FROM has neither one nor three words', 'write FROM image or FROM image AS name');
      }
      if (as !== undefined && !/^as$/i.test(as)) {
        throw new Unreadable('the second word of FROM is not AS', 'write FROM image AS name');
      }
      if (name !== undefined && !/^[A-Za-z][A-Za-z0-9_.-]*$/.test(name)) {
        throw new Unreadable('the name of the stage is not allowed', 'a letter, then letters, digits, _ . and -');
      }
      if (base.length > VALUE_MAX) throw tooLong();
      const { value, at } = expandWord(trace(joined, wordOf(joined.text, words[0])), this.#lines.escape, this.#lookUp);
      if (value === '') throw new Unreadable('the image is empty', 'give its variables values: input build-args');
      // BuildKit compares this as it stands with names in lower case.
      const before = this.#named.get(value);
      if (before !== undefined) checkSpelling(before, value, 'FROM');
      if (before !== undefined || value === 'scratch') return;
      const line = lineAt(joined, words[0].start);
      this.#add(value, this.#placeOf(at), line, 'FROM', objectOf(stage));
    } finally {
      if (name !== undefined) this.#named.set(name.toLowerCase(), stage);
    }
  }

  /** A stage, or an image. */
  #resolve({ word, joined, stage, field, isTrigger, mayBeIndex }: Source): void {
    const { value } = word;
    if (value === '') return;
    const what = `${field} ${JSON.stringify(value.slice(0, 200))}`;
    if (/[$'"\\`]/.test(value)) {
      throw new Unreadable(
        `${what} holds a variable, quotes or an escape character, which builders read differently`,
        'name a stage instead: FROM … AS name, and from=name',
      );
    }
    if (/^[+-]?[0-9]+$/.test(value)) {
      if (mayBeIndex && (isTrigger ? /^[0-9]{1,4}$/.test(value) : Number(value) >= 0 && Number(value) < stage)) return;
      throw new Unreadable(
        `${what} is not the number of an earlier stage`,
        mayBeIndex ? 'name the stage' : 'name the stage: builders read a number here as a stage or as an image',
      );
    }
    const named = isTrigger ? undefined : this.#named.get(value.toLowerCase());
    if (named !== undefined) checkSpelling(named, value, field);
    if (named !== undefined && named.number >= stage) {
      throw new Unreadable(`${what} is a stage that is not complete yet`, 'move the stage before this one');
    }
    if (named !== undefined || value === 'scratch') return;
    const line = lineAt(joined, word.positions[0] ?? 0);
    const place = this.#placeOf(trace(joined, word).at);
    this.#add(value, place, line, field, objectOf(this.#stages[stage] ?? { number: stage, name: undefined }));
  }

  /** False if a here-document does not end, so that what follows cannot be told from it. */
  #skipHeredocs(joined: JoinedLine): boolean {
    if (!joined.text.includes('<<')) return true;
    const line = lineAt(joined, 0);
    const start = this.#lines.offset;
    const isSkipped = this.#guarded(() => {
      for (const { name, stripsTabs } of this.#mayHaveHeredocs(joined) ? findHeredocs(joined.text) : []) {
        if (OLD_FRONTEND.test(this.#frontend)) {
          throw new Unreadable(
            `the frontend ${this.#frontend} does not know here-documents, and reads their lines as instructions`,
            'write # syntax=docker/dockerfile:1',
          );
        }
        if (!this.#lines.skipHeredoc(name, stripsTabs)) {
          throw new Unreadable(
            `the here-document ${JSON.stringify(name.slice(0, 200))} does not end`,
            'add its last line',
          );
        }
      }
      return true;
    }, line);
    if (isSkipped !== true) return false;
    this.#guarded(() => this.#checkContent(this.#lines.since(start)), line);
    return true;
  }

  /**
   * Builders from before here-documents (buildah below 1.35, Docker's old builder) read their lines as instructions, and
   * end at the first that is none: at the latest at the name that closes them, unless somebody took care of that.
   */
  #checkContent(content: string): void {
    const lines = LineReader.inside(content, this.#lines.escape);
    let count = 0;
    for (let joined = lines.nextInstruction(); joined !== undefined; joined = lines.nextInstruction()) {
      const { start, end } =
        splitAtSpaces(joined.text, { start: 0, end: Math.min(joined.text.length, 64) })[0] ?? NOWHERE;
      const first = joined.text.slice(start, end).toUpperCase();
      if (!INSTRUCTIONS.has(first)) return;
      count += 1;
    }
    if (count === 0) return;
    throw new Unreadable(
      'every line of a here-document is an instruction too, for builders that do not know here-documents',
      'close it by a line such as EOF, behind a line that does not end with the escape character',
    );
  }

  #mayHaveHeredocs(joined: JoinedLine): boolean {
    let instruction = splitInstruction(joined, { start: 0, end: joined.text.length }, this.#lines.escape);
    if (instruction.name === 'ONBUILD') instruction = splitInstruction(joined, instruction.args, this.#lines.escape);
    const { start, end } = instruction.args;
    return WITH_HEREDOCS.includes(instruction.name) && !isJsonForm(joined.text.slice(start, end));
  }

  /** The place of characters that stand side by side in the file. */
  #placeOf(at: readonly number[] | undefined): TextPlace | undefined {
    const start = at?.[0];
    if (at === undefined || start === undefined || at.some((offset, index) => offset !== start + index))
      return undefined;
    return { line: this.#lineOf(start), start, end: start + at.length };
  }

  /** Offsets where lines begin, made on first use. */
  #lineStarts: number[] | undefined;

  #lineOf(offset: number): number {
    this.#lineStarts ??= [0, ...[...this.#text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  #add(image: string, text: TextPlace | undefined, line: number, field: string, object: string | undefined): void {
    // A value may come from elsewhere (build-args), or be written with escapes.
    const isWritten = text !== undefined && this.#text.slice(text.start, text.end) === image;
    this.images.push({
      image,
      text: isWritten ? text : undefined,
      style: 'word',
      line,
      document: undefined,
      object,
      field,
      owner: undefined,
      annotated: undefined,
    });
  }

  /** Undefined if it cannot be read, which is noted. */
  #guarded<Value>(read: () => Value, line?: number, field?: string): Value | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.#note(error, line ?? this.#lines.line, field);
      return undefined;
    }
  }

  #note(error: Unreadable, line: number, field?: string): void {
    const last = this.problems.at(-1);
    if (last?.line === line && last.what === error.message) return;
    this.problems.push({ line, document: undefined, object: undefined, field, what: error.message, cure: error.cure });
  }
}

/** Throws Unreadable. */
function checkSpelling({ name }: Stage, value: string, field: string): void {
  if (name === value) return;
  throw new Unreadable(
    `${field} names the stage ${name ?? ''} as ${value}, which buildah takes for an image`,
    'write both names in lower case',
  );
}

function objectOf({ number, name }: Stage): string {
  return `stage ${name?.toLowerCase() ?? number}`;
}

function fromBuildArgs(value: string): Variable {
  return { kind: 'value', text: { value, at: undefined } };
}

function dependsOnBuild(name: string): Variable {
  const why = new Unreadable(
    `${name} depends on the ${name === 'TARGETSTAGE' ? 'target' : 'platform'} of the build`,
    `give the input build-args a line ${name}=…, once for each value that you build with`,
  );
  return { kind: 'unknown', why };
}

function tooLong(): Unreadable {
  return new Unreadable(`a word is longer than ${VALUE_MAX} characters`, 'no image is; write the image out');
}
