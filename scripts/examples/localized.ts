/** Where this machine has what the examples name. */
export interface Place {
  /** Host of the registry, with its port. */
  readonly host: string;
  /** Put before every repository, such as `/case-1`; else examples that name the same image would meet. */
  readonly prefix?: string;
  /** Issuer of the id-tokens. */
  readonly issuer: string;
}

/** Names of registries in the examples, and the path that each has on the one registry here. */
const REGISTRIES: readonly (readonly [name: string, path: string])[] = [
  ['ghcr.io', ''],
  ['docker.io', '/hub'],
  ['registry.acme.example', '/ours'],
  ['cgr.dev', '/cgr'],
  ['gcr.io', '/gcr'],
];

/** The text with the registry and the issuer of this machine. A login names a host alone. */
export function localized(text: string, { host, prefix = '', issuer }: Place): string {
  return REGISTRIES.reduce(
    (now, [name, path]) => {
      const escaped = name.replaceAll('.', '\\.');
      return now
        .replace(new RegExp(`(?<![\\w.-])${escaped}(?=/|=)`, 'g'), `${host}${prefix}${path}`)
        .replace(new RegExp(`(registry: )${escaped}$`, 'gm'), `$1${host}`);
    },
    text.replaceAll('https://token.actions.githubusercontent.com', issuer),
  );
}
