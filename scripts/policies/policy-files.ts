/** One policy file, and what the two readers say about it. */
export interface PolicyCase {
  readonly name: string;
  readonly text: string;
  /** Whether this gate accepts it. */
  readonly ours: boolean;
  /** Why policy-controller says otherwise. Undefined: it agrees. */
  readonly differs?: string;
}

const ISSUER = 'https://token.actions.githubusercontent.com';
const SUBJECT = 'https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main';
const IDENTITY = `{issuer: "${ISSUER}", subject: "${SUBJECT}"}`;

interface Parts {
  readonly version?: string;
  readonly kind?: string;
  readonly metadata?: string;
  readonly images?: string;
  readonly authorities?: string;
  /** Further lines of `spec`. */
  readonly spec?: string;
}

function file({
  version = 'v1beta1',
  kind = 'ClusterImagePolicy',
  metadata,
  images,
  authorities,
  spec,
}: Parts = {}): string {
  return [
    `apiVersion: policy.sigstore.dev/${version}`,
    `kind: ${kind}`,
    `metadata: ${metadata ?? '{name: ours}'}`,
    'spec:',
    `  images: ${images ?? '[{glob: "ghcr.io/acme/**"}]'}`,
    `  authorities: ${authorities ?? `[${keyless()}]`}`,
    ...(spec === undefined ? [] : [`  ${spec}`]),
    '',
  ].join('\n');
}

/** An authority in one line, with further fields of `keyless` and of itself. */
function keyless(inner = '', outer = '', identities = `[${IDENTITY}]`): string {
  const url = inner.includes('ca-cert') ? '' : 'url: "https://fulcio.sigstore.dev", ';
  return `{keyless: {${url}identities: ${identities}${inner === '' ? '' : `, ${inner}`}}${outer === '' ? '' : `, ${outer}`}}`;
}

const one = (authority: string): string => file({ authorities: `[${authority}]` });
const identity = (text: string): string => one(keyless('', '', `[${text}]`));
const glob = (text: string): string => file({ images: `[{glob: "${text}"}]` });

const BOTH: readonly Omit<PolicyCase, 'ours'>[] = [
  { name: 'the shortest policy', text: file() },
  { name: 'v1alpha1', text: file({ version: 'v1alpha1' }) },
  { name: 'a name of an authority', text: one(keyless('', 'name: release')) },
  { name: 'mode: warn', text: file({ spec: 'mode: warn' }) },
  { name: 'mode: enforce', text: file({ spec: 'mode: enforce' }) },
  { name: 'static: pass', text: one('{static: {action: pass}}') },
  { name: 'static: fail with a message', text: one('{static: {action: fail, message: "no"}}') },
  { name: 'several authorities', text: file({ authorities: `[${keyless()}, {static: {action: fail}}]` }) },
  {
    name: 'several identities',
    text: identity(`${IDENTITY}, {issuer: "https://accounts.google.com", subject: a@acme.example}`),
  },
  {
    name: 'patterns',
    text: identity(
      `{issuerRegExp: "^https://token[.]actions[.]githubusercontent[.]com$", subjectRegExp: "^https://github[.]com/acme/.*$"}`,
    ),
  },
  { name: 'a ctlog', text: one(keyless('', 'ctlog: {url: "https://rekor.sigstore.dev"}')) },
  { name: 'an empty ctlog', text: one(keyless('', 'ctlog: {}')) },
  { name: 'insecureIgnoreSCT: false', text: one(keyless('insecureIgnoreSCT: false')) },
  { name: 'a source', text: one(keyless('', 'source: [{oci: ghcr.io/acme/signatures}]')) },
  {
    name: 'attestations by alias and URI',
    text: one(
      keyless(
        '',
        'attestations: [{name: a, predicateType: vuln}, {name: b, predicateType: "https://slsa.dev/provenance/v1"}]',
      ),
    ),
  },
  {
    name: 'match with a selector',
    text: file({ spec: 'match: [{group: apps, version: v1, resource: deployments, selector: {matchLabels: {a: b}}}]' }),
  },
  { name: 'our annotations', text: file({ metadata: '{name: ours, annotations: {countersign/max-age: 30d}}' }) },
  { name: 'several documents', text: `${file()}---\n${file({ metadata: '{name: other}' })}` },
  ...['**', '*', '*/*', 'ghcr.io/acme/*', 'index.docker.io/library/*'].map((text) => ({
    name: `the glob ${text}`,
    text: glob(text),
  })),
];

const NEITHER: readonly Omit<PolicyCase, 'ours'>[] = [
  { name: 'another kind', text: file({ kind: 'ClusterPolicy' }) },
  { name: 'another version', text: file({ version: 'v2' }) },
  { name: 'no name', text: file({ metadata: '{labels: {a: b}}' }) },
  { name: 'an unknown field of spec', text: file({ spec: 'modus: warn' }) },
  { name: 'an unknown field of an authority', text: one(keyless('', 'tlog: {url: "https://rekor.sigstore.dev"}')) },
  { name: 'an unknown field of an identity', text: identity(`{issuer: "${ISSUER}", subjectRegex: "^a$"}`) },
  { name: 'signatureFormat under spec', text: file({ spec: 'signatureFormat: bundle' }) },
  { name: 'a mode of no kind', text: file({ spec: 'mode: audit' }) },
  { name: 'a mode that is a number', text: file({ spec: 'mode: 1' }) },
  { name: 'no images', text: file({ images: '[]' }) },
  { name: 'an image without a glob', text: file({ images: '[{}]' }) },
  { name: 'the glob [', text: glob('[') },
  { name: 'the glob $FOO*', text: glob('$FOO*') },
  { name: 'the glob ghcr.io/acme/a?p', text: glob('ghcr.io/acme/a?p') },
  { name: 'no authorities', text: file({ authorities: '[]' }) },
  { name: 'an authority of no kind', text: one('{name: a}') },
  { name: 'key and keyless', text: one(keyless('', 'key: {data: x}')) },
  { name: 'a key that is none', text: one('{key: {data: x}}') },
  { name: 'static without action', text: one('{static: {message: a}}') },
  { name: 'static with an action of no kind', text: one('{static: {action: allow}}') },
  { name: 'static and ctlog', text: one('{static: {action: pass}, ctlog: {url: "https://rekor.sigstore.dev"}}') },
  {
    name: 'static and attestations',
    text: one('{static: {action: pass}, attestations: [{name: a, predicateType: vuln}]}'),
  },
  { name: 'static and source', text: one('{static: {action: pass}, source: [{oci: ghcr.io/acme/a}]}') },
  {
    name: 'url and ca-cert',
    text: one(`{keyless: {url: "https://fulcio.sigstore.dev", ca-cert: {data: x}, identities: [${IDENTITY}]}}`),
  },
  { name: 'no identities', text: identity('') },
  { name: 'an identity without an issuer', text: identity(`{subject: "${SUBJECT}"}`) },
  { name: 'an identity without a subject', text: identity(`{issuer: "${ISSUER}"}`) },
  {
    name: 'both forms of an issuer',
    text: identity(`{issuer: "${ISSUER}", issuerRegExp: "^a$", subject: "${SUBJECT}"}`),
  },
  {
    name: 'both forms of a subject',
    text: identity(`{issuer: "${ISSUER}", subject: "${SUBJECT}", subjectRegExp: "^a$"}`),
  },
  { name: 'a pattern that is none', text: identity(`{issuer: "${ISSUER}", subjectRegExp: "****"}`) },
  { name: 'a pattern with a lookahead', text: identity(`{issuer: "${ISSUER}", subjectRegExp: "^(?=a)a$"}`) },
  { name: 'two sources', text: one(keyless('', 'source: [{oci: ghcr.io/acme/a}, {oci: ghcr.io/acme/b}]')) },
  { name: 'an attestation without a name', text: one(keyless('', 'attestations: [{predicateType: vuln}]')) },
  { name: 'an attestation without a type', text: one(keyless('', 'attestations: [{name: a}]')) },
  {
    name: 'a CUE policy without data',
    text: one(keyless('', 'attestations: [{name: a, predicateType: vuln, policy: {type: cue}}]')),
  },
  { name: 'a selector alone', text: file({ spec: 'match: [{selector: {matchLabels: {a: b}}}]' }) },
  { name: 'no documents', text: '# nothing\n' },
  { name: 'text that is not YAML', text: 'a: [' },
];

/** policy-controller accepts these, and this gate does not. */
const STRICTER: readonly (readonly [name: string, text: string, why: string])[] = [
  ['a duplicate key', `${file({ spec: 'mode: warn' })}  mode: enforce\n`, 'it takes the last of two keys'],
  [
    'two policies with one name',
    `${file()}---\n${file({ spec: 'mode: warn' })}`,
    'it takes the first, the cluster the last',
  ],
  ['a bad name', file({ metadata: '{name: "$FOO"}' }), 'only the API server checks names'],
  ['a namespaced policy', file({ metadata: '{name: ours, namespace: default}' }), 'it ignores the namespace'],
  [
    'an open pattern',
    identity(`{issuer: "${ISSUER}", subjectRegExp: "https://github[.]com/acme/.*"}`),
    'it searches anywhere in the value',
  ],
  [
    'an open end',
    identity(`{issuer: "${ISSUER}", subjectRegExp: "^https://github[.]com/acme/.*"}`),
    'it searches anywhere in the value',
  ],
  [
    'alternatives at the top',
    identity(`{issuer: "${ISSUER}", subjectRegExp: "^https://a|https://b$"}`),
    'it searches anywhere in the value',
  ],
  [
    'multi-line mode',
    identity(`{issuer: "${ISSUER}", subjectRegExp: "(?m)^https://github[.]com/acme/.*$"}`),
    'it searches anywhere in the value',
  ],
  ['a pattern for everybody', identity(`{issuer: "${ISSUER}", subjectRegExp: "^.*$"}`), 'identity rule 7'],
  [
    'a pattern as subject',
    identity(`{issuer: "${ISSUER}", subject: "^https://github.com/acme/.*$"}`),
    'no certificate has this subject',
  ],
  [
    'a repository as subject',
    identity(`{issuer: "${ISSUER}", subject: "https://github.com/acme/app"}`),
    'no certificate has this subject',
  ],
  [
    'an issuer with a slash',
    identity(`{issuer: "${ISSUER}/", subject: "${SUBJECT}"}`),
    'no certificate has this issuer',
  ],
  ['ca-cert', one(keyless('ca-cert: {secretRef: {name: a}}')), 'it never uses ca-cert'],
  [
    'insecureIgnoreSCT',
    one(keyless('insecureIgnoreSCT: true')),
    'certificates need the proofs that the root can check',
  ],
  ['an unknown TrustRoot', one(keyless('trustRootRef: ours')), 'a cluster would look it up'],

  [
    'secrets of the cluster',
    one(keyless('', 'source: [{oci: ghcr.io/acme/a, signaturePullSecrets: [{name: a}]}]')),
    'there is no cluster',
  ],
  ['a prefix of tags', one(keyless('', 'source: [{oci: ghcr.io/acme/a, tagPrefix: a}]')), 'not supported'],
  ['a source that is a registry', one(keyless('', 'source: [{oci: ghcr.io}]')), 'it names no repository'],
  [
    'a CUE policy',
    one(keyless('', 'attestations: [{name: a, predicateType: vuln, policy: {type: cue, data: "a: 1"}}]')),
    'there is no engine',
  ],
  [
    'a type that is not a URI',
    one(keyless('', 'attestations: [{name: a, predicateType: provenance}]')),
    'it only warns',
  ],
  [
    'image signatures as attestations',
    one(keyless('', 'attestations: [{name: a, predicateType: "https://sigstore.dev/cosign/sign/v1"}]')),
    'contract: never one for the other',
  ],
  [
    'an empty resource',
    file({ spec: 'match: [{group: apps, version: v1, resource: ""}]' }),
    'such an entry fits no object',
  ],
  [
    'a resource of another group',
    file({ spec: 'match: [{group: batch, version: v1, resource: deployments}]' }),
    'such an entry fits no object',
  ],
  ['no version', file({ spec: 'match: [{group: apps, resource: deployments}]' }), 'such an entry fits no object'],
  [
    'an unknown annotation of ours',
    file({ metadata: '{name: ours, annotations: {countersign/maxage: 30d}}' }),
    'it ignores annotations',
  ],
  ['a source without oci', one(keyless('', 'source: [{tagPrefix: a}]')), 'it reads it as not given'],
  [
    'an unknown resource',
    file({ spec: 'match: [{group: apps, version: v1, resource: services}]' }),
    'version 0.13.1 does not check it',
  ],
  ['an empty mode', file({ spec: 'mode:' }), 'it reads it as not given'],
  ...[
    'ghcr.io/acme/app',
    'ghcr.io/acme/app:v1',
    'ghcr.io/acme/app:**',
    'nginx*',
    'acme/*',
    'docker.io/**',
    'GHCR.IO/**',
    'ghcr.io:443/**',
  ].map((text) => [`the glob ${text}`, glob(text), 'it matches no image by its digest'] as const),
];

export const POLICY_CASES: readonly PolicyCase[] = [
  ...BOTH.map((one) => ({ ...one, ours: true })),
  ...NEITHER.map((one) => ({ ...one, ours: false })),
  ...STRICTER.map(([name, text, differs]) => ({ name, text, differs, ours: false })),
];
