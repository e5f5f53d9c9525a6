/** Every setting of the webhook: one table for the reader, the document and the tests. */

export interface Setting {
  /** As an input is named; `variableOf` gives the variable. */
  readonly name: string;
  /** One or two sentences; Markdown. */
  readonly meaning: string;
  /** As people write it; undefined if nothing is the default. */
  readonly absent?: string;
}

const PREFIX = 'COUNTERSIGN_';

/** The environment variable of a setting: `trust-max-age` is COUNTERSIGN_TRUST_MAX_AGE. */
export function variableOf(name: string): string {
  return `${PREFIX}${name.toUpperCase().replaceAll('-', '_')}`;
}

/** Settings that are inputs of the actions too, and mean the same. */
const SHARED: readonly Setting[] = [
  {
    name: 'policy',
    meaning:
      'A folder with ClusterImagePolicies, such as a mounted ConfigMap. Its files are read again when they change.',
  },
  {
    name: 'no-match-policy',
    meaning: 'What happens to an image that no policy matches: `deny`, `warn` or `allow`.',
    absent: 'deny',
  },
  {
    name: 'mode',
    meaning: '`enforce`, or `warn`: what would be refused is admitted with a warning.',
    absent: 'enforce',
  },
  {
    name: 'image-paths',
    meaning:
      'Lines `Kind.group path/to/field`: which fields name images in objects of kinds that are not built in, if the rules of the webhook cover them.',
  },
  {
    name: 'instance',
    meaning: 'Whose signatures count: `auto`, `public-good` or `github`.',
    absent: 'auto',
  },
  {
    name: 'trusted-root',
    meaning: 'Path of a Sigstore trusted root, or its JSON. A file is read again when it changes, and does not age.',
  },
  { name: 'tuf-mirror', meaning: 'URL of the TUF repository of a private Sigstore.' },
  { name: 'tuf-root', meaning: 'Path or JSON of the first root of `COUNTERSIGN_TUF_MIRROR`. It is never fetched.' },
  {
    name: 'ca-certificates',
    meaning: 'Path of additional root certificates for registries and Sigstore, or their PEM text.',
  },
  {
    name: 'client-certificate',
    meaning: 'Lines `HOST=PATH`: PEM certificates for registries that admit only known clients.',
  },
  { name: 'client-key', meaning: 'Lines `HOST=PATH`: their PEM keys, unless a certificate file has them too.' },
  {
    name: 'insecure-registries',
    meaning: 'Hosts that may be called over plain http, one per line. Loopback always may.',
  },
  {
    name: 'token-hosts',
    meaning: 'Token servers outside the domain of their registry that may get its login, one per line.',
  },
  {
    name: 'signature-repository',
    meaning: 'Where signatures are stored instead: one repository, or lines `IMAGE-PREFIX=REPOSITORY`.',
  },
  { name: 'format', meaning: 'Which signatures are read: `any`, `bundle` or `legacy`.', absent: 'any' },
  {
    name: 'concurrency',
    meaning: 'How many images are judged at the same time, of all requests together.',
    absent: '16',
  },
  {
    name: 'retry-for',
    meaning: 'How long outages are waited out within one request, at most until its deadline.',
    absent: '1m',
  },
];

/** Settings that only a server has. */
const OWN: readonly Setting[] = [
  {
    name: 'policies-from-api',
    meaning: '`true`: ClusterImagePolicies and TrustRoots of the cluster count too, and are watched.',
    absent: 'false',
  },
  {
    name: 'pull-secrets',
    meaning: '`true`: registries are also read with the pull secrets of a Pod and of its service account.',
    absent: 'false',
  },
  {
    name: 'private-hosts',
    meaning: 'Hosts on loopback, private or link-local addresses that images may name, one per line.',
  },
  {
    name: 'trust-max-age',
    meaning: 'How long a trusted root counts after it was last refreshed. A root from a file does not age.',
    absent: '7d',
  },
  {
    name: 'rejudge-every',
    meaning: 'How often the images that run are judged again, by one replica. `0s`: never.',
    absent: '0s',
  },
  { name: 'listen-address', meaning: 'The address of both servers. All addresses if not given.' },
  { name: 'listen-port', meaning: 'The port for https. `0`: any free one, which the log names.', absent: '8443' },
  {
    name: 'health-port',
    meaning: 'The port for plain http: `/healthz`, `/readyz`, `/metrics`. `0`: any free one.',
    absent: '8080',
  },
  {
    name: 'tls-certificate',
    meaning: 'Path of the PEM certificate chain of the server. It is read again when it changes.',
    absent: '/etc/countersign/tls/tls.crt',
  },
  {
    name: 'tls-key',
    meaning: 'Path of its PEM key.',
    absent: '/etc/countersign/tls/tls.key',
  },
  {
    name: 'max-requests',
    meaning: 'How many requests are answered at the same time. Others get the status 503.',
    absent: '200',
  },
  {
    name: 'drain-for',
    meaning: 'How long the server goes on after SIGTERM, while the cluster stops sending requests to it.',
    absent: '10s',
  },
  {
    name: 'cache-directory',
    meaning: 'A folder for metadata of TUF repositories. Its content is not trusted.',
    absent: '/tmp/countersign',
  },
  { name: 'log-level', meaning: 'The least that is logged: `debug`, `info` or `warning`.', absent: 'info' },
  {
    name: 'namespace',
    meaning: 'The namespace of the webhook itself. The default is that of its service account.',
  },
  {
    name: 'webhook-configuration',
    meaning:
      'The ValidatingWebhookConfiguration that calls the webhook: its `namespaceSelector` says which Pods are judged again.',
    absent: 'countersign-webhook',
  },
  {
    name: 'service-account-directory',
    meaning: 'The folder with the token of the service account, `ca.crt` and `namespace`, for the API server.',
    absent: '/var/run/secrets/kubernetes.io/serviceaccount',
  },
  { name: 'pod-name', meaning: 'The name of this Pod, for the Lease. The default is the host name.' },
];

export const SETTINGS: readonly Setting[] = [...SHARED, ...OWN];

/** Names of settings that are inputs of the gate as well. */
export const SHARED_NAMES: readonly string[] = SHARED.map(({ name }) => name);
