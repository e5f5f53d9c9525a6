import { equalsIgnoringCase, lowerAscii } from '../text/plain-text.ts';
import { quoted } from '../text/quoted.ts';
import { CorrectedValueError, type Instead, ListedValuesError, ValueError } from '../text/value-error.ts';
import { CIRCLECI_ISSUER, issuerKind, serverOfIssuer } from './known-issuers.ts';

const INPUT = 'source-repository';
const OWNER_AND_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+$/;
/** Has a dot before the first slash. */
const HOST_LIKE = /^[^/.]*\.[^/]*\//;
const PATH = /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)+$/;
const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?$|^\[[0-9A-Fa-f:.]+\](?::[0-9]{1,5})?$/;
/** Names under which github.com is also reached (docs.github.com, "Using SSH over the HTTPS port"). */
const GITHUB_ALIASES: readonly string[] = ['github.com', 'www.github.com', 'ssh.github.com'];
/** Servers that people name without a scheme. */
const FORGES: readonly string[] = ['gitlab.com', 'codeberg.org', 'bitbucket.org'];

interface RepositoryContext {
  readonly serverUrl: string;
  readonly issuer: string | undefined;
}

/** A value taken apart. */
interface Located {
  readonly scheme: 'https' | 'http' | 'ssh' | 'git' | 'none';
  /** In lower case. */
  readonly host: string;
  /** Without slashes at its ends and `.git`. */
  readonly path: string;
  /** It had a query, a fragment or a login. */
  readonly extra: boolean;
}

/**
 * Parses a source repository: `owner/name` (on this server), its URL, or a text that means one of them on a server that is
 * known here (this one, github.com, or that of the issuer): without a scheme, or as git writes it (`git@host:owner/name`,
 * `ssh://`, `.git`). `serverUrl` has no trailing slash; `issuer` is the one that is compared exactly, if there is one. Returns
 * the URI as in the claim `source-repository-uri`. Throws ValueError, with its own message for a registry reference.
 */
export function parseSourceRepository(text: string, serverUrl: string, issuer?: string): string {
  const context: RepositoryContext = { serverUrl, issuer };
  const name = withoutEnd(text);
  if (OWNER_AND_NAME.test(name)) return ownRepository(name, text, context);
  const located = locate(text);
  if (located === undefined) throw notRepository(text, context);
  const server = serverNamed(located, context);
  if (server === undefined) return elsewhere(located, text, context);
  const shown = located.extra ? 'it' : quoted(text);
  const segments = located.path.split('/');
  const isGithub = issuerKind(context.issuer) !== 'gitlab' || server !== serverOfIssuer(context.issuer);
  const isWhole = PATH.test(located.path) && !segments.some(isDots);
  const first = isGithub ? segments.slice(0, 2) : located.path.split('/-/')[0]?.split('/');
  const right =
    first !== undefined && first.length > 1 && PATH.test(first.join('/')) ? [`${server}/${first.join('/')}`] : [];
  if (located.extra) throw corrected('the value contains a login, a query or a fragment', right);
  if (!isWhole || (isGithub && segments.length !== 2) || located.path.includes('/-/')) {
    throw corrected(`${shown} is not the URL of a repository`, right);
  }
  // CircleCI's tokens name the repository without a scheme (fulcio config/identity/config.yaml, circleci-job).
  const isAsClaimed = located.scheme === 'none' && context.issuer?.startsWith(`${CIRCLECI_ISSUER}/`) === true;
  return `${isAsClaimed ? server.replace(/^https?:\/\//, '') : server}/${located.path}`;
}

function ownRepository(name: string, text: string, { serverUrl }: RepositoryContext): string {
  if (isDots(name.slice(name.indexOf('/') + 1))) throw new ValueError(`${quoted(text)} is not owner/name`);
  return `${serverUrl}/${name}`;
}

/** A repository of a server that is not known here: only its URL says where it is. */
function elsewhere(located: Located, text: string, context: RepositoryContext): string {
  const { scheme, host, path, extra } = located;
  const isRepository = PATH.test(path) && !path.split('/').some(isDots);
  const url = `https://${host}/${path}`;
  if (extra) throw corrected('the value contains a login, a query or a fragment', isRepository ? [url] : []);
  if (isRepository && (scheme === 'https' || scheme === 'http')) return `${scheme}://${host}/${path}`;
  if (isRepository && scheme !== 'none') {
    throw corrected(`${quoted(text)} is not a URL with https://, as certificates contain it`, [url]);
  }
  if (isRepository && FORGES.includes(host)) {
    throw new CorrectedValueError(`${quoted(text)} is not on this server, so it needs its scheme and its issuer`, [
      { input: INPUT, value: url },
      { input: 'certificate-oidc-issuer', value: `https://${host}` },
    ]);
  }
  throw notRepository(text, context);
}

function notRepository(text: string, { serverUrl }: RepositoryContext): ValueError {
  const shown = quoted(text);
  const workflow = /^([\w-]+\/[\w.-]+)\/(\.github\/workflows\/[^@]+)(?:@(.+))?$/.exec(text);
  if (workflow?.[1] !== undefined && workflow[2] !== undefined) {
    return new CorrectedValueError(`${shown} is a workflow file; the repository and the file are two inputs`, [
      { input: INPUT, value: workflow[1] },
      { input: 'workflow', value: workflow[2] },
    ]);
  }
  const [, own, ref] = /^([\w-]+\/[\w.-]+)[@#]([\w./-]+)$/.exec(text) ?? [];
  if (own !== undefined && ref !== undefined && !/^(?:sha\d|[0-9a-f]{64}$)/.test(ref)) {
    return new CorrectedValueError(`${shown} contains a ref, which belongs into source-ref`, [
      { input: INPUT, value: own },
      { input: 'source-ref', value: ref.startsWith('refs/') ? ref : `refs/heads/${ref}` },
    ]);
  }
  if (/[,\s]/.test(text)) {
    return new ListedValuesError(text, INPUT, text.split(/[,\s]+/));
  }
  const owner = /^([A-Za-z0-9][A-Za-z0-9_-]*)(?:\/(?:\*{1,2})?)?$/.exec(text)?.[1];
  if (owner !== undefined) {
    return new CorrectedValueError(
      `${shown} is not owner/name or the URL of a repository; for all repositories of an owner`,
      [{ input: 'claims', value: `source-repository-owner-uri=${serverUrl}/${owner}` }],
    );
  }
  if (!/^https?:/.test(text) && (/[:@]/.test(text) || HOST_LIKE.test(text) || text.split('/').length > 2)) {
    return new ValueError(
      `${shown} is a registry reference; give the repository that contains the source code and the workflow: owner/name`,
    );
  }
  return new ValueError(`${shown} is not owner/name or the URL of a repository`);
}

/** Takes a URL, `user@host:path` or `host/path` apart. Undefined for anything else. */
function locate(text: string): Located | undefined {
  const url = /^(?:git\+)?(https?|ssh|git):\/\/([^/?#]*)\/([^?#]*)([?#].*)?$/i.exec(text);
  if (url !== null) {
    const [, written = '', authority = '', path = '', after = ''] = url;
    const scheme = lowerAscii(written) as Exclude<Located['scheme'], 'none'>;
    const at = authority.lastIndexOf('@');
    const user = at < 0 ? '' : authority.slice(0, at);
    const extra = after !== '' || (scheme === 'ssh' ? user.includes(':') : at >= 0);
    return place(scheme, { host: authority.slice(at + 1), path, extra });
  }
  const scp = /^[A-Za-z0-9._-]+@([^/:@\s]+):(?!\/\/)\/?(.+)$/.exec(text);
  if (scp !== null) return place('ssh', { host: scp[1] ?? '', path: scp[2] ?? '', extra: false });
  const bare = /^([^/@\s]+)\/([^@\s?#]+)([?#].*)?$/.exec(text);
  if (bare === null) return undefined;
  return place('none', { host: bare[1] ?? '', path: bare[2] ?? '', extra: bare[3] !== undefined });
}

function place(
  scheme: Located['scheme'],
  { host, path, extra }: Pick<Located, 'host' | 'path' | 'extra'>,
): Located | undefined {
  return HOST.test(host) ? { scheme, host: lowerAscii(host), path: withoutEnd(path), extra } : undefined;
}

/** The URL of the server that a value names, as in certificates; undefined if it is not known here. */
function serverNamed({ scheme, host }: Located, { serverUrl, issuer }: RepositoryContext): string | undefined {
  // The port of ssh is another one than that of the web.
  const named = scheme === 'ssh' || scheme === 'git' ? host.replace(/:[0-9]+$/, '') : host;
  const servers = [serverUrl, serverOfIssuer(issuer)].filter((one) => one !== undefined);
  const own = servers.find((server) => {
    const there = server.replace(/^https?:\/\//, '');
    return equalsIgnoringCase(scheme === 'ssh' || scheme === 'git' ? there.replace(/:[0-9]+$/, '') : there, named);
  });
  return own ?? (GITHUB_ALIASES.includes(named.replace(/:443$/, '')) ? 'https://github.com' : undefined);
}

function withoutEnd(text: string): string {
  return text.replace(/\/$/, '').replace(/\.git$/, '');
}

function isDots(segment: string): boolean {
  return segment === '.' || segment === '..' || segment === '';
}

function corrected(message: string, values: readonly string[]): CorrectedValueError {
  return new CorrectedValueError(
    message,
    values.map((value): Instead => ({ input: INPUT, value })),
  );
}
