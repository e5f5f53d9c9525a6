import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuiltImage, buildImage } from '../../sandbox/registry/image-builder.ts';
import { runAction } from '../../sandbox/runner/runner.ts';
import { ROOT } from '../../sandbox/world.ts';
import { expectThat, type Report } from '../common/report.ts';
import { runProgram } from '../common/run-program.ts';
import { SUBJECT, shownRun } from '../common/sandbox-identity.ts';
import { expectationFlags, formatFlags, writeRootParts } from '../peers/cosign.ts';
import { POLICY_TESTER_NAME, tryPolicy, writeTrustRoot } from '../peers/policy-tester.ts';
import type { Registry } from '../peers/registry.ts';
import { SIGSTORE_GO_NAME, signStatement, verifyBundle } from '../peers/sigstore-go.ts';
import { SIGSTORE_PYTHON_NAME, verifyWithPython, writeTrustConfig } from '../peers/sigstore-python.ts';
import type { Services, Stack } from '../peers/stack.ts';
import type { cosign as cosignClient, Format, Outcome } from './clients.ts';
import { createRegistryClient, type RegistryClient } from './registry-client.ts';
import { attachSignature, readSignatures, type StoredSignature, withTamperedPayload } from './signatures.ts';

type CosignClient = ReturnType<typeof cosignClient>;

export interface AttestationOptions {
  readonly report: Report;
  readonly stack: Stack;
  readonly cosign3: CosignClient;
  /** The rest where it is installed; the paths of programs. */
  readonly cosign2: CosignClient | undefined;
  readonly sigstoreGo: string | undefined;
  readonly sigstorePython: string | undefined;
  readonly policyTester: string | undefined;
  readonly gh: string | undefined;
}

/** A subject that never signed here. */
const STRANGER = SUBJECT.replace('octo-repo', 'octo-other');

const SLSA = 'https://slsa.dev/provenance/v1';
const SPDX = 'https://spdx.dev/Document/v2.3';
const CUSTOM = 'https://example.com/tested/v1';
/** The types that our step writes in one run here. */
const WRITTEN = [SLSA, SPDX, CUSTOM];

/** A build type that no gate knows. */
const BUILD_TYPE = 'https://example.com/build';
const FOREIGN_PROVENANCE = { buildDefinition: { buildType: BUILD_TYPE, externalParameters: {} }, runDetails: {} };
const SBOM = {
  ...{ spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT', name: 'app', dataLicense: 'CC0-1.0' },
  documentNamespace: 'https://example.com/sbom/app',
  creationInfo: { created: '2026-11-28T00:00:00Z', creators: ['Tool: countersign-tests'] },
  packages: [{ name: 'musl', SPDXID: 'SPDXRef-musl', downloadLocation: 'NOASSERTION' }],
};

/**
 * Attestations both ways: ours read by every client that reads one, theirs read by our gate; each with twins in which one
 * thing is different, and which are refused.
 */
export async function runAttestations(registry: Registry, options: AttestationOptions): Promise<void> {
  await oursReadByOthers(registry, options);
  await theirsReadByUs(registry, options);
}

// ── ours, read by others ────────────────────────────────────────────────────────────────────────

interface Asked {
  readonly reference: string;
  readonly identity: string;
  readonly type: string;
  /** The bundle of this type, for those who read no registry. */
  readonly bundle: Buffer;
}

interface Reader {
  readonly name: string;
  /** Whether it looks for a type at all. */
  readonly asksForType: boolean;
  /** Whether it reads the registry, rather than a file. */
  readonly readsRegistry: boolean;
  verify(asked: Asked): Promise<{ readonly ok: boolean; readonly out: string }>;
}

async function oursReadByOthers(registry: Registry, options: AttestationOptions): Promise<void> {
  const { report, stack } = options;
  for (const [format, services] of [
    ['bundle', 'v1'],
    ['bundle', 'v2'],
    ['legacy', 'v1'],
  ] as const) {
    const name = `ours, ${format}, ${services}`;
    const folder = `attest-${format}-${services}`;
    const image = buildImage({ content: folder });
    const other = buildImage({ content: `not ${folder}` });
    let prepared: Prepared | undefined;
    await report.check(`we attest three types in one step: ${name}, ${registry.name}`, async () => {
      const reference = await registry.push(`${folder}/app`, image);
      const { ok, out } = await attestAsWe(stack, registry, { reference, format, services });
      expectThat(ok, 'success', out);
      prepared = await prepareTwins(registry, { folder, image, other, reference, format });
    });
    if (prepared === undefined) continue;
    for (const reader of readersOf(registry, options, format, services)) {
      for (const type of reader.asksForType ? WRITTEN : [SLSA]) {
        await report.check(`${reader.name} reads our ${type}: ${name}, ${registry.name}`, () =>
          checkReader(reader, prepared as Prepared, type),
        );
      }
    }
  }
}

async function attestAsWe(
  stack: Stack,
  registry: Registry,
  { reference, format, services }: { readonly reference: string; readonly format: Format; readonly services: Services },
): Promise<Outcome> {
  const workspace = join(stack.directory, 'workspace');
  await mkdir(workspace, { recursive: true });
  await writeFile(join(workspace, 'sbom.spdx.json'), JSON.stringify(SBOM));
  const run = await runAction({
    actionDir: ROOT,
    workspace,
    inputs: {
      images: reference,
      format,
      provenance: 'true',
      'sbom-path': 'sbom.spdx.json',
      'predicate-type': CUSTOM,
      predicate: JSON.stringify({ passed: 12 }),
      'trusted-root': stack.trustedRoots.logs,
      'signing-config': stack.signingConfigs[services],
    },
    env: { ...stack.idTokenEnvironment, ...registry.env },
    tempRoot: stack.directory,
  });
  return { ok: run.exitCode === 0, out: shownRun(run) };
}

interface Prepared {
  readonly reference: string;
  /** The same image with our attestations, their payloads changed. */
  readonly tampered: string;
  /** Another image with our genuine attestations. */
  readonly other: string;
  readonly otherDigest: string;
  /** By type; empty for the tag. */
  readonly bundles: ReadonlyMap<string, Buffer>;
  readonly tamperedBundles: ReadonlyMap<string, Buffer>;
}

interface TwinOptions {
  readonly folder: string;
  readonly image: BuiltImage;
  readonly other: BuiltImage;
  readonly reference: string;
  readonly format: Format;
}

async function prepareTwins(
  registry: Registry,
  { folder, image, other, reference, format }: TwinOptions,
): Promise<Prepared> {
  const suffix = 'att';
  const stored = (
    await readSignatures(await createRegistryClient(registry, `${folder}/app`), image.digest, suffix)
  ).filter((one) => one.format === format && (one.format === 'legacy' || typeOf(one.bundle) !== IMAGE_SIGNATURE));
  const count = format === 'bundle' ? stored.length : stored.reduce((sum, one) => sum + payloadsOf(one), 0);
  expectThat(count === WRITTEN.length, `${WRITTEN.length} attestations`, String(count));
  const twin = async (name: string, subject: BuiltImage, signatures: readonly StoredSignature[]): Promise<string> => {
    const pinned = await registry.push(`${folder}/${name}`, subject);
    const client: RegistryClient = await createRegistryClient(registry, `${folder}/${name}`);
    for (const one of signatures) await attachSignature(client, subject, one, suffix);
    return pinned;
  };
  const tamperedSignatures = stored.map(withTamperedPayload);
  return {
    reference,
    tampered: await twin('tampered', image, tamperedSignatures),
    other: await twin('other', other, stored),
    otherDigest: other.digest,
    bundles: bundlesByType(stored),
    tamperedBundles: bundlesByType(tamperedSignatures),
  };
}

const IMAGE_SIGNATURE = 'https://sigstore.dev/cosign/sign/v1';

const payloadsOf = (one: StoredSignature): number => (one.format === 'legacy' ? one.payloads.length : 1);

function typeOf(bundle: Buffer): string {
  const { dsseEnvelope } = JSON.parse(bundle.toString('utf8')) as { dsseEnvelope: { payload: string } };
  return (JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString('utf8')) as { predicateType: string })
    .predicateType;
}

function bundlesByType(signatures: readonly StoredSignature[]): ReadonlyMap<string, Buffer> {
  return new Map(
    signatures.flatMap((one): [string, Buffer][] =>
      one.format === 'bundle' ? [[typeOf(one.bundle), one.bundle]] : [],
    ),
  );
}

async function checkReader(reader: Reader, prepared: Prepared, type: string): Promise<void> {
  const bundle = prepared.bundles.get(type) ?? Buffer.alloc(0);
  const asked: Asked = { reference: prepared.reference, identity: SUBJECT, type, bundle };
  const accepted = await reader.verify(asked);
  expectThat(accepted.ok, 'accepted', accepted.out);
  const twins: readonly [what: string, asked: Asked][] = [
    ['another identity', { ...asked, identity: STRANGER }],
    [
      'a changed predicate',
      { ...asked, reference: prepared.tampered, bundle: prepared.tamperedBundles.get(type) ?? Buffer.alloc(0) },
    ],
    ['another digest', { ...asked, reference: prepared.other }],
    ...(reader.asksForType
      ? [['another type', { ...asked, type: 'https://example.com/other' }] satisfies [string, Asked]]
      : []),
  ];
  for (const [what, twin] of twins) {
    const refused = await reader.verify(twin);
    expectThat(!refused.ok, `a refusal of ${what}`, refused.out);
    // A twin is refused for what is different in it, not because the program could not start or read.
    expectThat(REFUSALS.test(refused.out.replace(/\s+/g, ' ')), `a refusal of ${what} in known words`, refused.out);
  }
}

/** What the readers say of twins. */
const REFUSALS =
  /none of the expected identities matched|none of the attestations matched the predicate type|no matching attestations|no matching CertificateIdentity|could not verify envelope|invalid signature|provided artifact digest does not match|does not match any digest|Certificate's SANs do not match|does not match|verification failed|failed to verify|Signature is invalid|has no subject for (?:artifact|digest)|not in statement|invalid or missing digest|payload hash|no valid attestations|validate: failed policy/i;

function readersOf(
  registry: Registry,
  { stack, cosign3, cosign2, sigstoreGo, sigstorePython, policyTester, gh }: AttestationOptions,
  format: Format,
  services: Services,
): readonly Reader[] {
  const trustedRoot = stack.trustedRoots.logs;
  const { issuer } = stack;
  let count = 0;
  const written = async (bundle: Buffer): Promise<string> => {
    count += 1;
    const path = join(stack.directory, `attestation-${format}-${services}-${count}.json`);
    await writeFile(path, bundle);
    return path;
  };
  const digestOf = (reference: string): string => reference.slice(reference.indexOf('@') + 1);
  const cosignReader = (client: CosignClient, major: 2 | 3): Reader => ({
    ...{ name: client.name, asksForType: true, readsRegistry: true },
    async verify({ reference, identity, type }) {
      // cosign 2 takes a trusted root with bundles only; of the tag it wants its parts.
      const takesRoot = major === 3 || format === 'bundle';
      return client.run(
        [
          'verify-attestation',
          ...expectationFlags({ trustedRoot, identity, issuer }).slice(takesRoot ? 0 : 2),
          ...['--type', type, ...formatFlags({ major }, format)],
          ...(services === 'v2' && major === 2 ? ['--use-signed-timestamps'] : []),
          reference,
        ],
        { ...registry.env, ...(takesRoot ? {} : await writeRootParts(stack.directory, trustedRoot)) },
      );
    },
  });
  const readers = [cosignReader(cosign3, 3), ...(cosign2 === undefined ? [] : [cosignReader(cosign2, 2)])];
  if (format === 'bundle') {
    if (sigstoreGo !== undefined) {
      readers.push({
        ...{ name: SIGSTORE_GO_NAME, asksForType: false, readsRegistry: false },
        async verify({ reference, identity, bundle }) {
          const file = await written(bundle);
          const { code, out } = await verifyBundle(sigstoreGo, {
            ...{ bundle: file, trustedRoot, identity, issuer, digest: digestOf(reference) },
          });
          return { ok: code === 0, out };
        },
      });
    }
    if (sigstorePython !== undefined) {
      readers.push({
        ...{ name: SIGSTORE_PYTHON_NAME, asksForType: false, readsRegistry: false },
        async verify({ reference, identity, bundle }) {
          const file = await written(bundle);
          const trustConfig = await writeTrustConfig(stack.directory, {
            ...{ trustedRoot, signingConfig: stack.signingConfigs[services] },
          });
          const { code, out } = await verifyWithPython(sigstorePython, {
            ...{ bundle: file, trustConfig, identity, issuer, digest: digestOf(reference) },
          });
          return { ok: code === 0, out };
        },
      });
    }
    if (gh !== undefined && services === 'v1') readers.push(ghReader(gh, { stack, registry, written }));
  }
  if (format === 'legacy' && policyTester !== undefined) {
    readers.push({
      ...{ name: POLICY_TESTER_NAME, asksForType: true, readsRegistry: true },
      async verify({ reference, identity, type }) {
        const { directory } = stack;
        const trustRoot = await writeTrustRoot(directory, trustedRoot);
        const { code, out } = await tryPolicy(policyTester, {
          ...{ image: reference, identity, issuer, predicateType: type, trustRoot, directory, env: registry.env },
        });
        return { ok: code === 0, out };
      },
    });
  }
  return readers;
}

/** GitHub's own client, offline: it takes the bytes of the manifest for the artifact. */
function ghReader(
  gh: string,
  {
    stack,
    registry,
    written,
  }: { readonly stack: Stack; readonly registry: Registry; written(bytes: Buffer): Promise<string> },
): Reader {
  return {
    ...{ name: 'gh attestation verify', asksForType: true, readsRegistry: false },
    async verify({ reference, identity, type, bundle }) {
      const path = new URL(`http://${reference.replace(/@.*/, '')}`).pathname.slice(1);
      const client = await createRegistryClient(registry, path);
      const manifest = await client.manifest(reference.slice(reference.indexOf('@') + 1));
      const root = join(stack.directory, 'gh-trusted-root.jsonl');
      // One root per line, each ended by a line break.
      await writeFile(root, `${JSON.stringify(JSON.parse(await readFile(stack.trustedRoots.logs, 'utf8')))}\n`);
      const { code, out } = await runProgram(gh, [
        ...['attestation', 'verify', await written(manifest?.bytes ?? Buffer.alloc(0))],
        ...['--bundle', await written(bundle), '--custom-trusted-root', root, '--owner', 'octo-org'],
        ...['--cert-oidc-issuer', stack.issuer, '--cert-identity', identity],
        ...['--predicate-type', type, '--format', 'json'],
      ]);
      return { ok: code === 0, out };
    },
  };
}

// ── theirs, read by our gate ────────────────────────────────────────────────────────────────────

interface Attester {
  readonly name: string;
  /** Attests an image by its reference. */
  attest(reference: string, image: BuiltImage): Promise<{ readonly ok: boolean; readonly out: string }>;
  readonly format: Format;
  /** The line of `attestations` that accepts it. */
  readonly line: string;
  /** Twins of the line, with the reason of their refusal. */
  readonly refused: readonly (readonly [what: string, line: string, reason: string])[];
}

async function theirsReadByUs(registry: Registry, options: AttestationOptions): Promise<void> {
  const { report, stack } = options;
  for (const [index, attester] of (await attestersOf(registry, options)).entries()) {
    const folder = `attested-${index}`;
    const image = buildImage({ content: folder });
    await report.check(`our gate reads what ${attester.name} attests, ${registry.name}`, async () => {
      const reference = await registry.push(`${folder}/app`, image);
      const { ok, out } = await attester.attest(reference, image);
      expectThat(ok, 'an attestation', out);
      const gate = (more: Partial<GateOptions>) =>
        askGate(stack, registry, { reference, attestations: attester.line, identity: SUBJECT, ...more });
      const accepted = await gate({});
      expectThat(accepted.ok, 'verified', accepted.out);
      const twins: [what: string, more: Partial<GateOptions>, reason: RegExp][] = attester.refused.map(
        ([what, attestations, reason]) => [what, { attestations }, new RegExp(`^${reason}$`)],
      );
      twins.push(['another identity', { identity: STRANGER }, /^IDENTITY_MISMATCH$/]);
      twins.push(['another type', { attestations: 'https://example.com/other' }, /^NO_ATTESTATION$/]);
      twins.push([
        'an attestation as the image signature',
        { requireSignature: true, attestations: '' },
        /^NO_SIGNATURE$/,
      ]);
      const client = await createRegistryClient(registry, `${folder}/app`);
      const stored = (await readSignatures(client, image.digest, 'att')).filter(
        ({ format }) => format === attester.format,
      );
      const twin = async (
        name: string,
        subject: BuiltImage,
        signatures: readonly StoredSignature[],
      ): Promise<string> => {
        const pinned = await registry.push(`${folder}/${name}`, subject);
        const target = await createRegistryClient(registry, `${folder}/${name}`);
        for (const one of signatures) await attachSignature(target, subject, one, 'att');
        return pinned;
      };
      const other = buildImage({ content: `not ${folder}` });
      twins.push([
        'a changed predicate',
        { reference: await twin('tampered', image, stored.map(withTamperedPayload)) },
        /^SIGNATURE_INVALID$/,
      ]);
      twins.push(['another digest', { reference: await twin('other', other, stored) }, /^SUBJECT_DIGEST_MISMATCH$/]);
      for (const [what, more, reason] of twins) {
        const refused = await gate(more);
        expectThat(
          !refused.ok && reason.test(refused.reason ?? ''),
          `a refusal of ${what} with ${reason}`,
          refused.out,
        );
      }
    });
  }
  await signatureIsNoAttestation(registry, options);
  await junkBesideGood(registry, options);
}

interface GateOptions {
  readonly reference: string;
  readonly attestations: string;
  readonly identity: string;
  readonly requireSignature?: boolean;
}

async function askGate(stack: Stack, registry: Registry, options: GateOptions): Promise<Outcome> {
  const run = await runAction({
    actionDir: join(ROOT, 'verify'),
    inputs: {
      images: options.reference,
      'certificate-identity': options.identity,
      'certificate-oidc-issuer': stack.issuer,
      'trusted-root': stack.trustedRoots.logs,
      ...(options.requireSignature === true ? {} : { 'require-signature': 'false' }),
      ...(options.attestations === '' ? {} : { attestations: options.attestations }),
      offline: 'true',
      'wait-for': '0s',
    },
    env: { ...registry.env },
    tempRoot: stack.directory,
  });
  const results = JSON.parse(run.outputs['results'] || '{}') as { images?: { reason: string | null }[] };
  const reason = results.images?.find((image) => image.reason !== null)?.reason;
  return {
    ok: run.exitCode === 0 && run.outputs['verified'] === 'true',
    ...(reason == null ? {} : { reason }),
    out: shownRun(run),
  };
}

async function attestersOf(
  registry: Registry,
  { stack, cosign3, cosign2, sigstoreGo }: AttestationOptions,
): Promise<readonly Attester[]> {
  const predicate = join(stack.directory, 'foreign-provenance.json');
  await writeFile(predicate, JSON.stringify(FOREIGN_PROVENANCE));
  const line = `${SLSA} build-type=${BUILD_TYPE}`;
  const refused = [
    ['a build type that nobody compares', SLSA, 'ATTESTATION_MISMATCH'],
    ['another build type', `${SLSA} build-type=https://example.com/other`, 'ATTESTATION_MISMATCH'],
  ] as const;
  const ofCosign = (client: CosignClient, major: 2 | 3, format: Format): Attester => ({
    ...{ name: `${client.name} (${format})`, format, line, refused },
    attest: (reference) =>
      client.run(
        [
          'attest',
          '--predicate',
          predicate,
          '--type',
          'slsaprovenance1',
          ...attestFlags(stack, major, format),
          reference,
        ],
        registry.env,
      ),
  });
  const attesters = [ofCosign(cosign3, 3, 'bundle'), ofCosign(cosign3, 3, 'legacy')];
  if (cosign2 !== undefined) attesters.push(ofCosign(cosign2, 2, 'bundle'), ofCosign(cosign2, 2, 'legacy'));
  if (sigstoreGo !== undefined) attesters.push(ofActionsAttest(registry, stack, sigstoreGo));
  return attesters;
}

function attestFlags(stack: Stack, major: 2 | 3, format: Format): readonly string[] {
  const common = [
    '--allow-http-registry',
    '--oidc-provider',
    'github-actions',
    '--trusted-root',
    stack.trustedRoots.logs,
  ];
  if (format === 'bundle') {
    return [...common, ...(major === 2 ? ['--new-bundle-format'] : []), '--signing-config', stack.signingConfigs.v1];
  }
  return [
    ...common,
    ...(major === 3 ? ['--new-bundle-format=false', '--use-signing-config=false'] : []),
    ...['--fulcio-url', stack.urls.fulcio, '--rekor-url', stack.urls.rekor1],
  ];
}

/** What actions/attest writes for this job (https://github.com/actions/toolkit, packages/attest), by another signer. */
function ofActionsAttest(registry: Registry, stack: Stack, sigstoreGo: string): Attester {
  const server = 'https://github.com';
  return {
    ...{ name: 'the format of actions/attest, signed by sigstore-go', format: 'bundle', line: 'provenance' },
    refused: [
      [
        'another builder',
        'provenance builder-id=https://github.com/octo-org/other/.github/workflows/a.yml@refs/heads/main',
        'ATTESTATION_MISMATCH',
      ],
      ['another build type', 'provenance build-type=https://example.com/other', 'ATTESTATION_MISMATCH'],
    ],
    async attest(reference, image) {
      const token = stack.idToken();
      const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<
        string,
        string
      >;
      const { repository = '', ref = '', workflow_ref = '', job_workflow_ref = '' } = claims;
      const statement = {
        _type: 'https://in-toto.io/Statement/v1',
        subject: [{ name: reference.replace(/@.*/, ''), digest: { sha256: image.digest.slice('sha256:'.length) } }],
        predicateType: SLSA,
        predicate: {
          buildDefinition: {
            buildType: 'https://actions.github.io/buildtypes/workflow/v1',
            externalParameters: {
              workflow: {
                ref,
                repository: `${server}/${repository}`,
                path: workflow_ref.slice(repository.length + 1).split('@')[0],
              },
            },
            internalParameters: {
              github: {
                event_name: claims['event_name'],
                repository_id: claims['repository_id'],
                repository_owner_id: claims['repository_owner_id'],
                runner_environment: claims['runner_environment'],
              },
            },
            resolvedDependencies: [{ uri: `git+${server}/${repository}@${ref}`, digest: { gitCommit: claims['sha'] } }],
          },
          runDetails: {
            builder: { id: `${server}/${job_workflow_ref}` },
            metadata: {
              invocationId: `${server}/${repository}/actions/runs/${claims['run_id']}/attempts/${claims['run_attempt']}`,
            },
          },
        },
      };
      const files = {
        statement: join(stack.directory, 'statement.json'),
        bundle: join(stack.directory, 'attested.json'),
      };
      await writeFile(files.statement, JSON.stringify(statement));
      const { code, out } = await signStatement(sigstoreGo, {
        ...{ token, ...files, signingConfig: stack.signingConfigs.v1, trustedRoot: stack.trustedRoots.logs },
      });
      if (code !== 0) return { ok: false, out };
      const repositoryPath = new URL(`http://${reference.replace(/@.*/, '')}`).pathname.slice(1);
      const client = await createRegistryClient(registry, repositoryPath);
      await attachSignature(client, image, { format: 'bundle', bundle: await readFile(files.bundle) });
      return { ok: true, out };
    },
  };
}

async function signatureIsNoAttestation(
  registry: Registry,
  { report, stack, cosign3 }: AttestationOptions,
): Promise<void> {
  await report.check(`our gate takes no image signature for an attestation, ${registry.name}`, async () => {
    const reference = await registry.push('attested-signed/app', buildImage({ content: 'signed only' }));
    const { env } = registry;
    const signed = await cosign3.sign({
      reference,
      format: 'both',
      services: 'v1',
      annotations: {},
      recursive: false,
      env,
    });
    expectThat(signed.ok, 'a signature', signed.out);
    const asSignature = await askGate(stack, registry, {
      reference,
      attestations: '',
      identity: SUBJECT,
      requireSignature: true,
    });
    expectThat(asSignature.ok, 'verified as a signature', asSignature.out);
    const refused = await askGate(stack, registry, { reference, attestations: 'provenance', identity: SUBJECT });
    expectThat(!refused.ok && refused.reason === 'NO_ATTESTATION', 'NO_ATTESTATION', refused.out);
  });
}

async function junkBesideGood(registry: Registry, { report, stack, cosign3 }: AttestationOptions): Promise<void> {
  await report.check(`junk of the same type beside a good attestation, ${registry.name}`, async () => {
    const reference = await registry.push('attested-junk/app', buildImage({ content: 'junk beside good' }));
    const file = join(stack.directory, 'junk.json');
    for (const [what, predicate, passes] of [
      ['junk alone', '{}', false],
      ['junk and a good one', JSON.stringify(SBOM), true],
    ] as const) {
      await writeFile(file, predicate);
      const attested = await cosign3.run(
        [
          'attest',
          '--predicate',
          file,
          '--type',
          'https://spdx.dev/Document/v2.3',
          ...attestFlags(stack, 3, 'bundle'),
          reference,
        ],
        registry.env,
      );
      expectThat(attested.ok, 'an attestation', attested.out);
      const asked = await askGate(stack, registry, { reference, attestations: 'spdx', identity: SUBJECT });
      expectThat(asked.ok === passes, `${what} ${passes ? 'accepted' : 'refused'}`, asked.out);
      expectThat(passes || asked.reason === 'ATTESTATION_MISMATCH', 'ATTESTATION_MISMATCH', asked.out);
    }
  });
}
