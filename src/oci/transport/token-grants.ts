/**
 * Tells whether a token itself says that it grants a scope (`repository:<name>:<actions>`). Nothing is granted by a token
 * that says nothing, or that cannot be read. It saves requests and decides nothing: the registry judges the token.
 *
 * A JWT with the claim `access`: a list of type, name and actions (distribution, docs/content/spec/auth/jwt.md).
 */
export function readGrants(token: string): (scope: string) => boolean {
  const access = readAccess(token);
  return (scope) => {
    const [, type, name, actions = ''] = /^([^:]+):(.+):([^:]+)$/.exec(scope) ?? [];
    const wanted = actions.split(',');
    return access.some(
      (one) => one.type === type && one.name === name && wanted.every((action) => one.actions.includes(action)),
    );
  };
}

interface Access {
  readonly type: unknown;
  readonly name: unknown;
  readonly actions: readonly unknown[];
}

function readAccess(token: string): readonly Access[] {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return [];
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const { access } = Object(claims) as Readonly<Record<string, unknown>>;
    return Array.isArray(access) ? access.map(Object).filter(({ actions }) => Array.isArray(actions)) : [];
  } catch {
    return [];
  }
}
