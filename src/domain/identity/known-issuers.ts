import { editDistance } from '../text/near-name.ts';
import { trimEnd } from '../text/plain-text.ts';
import { quoted } from '../text/quoted.ts';
import { JUDGED_MAX_CHARS } from '../text/text-fault.ts';
import { CorrectedValueError, ListedValuesError } from '../text/value-error.ts';
import { GITHUB_ISSUER } from './github-issuer.ts';

/** The kinds of issuers whose claims have a known form. */
export type IssuerKind = 'github' | 'gitlab' | 'other';

const INPUT = 'certificate-oidc-issuer';

export const CODEFRESH_ISSUER = 'https://oidc.codefresh.io';
/** Tokens add `/org/` and an id. */
export const CIRCLECI_ISSUER = 'https://oidc.circleci.com';

/** Issuers that the public Fulcio accepts (config/identity/config.yaml), and those of people that it writes itself. */
const PUBLIC_ISSUERS: readonly string[] = [
  GITHUB_ISSUER,
  'https://gitlab.com',
  CIRCLECI_ISSUER,
  CODEFRESH_ISSUER,
  'https://agent.buildkite.com',
  'https://accounts.google.com',
  'https://github.com/login/oauth',
  'https://login.microsoftonline.com',
  'https://oauth2.sigstore.dev/auth',
];

const GITHUB = [
  /^https:\/\/token\.actions\.githubusercontent\.com(?:\/[^/]+)?$/,
  /^https:\/\/token\.actions\.[a-z0-9-]+\.ghe\.com(?:\/[^/]+)?$/,
  /^https?:\/\/[^/]+\/_services\/token(?:\/[^/]+)?$/,
];
/** gitlab.com, dev.gitlab.org, gitlab.archlinux.org; other GitLab servers cannot be told by their names. */
const GITLAB = /^https?:\/\/(?:[^/]+\.)?gitlab\.[^/]+$/;

/** Clusters of Azure, whose issuers do end with a slash (Fulcio's meta-issuers). */
const WITH_SLASH = /^https:\/\/(?:oidc\.prod-aks|[a-z0-9-]+\.oic\.prod-aks)\.azure\.com\/[^?#]+\/$/;

/** Whose issuer it is, by its name. Undefined, for several issuers or a pattern, is `other`. */
export function issuerKind(issuer: string | undefined): IssuerKind {
  if (issuer === undefined) return 'other';
  if (GITHUB.some((form) => form.test(issuer))) return 'github';
  return GITLAB.test(issuer) ? 'gitlab' : 'other';
}

/** The server whose repositories the issuer vouches for, as in URIs; undefined if the issuer does not say. */
export function serverOfIssuer(issuer: string | undefined): string | undefined {
  if (issuer === undefined) return undefined;
  if (GITHUB[0]?.test(issuer)) return 'https://github.com';
  const tenant = /^https:\/\/token\.actions\.([a-z0-9-]+\.ghe\.com)(?:\/|$)/.exec(issuer)?.[1];
  if (tenant !== undefined) return `https://${tenant}`;
  if (GITLAB.test(issuer)) return issuer;
  return /^(https?:\/\/[^/]+)\/_services\/token(?:\/|$)/.exec(issuer)?.[1];
}

/**
 * Checks an issuer that is compared exactly, and returns it. Throws CorrectedValueError for a value that no token has: no
 * scheme, a slash at the end (but for Azure's clusters), the URL of its configuration, or a public issuer that is misspelt.
 */
export function parseIssuer(value: string): string {
  if (value.length > JUDGED_MAX_CHARS) return value;
  const shown = quoted(value);
  const refuse = (what: string, ...right: readonly string[]): CorrectedValueError =>
    new CorrectedValueError(
      `${shown} ${what}`,
      right.map((one) => ({ input: INPUT, value: one })),
    );
  if (value.includes('*')) {
    throw new CorrectedValueError(
      `${shown} contains *, but is compared exactly; a pattern belongs into ${INPUT}-regexp`,
      [{ input: `${INPUT}-regexp`, value: patternOf(value) }],
    );
  }
  if (/[\s,]/.test(value)) throw new ListedValuesError(value, INPUT, value.split(/[\s,]+/));
  const bare = trimEnd(value.replace(/\/\.well-known\/openid-configuration$/, ''), '/').replace(
    /^[a-z][a-z0-9+.-]*:\/\//i,
    '',
  );
  const scheme = /^http:\/\//i.test(value) ? 'http://' : 'https://';
  const known = PUBLIC_ISSUERS.find((issuer) => issuer === `https://${bare.toLowerCase()}`);
  if (!/^https?:\/\//.test(value)) {
    const meant = known ?? PUBLIC_ISSUERS.find((issuer) => isNearHost(bare, issuer)) ?? meantBy(bare);
    throw refuse('has no scheme, but the issuer of a token is a URL', meant ?? `${scheme}${bare}`);
  }
  if (known !== undefined && known !== value) throw refuse('is not the issuer, which is compared exactly', known);
  if (bare === 'github.com') {
    throw refuse(
      'is not an issuer; workflows and people have different ones',
      GITHUB_ISSUER,
      'https://github.com/login/oauth',
    );
  }
  if (/\/\.well-known\/openid-configuration$/.test(value)) {
    throw refuse('is the URL of its configuration', `${scheme}${bare}`);
  }
  if (value.endsWith('/') && !WITH_SLASH.test(value)) {
    throw refuse(
      `ends with a slash, which hardly any issuer has (${INPUT}-regexp accepts one that does)`,
      `${scheme}${bare}`,
    );
  }
  const near = PUBLIC_ISSUERS.find((issuer) => isNearHost(bare, issuer));
  if (near !== undefined) throw refuse('is not the issuer, but nearly', near);
  return value;
}

/** True for another spelling of the host of an issuer. Only for long names, to which no other host is near by chance. */
function isNearHost(bare: string, issuer: string): boolean {
  const host = issuer.slice('https://'.length);
  if (host.includes('/') || host.length < 20 || bare.length > 2 * host.length || bare.startsWith(`${host}/`))
    return false;
  const edits = editDistance(bare.toLowerCase(), host);
  return edits > 0 && edits <= 3;
}

/** The issuer of a CI system that is written by its name. */
function meantBy(bare: string): string | undefined {
  const name = bare.toLowerCase().replace(/[^a-z]/g, '');
  const names: Readonly<Record<string, string>> = {
    github: GITHUB_ISSUER,
    githubactions: GITHUB_ISSUER,
    gitlab: 'https://gitlab.com',
    google: 'https://accounts.google.com',
    codefresh: CODEFRESH_ISSUER,
    buildkite: 'https://agent.buildkite.com',
  };
  return Object.hasOwn(names, name) ? names[name] : undefined;
}

/** The glob as a regular expression for people to paste. */
export function patternOf(glob: string): string {
  return glob.replace(/[.+?^$()[\]{}|\\]/g, '\\$&').replace(/\*+/g, '.*');
}
