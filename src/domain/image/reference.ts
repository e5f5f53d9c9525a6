import { quoted } from '../text/quoted.ts';
import { findTextFault } from '../text/text-fault.ts';
import { ValueError } from '../text/value-error.ts';
import { type Digest, parseDigest } from './digest.ts';

/** A repository after Docker's normalisation: `docker.io` + `library/nginx`, `ghcr.io` + `acme/app`. */
export interface Repository {
  /** The host with an optional port, as in references: `docker.io`, `localhost:5000`, `[::1]:5000`. */
  readonly registry: string;
  /** Lower-case path. */
  readonly path: string;
}

/** A parsed image reference. Most callers require a tag or a digest. */
export interface ImageReference {
  readonly repository: Repository;
  readonly tag: string | undefined;
  readonly digest: Digest | undefined;
  /** As the user wrote it (trimmed). */
  readonly original: string;
  /** True if the path contained capitals and was changed to lower case (only for ghcr.io). */
  readonly lowercased: boolean;
}

interface ReferenceOptions {
  /** True if a reference without a tag and a digest means `latest`, as in Docker, Kubernetes and Compose. */
  readonly impliedLatest?: boolean;
}

// distribution/reference (v0.6) regexp.go, ASCII only.
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const PATH = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const HOST = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9A-Fa-f:]+\\])(?::([0-9]+))?$`);
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
/** The hosts of Docker Hub, all of which mean `docker.io`. */
export const HUB_ALIASES: readonly string[] = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];
/** The maximum length of a path (distribution-spec v1.1.1: many clients limit host, `/` and path to 255 together). */
const PATH_MAX = 255;
/** The maximum length of a reference in UTF-16 units: host 255, path 255, tag 128, digest 71, separators. */
const REFERENCE_MAX = 1024;

/** True for a tag by the grammar of distribution-spec v1.1.1, Pulling manifests. */
export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** `registry/path`. */
export function formatRepository(repository: Repository): string {
  return `${repository.registry}/${repository.path}`;
}

/** `registry/path@sha256:…`. */
export function formatPinned(repository: Repository, digest: Digest): string {
  return `${formatRepository(repository)}@${digest}`;
}

/**
 * Parses one reference by the grammar and normalisation of distribution/reference (v0.6). Implies `latest` only with
 * `impliedLatest`. Throws ValueError with the text and the broken rule in its message.
 */
export function parseReference(text: string, options: ReferenceOptions = {}): ImageReference {
  const original = text.trim();
  const refuse = (rule: string): never => {
    throw new ValueError(`${quoted(original)} is not an image reference: ${rule}`);
  };
  if (original === '') return refuse('it is empty');
  if (original.length > REFERENCE_MAX) return refuse(`it is longer than ${REFERENCE_MAX} characters`);
  const fault = findTextFault(original);
  if (fault !== undefined) return refuse(`it ${fault.what}`);
  if (/^[0-9a-f]{64}$/.test(original)) return refuse('64 hex digits are an image ID; write name@sha256:…');
  if (/^@?sha(?:1|256|384|512):[0-9a-fA-F]*$/.test(original)) {
    return refuse('it is a digest without the name of its image; write registry/repository@sha256:…');
  }
  if (/\s/.test(original)) return refuse('it contains a space; write one image per line, or separate them by commas');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(original)) return refuse('write it without a scheme such as https://');

  const at = original.indexOf('@');
  const beforeDigest = at < 0 ? original : original.slice(0, at);
  const digest = at < 0 ? undefined : parseDigest(original.slice(at + 1));
  if (at >= 0 && digest === undefined) return refuse('write sha256: and 64 lower-case hex digits after @');

  const { registry, rest } = splitRegistry(beforeDigest, refuse);
  const colon = rest.indexOf(':');
  const name = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? undefined : rest.slice(colon + 1);
  if (tag !== undefined && !TAG.test(tag)) {
    return refuse('a tag has 1 to 128 characters (A-Z a-z 0-9 _ . -) and does not start with . or -');
  }
  const { path, lowercased } = normalisePath(registry, name, refuse);
  const implied = tag === undefined && digest === undefined && options.impliedLatest === true ? 'latest' : tag;
  return { repository: { registry, path }, tag: implied, digest, original, lowercased };
}

/** Parses a repository, which is a reference without a tag and a digest. Throws ValueError. */
export function parseRepository(text: string): Repository {
  const reference = parseReference(text);
  if (reference.tag !== undefined || reference.digest !== undefined) {
    throw new ValueError(`${quoted(reference.original)} is not a repository: remove the tag and the digest`);
  }
  return reference.repository;
}

/**
 * Parses a registry host with an optional port. Changes the aliases of Docker Hub to `docker.io`. Throws ValueError.
 */
export function parseRegistryHost(text: string): string {
  const host = text.trim();
  const registry = toRegistry(host);
  if (registry === undefined) {
    throw new ValueError(`${quoted(host)} is not a registry: write host or host:port, without scheme and path`);
  }
  return registry;
}

/** Steps 2 and 3 of Docker's normalisation: the part before the first slash is a host only if it looks like one. */
function splitRegistry(name: string, refuse: (rule: string) => never): { registry: string; rest: string } {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isHost = first === 'localhost' || /[.:A-Z[\]]/.test(first);
  if (!isHost) return { registry: 'docker.io', rest: name };
  const registry = toRegistry(first);
  if (registry === undefined) {
    return refuse(
      `${quoted(first)} is not a registry host (the first part of a repository path has no capitals, dots or colons)`,
    );
  }
  // Docker treats a part with capitals as a host, others do not. In lower case, like a host, it would name an image on
  // Docker Hub, so the checked image could differ from the deployed one.
  if (registry !== 'localhost' && !/[.:]/.test(registry)) {
    return refuse(`${quoted(first)} has capitals: write a Docker Hub namespace in lower case, or a host with its port`);
  }
  return { registry, rest: name.slice(slash + 1) };
}

/** Returns lower case, because hosts ignore case and a registry must not have two logins, tokens or caches. */
function toRegistry(host: string): string | undefined {
  if (host.length > 255) return undefined;
  const match = HOST.exec(host);
  if (match === null || Number(match[1] ?? 1) > 65_535 || Number(match[1] ?? 1) < 1) return undefined;
  // Also refuses 1.2.3.256, app.1 and the like: their end makes them addresses (WHATWG URL §3.5), and wrong ones.
  if (!URL.canParse(`https://${host}/`)) return undefined;
  const lower = host.toLowerCase();
  return HUB_ALIASES.includes(lower) ? 'docker.io' : lower;
}

function normalisePath(
  registry: string,
  name: string,
  refuse: (rule: string) => never,
): { path: string; lowercased: boolean } {
  // github.repository keeps capitals, and ghcr.io refuses them, so only here the correct name is known.
  const lowercased = registry === 'ghcr.io' && /[A-Z]/.test(name);
  const lower = lowercased ? name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : name;
  const path = registry === 'docker.io' && !lower.includes('/') ? `library/${lower}` : lower;
  if (lower === '') return refuse('the repository is missing');
  if (/[A-Z]/.test(path)) return refuse('the repository must be lower case');
  if (!PATH.test(path)) {
    return refuse('repository segments consist of a-z 0-9, with single . or _, double _, or dashes between them');
  }
  if (path.length > PATH_MAX) return refuse(`the repository is longer than ${PATH_MAX} characters`);
  return { path, lowercased };
}
