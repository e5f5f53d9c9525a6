/** Every program of others that the scripts run, at the version that the facts about it were checked with. */

/** How a peer gets into the cache. */
export type Source =
  | { readonly kind: 'go'; readonly command: string }
  /** A command of a module with `replace` lines, which `go install` refuses: built in a module that requires it. */
  | {
      readonly kind: 'go-module';
      readonly module: string;
      readonly command: string;
      readonly replace: readonly string[];
      /** Variables of packages that the linker sets, `name=value`. */
      readonly linked?: readonly string[];
    }
  /** A package of the Python index with a program of its name, in a virtual environment. */
  | { readonly kind: 'python'; readonly package: string }
  | { readonly kind: 'crate' }
  | { readonly kind: 'debian'; readonly program: DebianProgram }
  /** Nothing builds it here: the variable of the peer names it. */
  | { readonly kind: 'given' };

export interface Peer {
  readonly name: string;
  /** Without a leading `v`. */
  readonly version: string;
  readonly source: Source;
  /** An environment variable that may name a ready binary instead. */
  readonly readyIn?: string;
}

const go = (name: string, version: string, command: string): Peer => ({
  ...{ name, version },
  source: { kind: 'go', command },
});

// Clients.
export const COSIGN_3 = go('cosign', '3.1.2', 'github.com/sigstore/cosign/v3/cmd/cosign');
export const COSIGN_2 = go('cosign', '2.6.4', 'github.com/sigstore/cosign/v2/cmd/cosign');
export const SIGSTORE_GO = go('sigstore-go', '1.2.1', 'github.com/sigstore/sigstore-go/test/conformance');
export const CRANE = go('crane', '0.21.9', 'github.com/google/go-containerregistry/cmd/crane');
export const ORAS = go('oras', '1.3.3', 'oras.land/oras/cmd/oras');
/** Verifies what is attested more strictly than the others. */
export const SIGSTORE_PYTHON: Peer = {
  ...{ name: 'sigstore-python', version: '4.5.1' },
  source: { kind: 'python', package: 'sigstore' },
};
/** What policy-controller would decide, without a cluster. */
export const POLICY_TESTER: Peer = {
  ...{ name: 'policy-tester', version: '0.13.1' },
  source: {
    kind: 'go-module',
    module: 'github.com/sigstore/policy-controller',
    command: 'cmd/tester',
    replace: [
      'github.com/golang/glog=github.com/jdolitsky/glog@v0.0.0-20220729172235-78744e90d087',
      'k8s.io/code-generator=k8s.io/code-generator@v0.29.4',
      'k8s.io/kube-openapi=k8s.io/kube-openapi@v0.0.0-20231010175941-2dd684a91f00',
    ],
  },
};
const KUBERNETES = '1.33.4';
/** Modules that live in Kubernetes' own repository: their releases have the number of Kubernetes with 0 for the 1. */
const KUBERNETES_STAGING = [
  ...['api', 'apiextensions-apiserver', 'apimachinery', 'apiserver', 'cli-runtime', 'client-go', 'cloud-provider'],
  ...['cluster-bootstrap', 'code-generator', 'component-base', 'component-helpers', 'controller-manager', 'cri-api'],
  ...['cri-client', 'csi-translation-lib', 'dynamic-resource-allocation', 'endpointslice', 'externaljwt', 'kms'],
  ...['kube-aggregator', 'kube-controller-manager', 'kube-proxy', 'kube-scheduler', 'kubectl', 'kubelet', 'metrics'],
  ...['mount-utils', 'pod-security-admission', 'sample-apiserver', 'sample-cli-plugin', 'sample-controller'],
];
/** Takes eight minutes to build on two cores. */
export const KUBE_APISERVER: Peer = {
  ...{ name: 'kube-apiserver', version: KUBERNETES },
  source: {
    kind: 'go-module',
    module: 'k8s.io/kubernetes',
    command: 'cmd/kube-apiserver',
    replace: KUBERNETES_STAGING.map((name) => `k8s.io/${name}=k8s.io/${name}@v${KUBERNETES.replace(/^1/, '0')}`),
    // Clients cannot parse the version otherwise.
    linked: [`k8s.io/component-base/version.gitVersion=v${KUBERNETES}`],
  },
  readyIn: 'KUBE_APISERVER',
};
/** Where the API server keeps its objects. */
export const ETCD: Peer = { name: 'etcd', version: '3.4.23', source: { kind: 'debian', program: 'etcd' } };
/** Neither the Go module proxy nor Debian has a version that knows attestations. */
export const GH: Peer = { name: 'gh', version: '2.59.0 or newer', source: { kind: 'given' }, readyIn: 'GH' };
/** A workflow runner that is not GitHub's. */
export const ACT = go('act', '0.2.87', 'github.com/nektos/act');
/** A linter of workflows that is not GitHub's. */
export const ACTIONLINT = go('actionlint', '1.7.12', 'github.com/rhysd/actionlint/cmd/actionlint');

/** The Sigstore services, and what they keep their logs in. */
export const SERVICES = {
  timestampServer: go(
    'timestamp-authority',
    '2.1.3',
    'github.com/sigstore/timestamp-authority/v2/cmd/timestamp-server',
  ),
  fulcio: go('fulcio', '1.8.8', 'github.com/sigstore/fulcio'),
  rekor2: go('rekor-tiles', '2.3.0', 'github.com/sigstore/rekor-tiles/v2/cmd/rekor-server/posix'),
  rekor1: go('rekor', '1.5.4', 'github.com/sigstore/rekor/cmd/rekor-server'),
  logServer: go('trillian-log-server', '1.7.3', 'github.com/google/trillian/cmd/trillian_log_server'),
  logSigner: go('trillian-log-signer', '1.7.3', 'github.com/google/trillian/cmd/trillian_log_signer'),
  createTree: go('trillian-createtree', '1.7.3', 'github.com/google/trillian/cmd/createtree'),
  ctServer: go('ctfe', '1.3.3', 'github.com/google/certificate-transparency-go/trillian/ctfe/ct_server'),
} as const satisfies Readonly<Record<string, Peer>>;

// Registries.
export const DOCKER_REGISTRY: Peer = {
  ...{ name: 'docker-registry', version: '2.8.2' },
  source: { kind: 'debian', program: 'docker-registry' },
};
export const DISTRIBUTION = go('distribution', '3.1.1', 'github.com/distribution/distribution/v3/cmd/registry');
export const FERRO: Peer = { name: 'ferro-oci-server', version: '1.0.0', source: { kind: 'crate' } };
/** Not every module proxy serves its module. */
export const ZOT: Peer = { ...go('zot', '2.1.20', 'zotregistry.dev/zot/v2/cmd/zot'), readyIn: 'ZOT' };

/** Debian packages of the programs that are not built. */
export const DEBIAN_PACKAGES = {
  'docker-registry': 'docker-registry',
  htpasswd: 'apache2-utils',
  skopeo: 'skopeo',
  umoci: 'umoci',
  git: 'git',
  python3: 'python3-venv',
  openssl: 'openssl',
  etcd: 'etcd-server',
  kubectl: 'kubernetes-client',
  mariadbd: 'mariadb-server-core',
  mariadb: 'mariadb-client-core',
} as const;

export type DebianProgram = keyof typeof DEBIAN_PACKAGES;

/** `cosign 3.1.2`. */
export function labelOf({ name, version }: Peer): string {
  return `${name} ${version}`;
}

/** The command that installs a peer, Markdown. */
export function installCommandOf({ name, version, source }: Peer): string {
  switch (source.kind) {
    case 'go':
      return `\`go install ${source.command}@v${version}\``;
    case 'go-module':
      return `\`go build ${source.module}/${source.command}\` in a module that requires v${version}`;
    case 'python':
      return `\`pip install ${source.package}==${version}\``;
    case 'given':
      return 'the binary that the environment names';
    case 'crate':
      return `\`cargo install ${name}@${version}\``;
    case 'debian':
      return 'Debian package';
  }
}
