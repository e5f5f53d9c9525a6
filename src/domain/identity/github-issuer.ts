/** The issuer of the id-tokens on github.com (enterprises may add `/<slug>`). */
export const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

/**
 * The issuer of the id-tokens that jobs on this server get (`GITHUB_SERVER_URL`): github.com, a ghe.com tenant, or a
 * GitHub Enterprise Server.
 */
export function githubIssuerOf(serverUrl: string): string {
  const { protocol, host } = new URL(serverUrl);
  if (host === 'github.com') return GITHUB_ISSUER;
  const tenant = /^([a-z0-9-]+)\.ghe\.com$/.exec(host)?.[1];
  return tenant === undefined ? `${protocol}//${host}/_services/token` : `https://token.actions.${tenant}.ghe.com`;
}

/** True for github.com itself. False for every other server, and for a text that is not a URL. */
export function isGithubCom(serverUrl: string): boolean {
  return URL.canParse(serverUrl) && new URL(serverUrl).origin === 'https://github.com';
}
