import { parseGlob } from '../patterns/glob.ts';
import type { Pattern } from '../patterns/pattern.ts';
import { quoted } from '../text/quoted.ts';
import { CorrectedValueError, ListedValuesError, ValueError } from '../text/value-error.ts';
import { serverOfIssuer } from './known-issuers.ts';
import { problemWithRef } from './source-ref.ts';
import { problemWithPath } from './workflow-path.ts';
import { isFullRef, parseWorkflowUri } from './workflow-uri.ts';

const INPUT = 'signer-workflow';

/** The workflow that held the key. If a workflow calls a reusable one, this is the called one. */
export interface SignerWorkflow {
  /** As the user wrote it. */
  readonly source: string;
  readonly repository: string;
  readonly path: string;
  /** Undefined for any ref. */
  readonly ref: Pattern | undefined;
}

/**
 * Parses `owner/name/path` (on this server, or after the URL or host of this server, github.com or the server of the
 * issuer), optionally with `@` and a full ref (may be a glob) or 40 hex digits. Throws ValueError.
 */
export function parseSignerWorkflow(text: string, serverUrl: string, issuer?: string): SignerWorkflow {
  const shown = quoted(text);
  const refuse = (what: string, ...right: readonly string[]): CorrectedValueError =>
    new CorrectedValueError(
      `${shown} ${what}`,
      right.map((value) => ({ input: INPUT, value })),
    );
  if (/,\s*[\w-]+\/[\w.-]+\/\./.test(text)) {
    throw new ListedValuesError(text, INPUT, text.split(','));
  }
  const { server, local } = splitServer(text, serverUrl, issuer);
  const at = refStart(local);
  const place = at < 0 ? local : local.slice(0, at);
  const written = at < 0 ? '' : local.slice(at);
  const [, repository, path] = /^([A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+)\/([^*]+)$/.exec(place) ?? [];
  if (repository === undefined || path === undefined) {
    throw new ValueError(`${shown} is not a workflow file in the form owner/name/path`);
  }
  const page = /^(?:blob|tree|raw)\/([^/]+)\/(\.github\/workflows\/.+)$/.exec(path);
  if (page?.[2] !== undefined) throw refuse('is the address of a page', `${repository}/${page[2]}${written}`);
  if (at < 0) {
    const [, file = '', ref = ''] = /^(.+?\.ya?ml)[\s:#/]+(.+)$/.exec(place) ?? [];
    if (file !== '') throw refuse('has no @ between the file and its ref', `${file}@${ref.replace(/^@/, '')}`);
  }
  const problem = problemWithPath(path, issuer);
  if (problem !== undefined) {
    throw refuse(problem.what, ...problem.right.map((right) => `${repository}/${right}${written}`));
  }
  const ref = at < 0 ? undefined : local.slice(at + 1);
  if (ref !== undefined) refuseWrongRef(ref, { shown, place, issuer });
  return {
    source: text,
    repository: `${server}/${repository}`,
    path,
    ref: ref === undefined ? undefined : parseGlob(ref),
  };
}

interface WrittenRef {
  readonly shown: string;
  readonly place: string;
  readonly issuer: string | undefined;
}

function refuseWrongRef(ref: string, { shown, place, issuer }: WrittenRef): void {
  const corrected = (what: string, refs: readonly string[]): CorrectedValueError =>
    new CorrectedValueError(
      `${shown} ${what}`,
      refs.map((one) => ({ input: INPUT, value: `${place}@${one}` })),
    );
  if (/^[0-9a-fA-F]{40}$/.test(ref)) {
    if (ref === ref.toLowerCase()) return;
    throw corrected('has a commit in upper case, but certificates contain lower case', [ref.toLowerCase()]);
  }
  if (/^(?=.*\d)[0-9a-fA-F]{7,39}$/.test(ref)) {
    throw new CorrectedValueError(
      `${shown} has a short commit, but certificates contain all 40 hex digits: write the whole commit, or ` +
        `${place}@refs/tags/${ref} or ${place}@refs/heads/${ref} if it is a name`,
      [],
    );
  }
  const problem = problemWithRef(ref, issuer);
  if (problem === undefined) return;
  if (problem.right.length > 0) throw corrected(`has a ref that ${problem.what}`, problem.right);
  if (isFullRef(ref)) throw new ValueError(`${shown} has a ref that ${problem.what}`);
  throw new ValueError(
    `${shown} has a short ref, but certificates contain the full one: ` +
      `write ${place}@refs/tags/${ref} or ${place}@refs/heads/${ref}`,
  );
}

/** Splits the server off; without one it is this server. */
function splitServer(
  text: string,
  serverUrl: string,
  issuer: string | undefined,
): { readonly server: string; readonly local: string } {
  const servers = [serverUrl, 'https://github.com', serverOfIssuer(issuer)].filter((one) => one !== undefined);
  for (const server of servers) {
    for (const prefix of [`${server}/`, `${server.replace(/^https?:\/\//, '')}/`]) {
      if (text.toLowerCase().startsWith(prefix.toLowerCase())) return { server, local: text.slice(prefix.length) };
    }
  }
  return { server: serverUrl, local: text };
}

/**
 * The place of the `@` before the ref, or -1. A workflow file may be called ci@2.yml, so a full ref decides; without
 * one, a text that ends like a file has no ref.
 */
function refStart(text: string): number {
  for (let at = text.indexOf('@'); at > 0; at = text.indexOf('@', at + 1)) {
    if (isFullRef(text.slice(at + 1))) return at;
  }
  return /\.ya?ml$/.test(text) ? -1 : text.lastIndexOf('@');
}

/** True if the subject is that workflow. Compares the whole subject (identity rule 6). */
export function isSignerWorkflow(subject: string, wanted: SignerWorkflow): boolean {
  const uri = parseWorkflowUri(subject, wanted.repository);
  return uri !== undefined && uri.path === wanted.path && (wanted.ref === undefined || wanted.ref.matches(uri.ref));
}
