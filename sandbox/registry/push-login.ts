/** A user of a registry. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/**
 * The Authorization header for pulling from and pushing to a repository: Basic or, where the registry at `url` asks
 * for it, a token that is fetched with Basic. Undefined without credentials.
 */
export async function authorizationFor(
  url: string,
  repository: string,
  credentials: Credentials | undefined,
): Promise<string | undefined> {
  if (credentials === undefined) return undefined;
  const basic = `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
  const response = await fetch(new URL('/v2/', url));
  await response.arrayBuffer();
  const challenge = response.headers.get('www-authenticate') ?? '';
  const [, realm, service] = /^Bearer realm="([^"]+)",service="([^"]+)"/.exec(challenge) ?? [];
  if (realm === undefined || service === undefined) return basic;
  const tokenUrl = new URL(realm);
  tokenUrl.searchParams.set('service', service);
  tokenUrl.searchParams.set('scope', `repository:${repository}:pull,push`);
  const answer: unknown = await (await fetch(tokenUrl, { headers: { authorization: basic } })).json();
  const token = typeof answer === 'object' && answer !== null && 'token' in answer ? answer.token : undefined;
  if (typeof token !== 'string') throw new Error(`no token from ${tokenUrl.origin}`);
  return `Bearer ${token}`;
}
