import { expect, test } from 'vitest';
import { readPolicies } from '../../../../src/domain/policy/read-policies.ts';
import { RELEASE } from '../identity-samples.ts';
import { CONTEXT, ISSUER, KEYLESS, lineOf, policyText, problemsOf } from './policy-samples.ts';

/** A policy with one thing wrong: the text, a part of the bad line, the path of the field, what is wrong, and the cure. */
type Refused = readonly [name: string, text: string, line: string, path: string, what: string, cure: string];

const AUTHORITY = 'spec.authorities[0]';
const IDENTITY = `${AUTHORITY}.keyless.identities[0]`;
const authority = (text: string): string => policyText({ authorities: text });
const beside = (text: string): string => authority(`${KEYLESS}\n  ${text}`);
const inKeyless = (text: string): string => authority(`${KEYLESS}\n    ${text}`);
const identity = (text: string): string =>
  authority(`- keyless:\n    identities:\n      - ${text.replaceAll('\n', '\n        ')}`);
const pattern = (regexp: string): string => identity(`issuer: ${ISSUER}\nsubjectRegExp: '${regexp}'`);
const annotated = (text: string, authorities?: string): string =>
  policyText({ annotations: text, ...(authorities === undefined ? {} : { authorities }) });
const glob = (text: string): string => policyText({ globs: `- glob: '${text}'` });
const match = (text: string): string => policyText({ spec: `match:\n  - ${text.replaceAll('\n', '\n    ')}` });
const PASS = '- static: {action: pass}';

const REFUSED: readonly Refused[] = [
  // Documents.
  [
    'an unknown apiVersion',
    policyText().replace('v1beta1', 'v1'),
    'apiVersion',
    'apiVersion',
    'unknown apiVersion',
    'policy.sigstore.dev/v1beta1',
  ],
  [
    'another group',
    policyText().replace('policy.sigstore.dev', 'cosigned.sigstore.dev'),
    'apiVersion',
    'apiVersion',
    'unknown apiVersion',
    'policy.sigstore.dev/v1beta1',
  ],
  [
    'no apiVersion',
    policyText().replace(/^apiVersion.*\n/, ''),
    'kind',
    'apiVersion',
    'no apiVersion',
    'policy.sigstore.dev/v1beta1',
  ],
  [
    'an unknown kind',
    policyText().replace('ClusterImagePolicy', 'ClusterImagePolicies'),
    'kind',
    'kind',
    'is not a policy',
    'Write `ClusterImagePolicy`',
  ],
  [
    'a namespaced policy',
    policyText().replace('  name: ours', '  name: ours\n  namespace: default'),
    'namespace',
    'metadata.namespace',
    'unknown field',
    'whole cluster',
  ],
  [
    'no name',
    policyText().replace('  name: ours', '  labels: {a: b}'),
    'metadata',
    'metadata.name',
    'missing',
    'Add `name`',
  ],
  ['a bad name', policyText({ name: '"$FOO"' }), 'name', 'metadata.name', 'not a name', 'a-z'],
  [
    'an unknown field at the top',
    `${policyText()}datum: 1\n`,
    'datum',
    'datum',
    'unknown field "datum"',
    'the fields here are',
  ],
  ['no spec', policyText().replace(/spec:.*/s, ''), 'apiVersion', 'spec', 'missing', 'Add `spec`'],
  [
    'a misspelt field of spec',
    policyText({ spec: 'authoritys: []' }),
    'authoritys',
    'spec.authoritys',
    'unknown field',
    'Write `authorities`',
  ],
  [
    'signatureFormat under spec',
    policyText({ spec: 'signatureFormat: bundle' }),
    'signatureFormat',
    'spec.signatureFormat',
    'unknown field',
    'entry of `spec.authorities`',
  ],
  [
    'attestations under spec',
    policyText({ spec: 'attestations: [{name: a, predicateType: vuln}]' }),
    'attestations',
    'spec.attestations',
    'unknown field',
    'entry of `spec.authorities`',
  ],
  [
    'a mode of no kind',
    policyText({ spec: 'mode: audit' }),
    'mode',
    'spec.mode',
    '"audit" is not one of enforce, warn',
    'enforce, warn',
  ],
  ['a mode without a value', policyText({ spec: 'mode:' }), 'mode', 'spec.mode', 'no value', 'remove the field'],
  ['a mode that is a number', policyText({ spec: 'mode: 1' }), 'mode', 'spec.mode', 'a number', 'quotation marks'],
  [
    'no images',
    policyText().replace(/ {2}images:\n.*\n/, ''),
    'spec',
    'spec.images',
    'matches no image',
    'Add `images`',
  ],
  [
    'an empty list of images',
    policyText().replace(/ {2}images:\n.*\n/, '  images: []\n'),
    'images',
    'spec.images',
    'empty',
    'at least one',
  ],
  [
    'images that are a map',
    policyText().replace(/ {2}images:\n.*\n/, '  images: {glob: "**"}\n'),
    'images',
    'spec.images',
    'a map, not a list',
    'a list',
  ],
  ['an image without a glob', policyText({ globs: '- {}' }), '- {}', 'spec.images[0].glob', 'missing', 'Add `glob`'],
  [
    'a regexp for images',
    policyText({ globs: "- glob: ghcr.io/**\n  regex: '.*'" }),
    'regex',
    'spec.images[0].regex',
    'unknown field',
    'glob',
  ],
  [
    'a CUE policy',
    policyText({ spec: 'policy: {type: cue, data: "x"}' }),
    'policy:',
    'spec.policy',
    'CUE or Rego',
    'countersign/attestations',
  ],
  [
    'a remote policy',
    policyText({ spec: 'policy: {type: rego, remote: {url: "https://x.example"}}' }),
    'policy:',
    'spec.policy',
    'CUE or Rego',
    'attestations-path',
  ],
  // Globs.
  ['a glob with [', glob('['), 'glob', 'spec.images[0].glob', 'contains "["', 'ghcr.io/acme/app@*'],
  ['a glob with $', glob('$FOO*'), 'glob', 'spec.images[0].glob', 'contains "$"', 'ghcr.io/acme/app@*'],
  [
    'a glob without digest',
    glob('ghcr.io/acme/app'),
    'glob',
    'spec.images[0].glob',
    'matches no image',
    '`ghcr.io/acme/app@*` or `ghcr.io/acme/**`',
  ],
  [
    'a glob for docker.io',
    glob('docker.io/library/*'),
    'glob',
    'spec.images[0].glob',
    'index.docker.io',
    '`index.docker.io/library/*`',
  ],
  // Objects.
  [
    'an empty resource',
    match('group: apps\nversion: v1\nresource: ""'),
    'resource',
    'spec.match[0].resource',
    'empty',
    'remove the field',
  ],
  ['no resource', match('group: apps\nversion: v1'), 'group', 'spec.match[0].resource', 'missing', 'Add `resource`'],
  [
    'a selector alone',
    match('selector: {matchLabels: {a: b}}'),
    'selector',
    'spec.match[0].resource',
    'missing',
    'Add `resource`',
  ],
  [
    'an unknown resource',
    match('group: apps\nversion: v1\nresource: deployment'),
    'resource',
    'spec.match[0].resource',
    'not a resource that policies can match',
    'deployments',
  ],
  [
    'a resource of another group',
    match('group: ""\nversion: v1\nresource: deployments'),
    'group',
    'spec.match[0].group',
    'no object fits',
    '`group: apps`',
  ],
  [
    'no version',
    match('group: apps\nresource: deployments'),
    'group',
    'spec.match[0].version',
    'missing',
    'Add `version`',
  ],
  [
    'an operator of no kind',
    match('version: v1\nresource: pods\nselector:\n  matchExpressions: [{key: a, operator: Is, values: [b]}]'),
    'matchExpressions',
    'spec.match[0].selector.matchExpressions[0].operator',
    'not one of',
    'NotIn',
  ],
  [
    'In without values',
    match('version: v1\nresource: pods\nselector:\n  matchExpressions: [{key: a, operator: In}]'),
    'matchExpressions',
    'spec.match[0].selector.matchExpressions[0]',
    'needs values',
    'Add `values`',
  ],
  // Authorities.
  [
    'no authorities',
    policyText().replace(/ {2}authorities:.*/s, ''),
    'spec',
    'spec.authorities',
    'no authorities',
    'keyless',
  ],
  [
    'an empty list of authorities',
    policyText().replace(/ {2}authorities:.*/s, '  authorities: []\n'),
    'authorities',
    'spec.authorities',
    'empty',
    'at least one',
  ],
  [
    'an authority of no kind',
    authority('- name: a'),
    'name: a',
    AUTHORITY,
    'none of key, keyless and static',
    'keyless',
  ],
  ['key and keyless', beside('key: {data: x}'), '- keyless', AUTHORITY, 'key and keyless are given', 'keyless'],
  ['a key', authority('- key: {data: x}'), 'key:', `${AUTHORITY}.key`, 'by keys are not supported', 'keyless'],
  [
    'a secret with a key',
    authority('- key: {secretRef: {name: a}}'),
    'key:',
    `${AUTHORITY}.key`,
    'by keys are not supported',
    'keyless',
  ],
  [
    'a KMS',
    authority('- key: {kms: "gcpkms://x"}'),
    'key:',
    `${AUTHORITY}.key`,
    'by keys are not supported',
    'keyless',
  ],
  [
    'an unknown field of an authority',
    beside('tlog: {url: "https://rekor.sigstore.dev"}'),
    'tlog',
    `${AUTHORITY}.tlog`,
    'unknown field',
    '`ctlog`',
  ],
  [
    'identities beside keyless',
    beside('identities: []'),
    '  identities: []',
    `${AUTHORITY}.identities`,
    'unknown field',
    '`keyless`',
  ],
  [
    'a format of no kind',
    beside('signatureFormat: foo'),
    'signatureFormat',
    `${AUTHORITY}.signatureFormat`,
    '"foo" is not one of legacy, bundle',
    'legacy, bundle',
  ],
  [
    'static without action',
    authority('- static: {message: no}'),
    'static',
    `${AUTHORITY}.static.action`,
    'missing',
    'action: fail',
  ],
  [
    'static with an action of no kind',
    authority('- static: {action: allow}'),
    'static',
    `${AUTHORITY}.static.action`,
    'not one of pass, fail',
    'pass, fail',
  ],
  [
    'static and ctlog',
    authority('- static: {action: fail}\n  ctlog: {url: "https://rekor.sigstore.dev"}'),
    'ctlog',
    `${AUTHORITY}.ctlog`,
    'beside static',
    'Remove one',
  ],
  [
    'static and attestations',
    authority('- static: {action: pass}\n  attestations: [{name: a, predicateType: vuln}]'),
    'attestations',
    `${AUTHORITY}.attestations`,
    'beside static',
    'Remove one',
  ],
  [
    'ca-cert',
    inKeyless('ca-cert: {data: x}'),
    'ca-cert',
    `${AUTHORITY}.keyless.ca-cert`,
    'never uses it',
    'trustRootRef',
  ],
  [
    'insecureIgnoreSCT',
    inKeyless('insecureIgnoreSCT: true'),
    'insecureIgnoreSCT',
    `${AUTHORITY}.keyless.insecureIgnoreSCT`,
    'not supported',
    'Remove it',
  ],
  [
    'an unknown TrustRoot',
    inKeyless('trustRootRef: ours'),
    'trustRootRef',
    `${AUTHORITY}.keyless.trustRootRef`,
    'no policy file has a TrustRoot "ours"',
    'sigstoreKeys',
  ],
  [
    'a TrustRoot for timestamps only',
    beside('rfc3161timestamp: {trustRootRef: tsa}'),
    'rfc3161timestamp',
    `${AUTHORITY}.rfc3161timestamp.trustRootRef`,
    'two trusted roots would be mixed',
    'keyless.trustRootRef',
  ],
  [
    'a ctlog that the cluster drops',
    beside('ctlog: {trustRootRef: ours}'),
    'ctlog',
    `${AUTHORITY}.ctlog.trustRootRef`,
    'drops a ctlog',
    'Add `url`',
  ],
  [
    'a url that is none',
    inKeyless('url: fulcio.sigstore.dev'),
    'url',
    `${AUTHORITY}.keyless.url`,
    'not a URL',
    'https://',
  ],
  [
    'two sources',
    beside('source: [{oci: ghcr.io/acme/a}, {oci: ghcr.io/acme/b}]'),
    'source',
    `${AUTHORITY}.source`,
    'only one is supported',
    'Keep one',
  ],
  [
    'secrets of the cluster',
    beside('source: [{oci: ghcr.io/acme/a, signaturePullSecrets: [{name: s}]}]'),
    'source',
    `${AUTHORITY}.source[0].signaturePullSecrets`,
    'secrets of a cluster',
    'log in',
  ],
  [
    'a prefix of tags',
    beside('source: [{oci: ghcr.io/acme/a, tagPrefix: x}]'),
    'source',
    `${AUTHORITY}.source[0].tagPrefix`,
    'tags with a prefix',
    'Remove it',
  ],
  [
    'a source without a repository',
    beside('source: [{oci: ghcr.io}]'),
    'source',
    `${AUTHORITY}.source[0].oci`,
    'no repository',
    'ghcr.io/acme/signatures',
  ],
  [
    'a source with a tag',
    beside('source: [{oci: "ghcr.io/acme/a:1"}]'),
    'source',
    `${AUTHORITY}.source[0].oci`,
    'not a repository',
    'ghcr.io/acme/signatures',
  ],
  [
    'an attestation without a name',
    beside('attestations: [{predicateType: vuln}]'),
    'attestations',
    `${AUTHORITY}.attestations[0].name`,
    'missing',
    'Add `name`',
  ],
  [
    'an attestation without a type',
    beside('attestations: [{name: a}]'),
    'attestations',
    `${AUTHORITY}.attestations[0].predicateType`,
    'missing',
    'Add `predicateType`',
  ],
  [
    'an attestation of no type',
    beside('attestations: [{name: a, predicateType: provenance}]'),
    'attestations',
    `${AUTHORITY}.attestations[0].predicateType`,
    'neither a URI nor an alias',
    'slsa.dev',
  ],
  [
    'an image signature as attestation',
    beside('attestations: [{name: a, predicateType: "https://sigstore.dev/cosign/sign/v1"}]'),
    'attestations',
    `${AUTHORITY}.attestations[0].predicateType`,
    'not an attestation',
    'predicate type',
  ],
  [
    'a CUE policy for an attestation',
    beside('attestations: [{name: a, predicateType: vuln, policy: {type: cue, configMapRef: {name: a}}}]'),
    'attestations',
    `${AUTHORITY}.attestations[0].policy`,
    'CUE or Rego',
    'countersign/attestations',
  ],
  [
    'an empty list of attestations',
    beside('attestations: []'),
    'attestations',
    `${AUTHORITY}.attestations`,
    'empty',
    'at least one',
  ],
  // Identities.
  [
    'no identities',
    authority('- keyless: {url: "https://fulcio.sigstore.dev"}'),
    'keyless',
    `${AUTHORITY}.keyless.identities`,
    'nobody is named',
    'Add `identities`',
  ],
  [
    'an empty list of identities',
    authority('- keyless: {identities: []}'),
    'identities',
    `${AUTHORITY}.keyless.identities`,
    'empty',
    'at least one',
  ],
  [
    'an identity without an issuer',
    identity(`subject: ${RELEASE}`),
    'subject',
    `${IDENTITY}.issuer`,
    'no issuer',
    'issuerRegExp',
  ],
  [
    'an identity without a subject',
    identity(`issuer: ${ISSUER}`),
    'issuer',
    `${IDENTITY}.subject`,
    'no subject',
    'subjectRegExp',
  ],
  [
    'both forms of an issuer',
    identity(`issuer: ${ISSUER}\nissuerRegExp: ^a$\nsubject: ${RELEASE}`),
    'issuerRegExp',
    `${IDENTITY}.issuerRegExp`,
    'both given',
    'Remove one',
  ],
  [
    'both forms of a subject',
    identity(`issuer: ${ISSUER}\nsubject: ${RELEASE}\nsubjectRegExp: ^a$`),
    'subjectRegExp',
    `${IDENTITY}.subjectRegExp`,
    'both given',
    'Remove one',
  ],
  [
    'a misspelt pattern',
    identity(`issuer: ${ISSUER}\nsubjectRegex: ^a$`),
    'subjectRegex',
    `${IDENTITY}.subjectRegex`,
    'unknown field',
    'Write `subjectRegExp`',
  ],
  ['an empty subject', identity(`issuer: ${ISSUER}\nsubject: ""`), 'subject', `${IDENTITY}.subject`, 'empty', 'value'],
  [
    'a pattern that is none',
    pattern('****'),
    'subjectRegExp',
    `${IDENTITY}.subjectRegExp`,
    'not a regular expression',
    'RE2',
  ],
  [
    'a pattern with a lookahead',
    pattern('^(?=a)a$'),
    'subjectRegExp',
    `${IDENTITY}.subjectRegExp`,
    'not a regular expression',
    'RE2',
  ],
  [
    'an open pattern',
    pattern('https://github\\.com/Acme/.*'),
    'subjectRegExp',
    `${IDENTITY}.subjectRegExp`,
    'not anchored',
    String.raw`"^https://github\\.com/Acme/.*$"`,
  ],
  [
    'a pattern open at its end',
    pattern('^https://github\\.com/Acme/.*'),
    'subjectRegExp',
    `${IDENTITY}.subjectRegExp`,
    'no $ at its end',
    String.raw`"^https://github\\.com/Acme/.*$"`,
  ],
  [
    'alternatives at the top',
    pattern('^https://github\\.com/Acme/a|https://github\\.com/Acme/b$'),
    'subjectRegExp',
    `${IDENTITY}.subjectRegExp`,
    'one alternative only',
    String.raw`"^(?:https://github\\.com/Acme/a|https://github\\.com/Acme/b)$"`,
  ],
  [
    'multi-line mode',
    pattern('(?m)^https://github\\.com/Acme/.*$'),
    'subjectRegExp',
    `${IDENTITY}.subjectRegExp`,
    'multi-line',
    '^…$',
  ],
  [
    'an open pattern for issuers',
    identity(`issuerRegExp: token.actions\nsubject: ${RELEASE}`),
    'issuerRegExp',
    `${IDENTITY}.issuerRegExp`,
    'not anchored',
    '"^token.actions$"',
  ],
  [
    'a pattern for everybody',
    pattern('^.*$'),
    'subjectRegExp',
    `${IDENTITY}.subjectRegExp`,
    'matches anyone',
    'countersign/allow-any-identity',
  ],
  [
    'a pattern for every issuer',
    identity(`issuerRegExp: ^https://.*$\nsubject: ${RELEASE}`),
    'issuerRegExp',
    `${IDENTITY}.issuerRegExp`,
    'matches anyone',
    'countersign/allow-any-identity',
  ],
  [
    'a pattern as subject',
    identity(`issuer: ${ISSUER}\nsubject: ^https://github\\.com/Acme/.*$`),
    'subject',
    `${IDENTITY}.subject`,
    'it belongs into subjectRegExp',
    'subjectRegExp: ',
  ],
  [
    'a repository as subject',
    identity(`issuer: ${ISSUER}\nsubject: https://github.com/Acme/App`),
    'subject',
    `${IDENTITY}.subject`,
    'not the subject of a certificate',
    'countersign/source-repository: "Acme/App"',
  ],
  [
    'an issuer without a scheme',
    identity(`issuer: token.actions.githubusercontent.com\nsubject: ${RELEASE}`),
    'issuer',
    `${IDENTITY}.issuer`,
    'no scheme',
    `issuer: "${ISSUER}"`,
  ],
  // Annotations.
  [
    'an unknown annotation of ours',
    annotated('countersign/source-repositry: acme/app'),
    'countersign',
    'metadata.annotations["countersign/source-repositry"]',
    'unknown annotation',
    'Write `countersign/source-repository`',
  ],
  [
    'an annotation in capitals',
    annotated('Countersign/max-age: 30d'),
    'Countersign',
    'metadata.annotations["Countersign/max-age"]',
    'unknown annotation',
    'countersign/max-age',
  ],
  [
    'an input that is not an annotation',
    annotated('countersign/signer-workflow: acme/app/.github/workflows/a.yml'),
    'countersign',
    'metadata.annotations["countersign/signer-workflow"]',
    'unknown annotation',
    'the annotations are',
  ],
  [
    'an annotation that is a number',
    annotated('countersign/require: 2'),
    'countersign',
    'metadata.annotations["countersign/require"]',
    'a number',
    'quotation marks',
  ],
  [
    'an empty annotation',
    annotated('countersign/source-ref: ""'),
    'countersign',
    'metadata.annotations["countersign/source-ref"]',
    'empty',
    'value',
  ],
  [
    'an empty line',
    annotated('countersign/source-ref: "refs/heads/main\\n\\nrefs/tags/v1"'),
    'countersign',
    'metadata.annotations["countersign/source-ref"]',
    'line 2 of 3 is empty',
    'Remove the line',
  ],
  [
    'a repository that is a registry',
    annotated('countersign/source-repository: ghcr.io/acme/app'),
    'countersign',
    'metadata.annotations["countersign/source-repository"]',
    'registry reference',
    'verify/README.md',
  ],
  [
    'a short ref',
    annotated('countersign/source-ref: heads/main'),
    'countersign',
    'metadata.annotations["countersign/source-ref"]',
    'not a full ref',
    'countersign/source-ref: "refs/heads/main"',
  ],
  [
    'an unknown claim',
    annotated('countersign/claims: runner=github-hosted'),
    'countersign',
    'metadata.annotations["countersign/claims"]',
    'not a claim',
    'countersign/claims: "runner-environment=github-hosted"',
  ],
  [
    'an annotation given twice',
    annotated('countersign/annotations: "a=1\\na=2"'),
    'countersign',
    'metadata.annotations["countersign/annotations"]',
    'given twice',
    'Remove one',
  ],
  [
    'an age without a unit',
    annotated('countersign/max-age: "30"'),
    'countersign',
    'metadata.annotations["countersign/max-age"]',
    '"30"',
    '30d',
  ],
  [
    'a flag of no kind',
    annotated('countersign/allow-any-identity: "yes"'),
    'countersign',
    'metadata.annotations["countersign/allow-any-identity"]',
    'neither true nor false',
    '"true"',
  ],
  [
    'require: 0',
    annotated('countersign/require: "0"'),
    'countersign',
    'metadata.annotations["countersign/require"]',
    'not a number of authorities',
    'from 1 on',
  ],
  [
    'more required than there are',
    annotated('countersign/require: "2"', `${KEYLESS}\n- static: {action: fail}`),
    'countersign',
    'metadata.annotations["countersign/require"]',
    '2 authorities are required, but 1 can have a signer',
    'Lower',
  ],
  [
    'a namespace with too many stars',
    annotated('countersign/namespaces: "a***b"'),
    'countersign',
    'metadata.annotations["countersign/namespaces"]',
    'neither the name of a namespace',
    'one per line',
  ],
  [
    'a namespace that is none',
    annotated('countersign/namespaces: "A/b"'),
    'countersign',
    'metadata.annotations["countersign/namespaces"]',
    'neither the name of a namespace',
    'one per line',
  ],
  [
    'a condition of no kind',
    annotated('countersign/attestations: "provenance\\nsbom builder-id=x"'),
    'countersign',
    'metadata.annotations["countersign/attestations"]',
    'line 2: builder-id does not apply',
    'verify/README.md',
  ],
  [
    'a line with a bad signer',
    annotated('countersign/attestations: sbom source-ref=main'),
    'countersign',
    'metadata.annotations["countersign/attestations"]',
    'not a full ref',
    'verify/README.md',
  ],
  [
    'a line of another issuer',
    annotated('countersign/attestations: sbom certificate-oidc-issuer=https://gitlab.com'),
    'countersign',
    'metadata.annotations["countersign/attestations"]',
    'contradicts the issuer',
    'verify/README.md',
  ],
  [
    'claims without an exact issuer',
    annotated(
      'countersign/claims: runner-environment=github-hosted',
      `- keyless:\n    identities:\n      - issuerRegExp: '^https://token\\.actions\\.githubusercontent\\.com(/acme)?$'\n        subject: ${RELEASE}`,
    ),
    'issuerRegExp',
    `${IDENTITY}.issuer`,
    'one exact issuer',
    'Write `issuer`',
  ],
  [
    'signed annotations where attestations are asked for',
    annotated('countersign/annotations: a=1', `${KEYLESS}\n  attestations: [{name: a, predicateType: vuln}]`),
    'countersign',
    'metadata.annotations["countersign/annotations"]',
    'asks for attestations instead',
    'Remove one',
  ],
  ...[
    'source-repository: acme/app',
    'source-ref: refs/heads/main',
    'workflow: .github/workflows/a.yml',
    'claims: runner-environment=github-hosted',
    'annotations: a=1',
    'max-age: 30d',
    'attestations: vuln',
  ].map(
    (line): Refused => [
      `${line} beside static: pass`,
      annotated(`countersign/${line}`, `${KEYLESS}\n${PASS}`),
      'countersign',
      `metadata.annotations["countersign/${line.split(':')[0]}"]`,
      'beside `static: pass`',
      'two policies',
    ],
  ),
  [
    'an annotation with nothing to narrow',
    annotated('countersign/max-age: 30d', '- static: {action: fail}'),
    'countersign',
    'metadata.annotations["countersign/max-age"]',
    'there is none',
    'Remove it',
  ],
];

test.each(REFUSED)('%s is refused, with file, line, path and cure', (_, text, line, path, what, cure) => {
  const problems = problemsOf(text);
  const found = problems.find((one) => one.path === path && one.what.includes(what));
  expect(found, JSON.stringify(problems, undefined, 1)).toBeDefined();
  expect(found).toMatchObject({ file: 'policy.yaml', document: 1, line: lineOf(text, line) });
  expect(found?.cure).toContain(cure);
});

test('the same policies without their fault are accepted', () => {
  const good = [
    policyText(),
    policyText({ spec: 'mode: warn' }),
    beside('signatureFormat: legacy'),
    beside('source: [{oci: ghcr.io/acme/a}]'),
    beside('ctlog: {url: "https://rekor.sigstore.dev"}'),
    beside('ctlog: {}'),
    beside('rfc3161timestamp: {}'),
    beside('attestations: [{name: a, predicateType: vuln}]'),
    inKeyless('insecureIgnoreSCT: false'),
    inKeyless('url: https://fulcio.sigstore.dev'),
    pattern('^https://github\\.com/Acme/.*$'),
    match('group: apps\nversion: v1\nresource: deployments'),
    match('group: ""\nversion: v1\nresource: pods\nselector: {matchLabels: {a: b}}'),
    annotated('countersign/require: "1"'),
    annotated('countersign/max-age: 30d'),
    annotated('countersign/claims: runner-environment=github-hosted'),
    annotated('other.example/require: "0"'),
    authority(PASS),
  ];
  for (const text of good) expect(problemsOf(text)).toEqual([]);
});

test('match is refused where images are listed without objects', () => {
  const text = match('group: apps\nversion: v1\nresource: deployments');
  expect(problemsOf(text)).toEqual([]);
  expect(problemsOf(text, { namesObjects: false })).toEqual([
    {
      file: 'policy.yaml',
      document: 1,
      line: lineOf(text, 'match'),
      path: 'spec.match',
      what: expect.stringContaining('images are listed without objects'),
      cure: expect.stringContaining('verify-files'),
    },
  ]);
});

test.each([
  ['a duplicate key', `${policyText()}  mode: warn\n  mode: enforce\n`, 'mode: enforce'],
  ['text that is not YAML', 'a: [', '['],
])('%s is refused', (_, text, part) => {
  expect(problemsOf(text)[0]).toMatchObject({
    file: 'policy.yaml',
    document: 1,
    line: lineOf(text, part),
    cure: expect.any(String),
  });
});

test.each(['', '\n', '# nothing\n', '---\n---\n'])('a file without documents is refused: %j', (text) => {
  expect(problemsOf(text)).toMatchObject([{ file: 'policy.yaml', what: expect.stringContaining('no documents') }]);
});

test('no files, and files without a policy, are refused', () => {
  expect(readPolicies([], CONTEXT)).toMatchObject({
    kind: 'invalid',
    problems: [{ what: 'no file has a ClusterImagePolicy' }],
  });
});

test('two policies with one name are refused, also in two files', () => {
  const files = [
    { file: 'a.yaml', text: policyText() },
    { file: 'b.yaml', text: `${policyText({ name: 'other' })}---\n${policyText()}` },
  ];
  const line = lineOf(files[1]?.text ?? '', 'name: ours');
  expect(readPolicies(files, CONTEXT)).toEqual({
    kind: 'invalid',
    problems: [
      {
        file: 'b.yaml',
        document: 2,
        line,
        path: 'metadata.name',
        what: 'another ClusterImagePolicy is called "ours" (a.yaml, line 4)',
        cure: expect.any(String),
      },
    ],
  });
});

test('every problem of every file is reported, and nothing is returned', () => {
  const files = [
    { file: 'a.yaml', text: policyText({ spec: 'mode: audit' }) },
    { file: 'b.yaml', text: policyText({ name: 'b', globs: '- glob: nginx' }) },
    { file: 'c.yaml', text: policyText({ name: 'c' }) },
  ];
  const result = readPolicies(files, CONTEXT);
  expect(result).toMatchObject({ kind: 'invalid', problems: [{ file: 'a.yaml' }, { file: 'b.yaml' }] });
});

test('there are limits', () => {
  const many = (count: number, text: string): string => Array.from({ length: count }, () => text).join('\n');
  const refused = (text: string, what: string): void => {
    expect(problemsOf(text)).toMatchObject([{ file: 'policy.yaml', what: expect.stringContaining(what) }]);
  };
  refused(policyText({ globs: many(2001, '- glob: ghcr.io/**') }), 'more than 2000 globs');
  refused(policyText({ authorities: many(101, PASS) }), 'more than 100');
  refused(policyText({ authorities: many(2001, PASS) }), 'more than 2000 identities');
  refused(many(1001, policyText().replace(/^/, '---\n')), 'more than 1000 policies');
  refused(`#${'x'.repeat(1024 * 1024)}\n${policyText()}`, 'more than 1048576 characters');
});
