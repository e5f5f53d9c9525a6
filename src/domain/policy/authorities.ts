import type { AttestationRequirement } from '../attestation/evaluate-attestation.ts';
import { type LineSigners, namesSigner, parseLineSigners } from '../attestation/line-signers.ts';
import { isImageSignatureType, parsePredicateType } from '../attestation/predicate-types.ts';
import { parseRequirementLine, splitRequirements } from '../attestation/requirement-line.ts';
import type { IdentityInputs, IdentityRequirement } from '../identity/requirement.ts';
import { parseSignatureRepository } from '../image/parse-signature-repository.ts';
import type { Repository } from '../image/reference.ts';
import { quoted } from '../text/quoted.ts';
import { ValueError } from '../text/value-error.ts';
import { type Field, type FieldReader, type Fields, join } from './fields.ts';
import type { Authority, KeylessAuthority } from './policy.ts';
import type { PolicyAnnotations } from './policy-annotations.ts';
import { addIdentityProblem, joinRequirements, type PolicyIdentityContext, readIdentity } from './policy-identity.ts';
import { missingServices, namedServices } from './services.ts';
import { type TrustRootParts, trustedRootJson } from './trust-roots.ts';

/** What the authorities of a policy are read with. */
export interface AuthorityContext {
  readonly identity: PolicyIdentityContext;
  readonly annotations: PolicyAnnotations;
  /** The TrustRoots of the files by name; undefined for one that cannot be used, which is reported there. */
  readonly trustRoots: ReadonlyMap<string, TrustRootParts | undefined>;
}

const KINDS = ['key', 'keyless', 'static'] as const;
const BESIDES = ['source', 'ctlog', 'attestations', 'rfc3161timestamp', 'signatureFormat'] as const;
const ELSEWHERE = {
  identities: 'It belongs into `keyless`.',
  tlog: 'Write `ctlog`, which means the transparency log.',
  policy: 'It belongs into an entry of `attestations`, but policies in CUE or Rego are not supported.',
};

/** Reads an entry of `spec.authorities`. */
export function readAuthority(
  reader: FieldReader,
  item: Field,
  context: AuthorityContext & { readonly index: number },
): Authority | undefined {
  const fields = reader.map(item, ['name', ...KINDS, ...BESIDES], ELSEWHERE);
  if (fields === undefined) return undefined;
  const given = reader.text(fields.get('name'));
  const name = given ?? `authority-${context.index}`;
  const kinds = KINDS.filter((kind) => fields.has(kind));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    const what = kind === undefined ? 'none of key, keyless and static is given' : `${kinds.join(' and ')} are given`;
    reader.add(item, `${what}; an authority has exactly one`, 'Write `keyless` or `static`.');
    return undefined;
  }
  const field = fields.get(kind);
  if (field === undefined) return undefined;
  switch (kind) {
    case 'key':
      reader.add(
        field,
        'signatures by keys are not supported: this gate verifies keyless signatures only',
        'Write `keyless` with `identities`, or remove the authority.',
      );
      return undefined;
    case 'static':
      return readStatic(reader, field, { fields, name });
    case 'keyless':
      return readKeyless(reader, field, { ...context, fields, name });
  }
}

interface Parent {
  /** Those of the authority. */
  readonly fields: Fields;
  readonly name: string;
}

function readStatic(reader: FieldReader, field: Field, { fields, name }: Parent): Authority | undefined {
  for (const other of BESIDES) {
    const beside = fields.get(other);
    if (beside !== undefined) {
      reader.add(beside, `${other} beside static, which looks at no signature`, 'Remove one of them.');
    }
  }
  const own = reader.map(field, ['action', 'message']);
  if (own === undefined) return undefined;
  if (!own.has('action')) {
    reader.add(
      { path: join(field.path, 'action'), line: field.line },
      'the field is missing',
      'Add `action: fail` or `action: pass`.',
    );
  }
  const action = reader.oneOf(own.get('action'), ['pass', 'fail']);
  const message = reader.text(own.get('message'));
  return action === undefined ? undefined : { kind: 'static', name, action, message };
}

const KEYLESS = ['url', 'identities', 'ca-cert', 'trustRootRef', 'insecureIgnoreSCT'];

function readKeyless(
  reader: FieldReader,
  field: Field,
  context: AuthorityContext & Parent,
): KeylessAuthority | undefined {
  const { fields, name } = context;
  const before = reader.problems.length;
  const own = reader.map(field, KEYLESS);
  if (own === undefined) return undefined;
  refuseUnsafe(reader, own);
  const signers = readSigners(reader, { keyless: field, own }, context);
  const trust = readTrust(reader, own, context);
  const services = namedServices({
    certificateAuthority: readUrl(reader, own.get('url')),
    log: trust.logUrl,
  });
  if (trust.root !== undefined) refuseMissingServices(reader, services, { own, fields, root: trust.root });
  const format = reader.oneOf(fields.get('signatureFormat'), ['legacy', 'bundle']) ?? 'any';
  const source = readSource(reader, fields.get('source'));
  const types = readTypes(reader, fields.get('attestations'));
  if (types.length > 0 && context.annotations.given.has('annotations')) {
    const at = context.annotations.given.get('annotations') ?? field;
    reader.add(
      at,
      `authority ${quoted(name)} asks for attestations instead of the image signature, and only that has annotations`,
      'Remove one of them.',
    );
  }
  if (signers === undefined || reader.problems.length > before) return undefined;
  const { requirement, identities } = signers;
  const lines = readLines(reader, { identities, field }, context);
  if (reader.problems.length > before) return undefined;
  return {
    ...{ kind: 'keyless', name, requirement, format, source, services },
    requireSignature: types.length === 0,
    attestations: [...types.map(({ text, type }) => ofType(text, type, requirement)), ...lines],
    trustedRoot: trust.root === undefined ? undefined : trustedRootJson(trust.root),
    requireTimestamp: trust.requireTimestamp,
  };
}

function refuseUnsafe(reader: FieldReader, own: Fields): void {
  const caCert = own.get('ca-cert');
  if (caCert !== undefined) {
    reader.add(
      caCert,
      'policy-controller accepts ca-cert and never uses it',
      'Write a TrustRoot with the certificate and `trustRootRef`.',
    );
  }
  const ignore = own.get('insecureIgnoreSCT');
  if (reader.boolean(ignore) === true && ignore !== undefined) {
    reader.add(
      ignore,
      'insecureIgnoreSCT is not supported: a certificate must be in a CT log if the trusted root lists any',
      'Remove it, or use a TrustRoot without `ctLogs`.',
    );
  }
}

interface IdentityPlace {
  readonly keyless: Field;
  /** The fields of `keyless`. */
  readonly own: Fields;
}

interface ReadSigners {
  readonly requirement: IdentityRequirement;
  /** The same, identity by identity, as inputs. */
  readonly identities: readonly IdentityInputs[];
}

function readSigners(
  reader: FieldReader,
  { keyless, own }: IdentityPlace,
  { annotations, identity: context }: AuthorityContext,
): ReadSigners | undefined {
  const field = own.get('identities');
  if (field === undefined) {
    reader.add(
      { path: join(keyless.path, 'identities'), line: keyless.line },
      'nobody is named who must have signed',
      'Add `identities` with `issuer` and `subject`.',
    );
    return undefined;
  }
  const items = reader.list(field) ?? [];
  const read = items.map((item) => readIdentity(reader, item, { annotations, context }));
  const identities = read.filter((one) => one !== undefined);
  if (items.length === 0 || identities.length < items.length) return undefined;
  const requirement = joinRequirements(identities.map((one) => one.requirement));
  if (requirement !== undefined) return { requirement, identities: identities.map(({ inputs }) => inputs) };
  reader.add(
    field,
    'the annotations of the policy mean different things for the issuers of this list',
    'Give only identities of one server, and write the others in a policy of their own.',
  );
  return undefined;
}

function readUrl(reader: FieldReader, field: Field | undefined): string | undefined {
  const text = reader.text(field);
  if (field === undefined || text === undefined) return undefined;
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  reader.add(field, `${quoted(text)} is not a URL`, 'Write a URL with its scheme, such as `https://…`.');
  return undefined;
}

interface Trust {
  /** Undefined: the root of the run. */
  readonly root: TrustRootParts | undefined;
  readonly requireTimestamp: boolean;
  readonly logUrl: string | undefined;
}

/**
 * The trusted root of an authority: certificate authorities and CT logs of `keyless.trustRootRef`, transparency logs of
 * `ctlog.trustRootRef` and timestamp authorities of `rfc3161timestamp.trustRootRef`, both by default from the first.
 */
function readTrust(reader: FieldReader, own: Fields, context: AuthorityContext & Parent): Trust {
  const { fields, trustRoots } = context;
  const log = fields.get('ctlog');
  const logFields = log === undefined ? undefined : reader.map(log, ['url', 'trustRootRef']);
  const timestamp = fields.get('rfc3161timestamp');
  const timestampFields = timestamp === undefined ? undefined : reader.map(timestamp, ['trustRootRef']);
  const logUrl = readUrl(reader, logFields?.get('url'));
  const logRef = logFields?.get('trustRootRef');
  if (logRef !== undefined && logFields?.has('url') === false) {
    reader.add(
      logRef,
      'policy-controller drops a ctlog of a v1beta1 policy that has a trustRootRef and no url',
      'Add `url`, the base URL of the log.',
    );
  }
  const refs = [own.get('trustRootRef'), logRef, timestampFields?.get('trustRootRef')];
  const [main, logs, timestamps] = refs.map((ref) => findRoot(reader, ref, trustRoots));
  const requireTimestamp = timestamp !== undefined;
  const [mainRef, ...otherRefs] = refs;
  const other = otherRefs.find((ref) => ref !== undefined);
  if (mainRef === undefined && other !== undefined) {
    reader.add(
      other,
      'a TrustRoot is named here but not for the certificates, so two trusted roots would be mixed',
      'Name a TrustRoot in `keyless.trustRootRef` too.',
    );
  }
  if (main === undefined) return { root: undefined, requireTimestamp, logUrl };
  const root: TrustRootParts = {
    ...main,
    tlogs: (logs ?? main).tlogs,
    timestampAuthorities: (timestamps ?? main).timestampAuthorities,
  };
  const why = whyUseless(root, requireTimestamp);
  if (why !== undefined && mainRef !== undefined) {
    reader.add(mainRef, `no signature can be accepted: ${why}`, 'Add what is missing to the TrustRoot.');
  }
  return { root, requireTimestamp, logUrl };
}

function findRoot(
  reader: FieldReader,
  ref: Field | undefined,
  trustRoots: AuthorityContext['trustRoots'],
): TrustRootParts | undefined {
  const name = reader.text(ref);
  if (ref === undefined || name === undefined) return undefined;
  if (!trustRoots.has(name)) {
    reader.add(
      ref,
      `no policy file has a TrustRoot ${quoted(name)}`,
      'Add its document (kind TrustRoot, with `sigstoreKeys`) to the policy files.',
    );
  }
  return trustRoots.get(name);
}

function whyUseless(root: TrustRootParts, requireTimestamp: boolean): string | undefined {
  if (root.certificateAuthorities.length === 0) return 'the TrustRoot lists no certificateAuthorities';
  if (requireTimestamp && root.timestampAuthorities.length === 0) {
    return 'rfc3161timestamp asks for a timestamp, but the TrustRoot lists no timestampAuthorities';
  }
  return root.tlogs.length + root.timestampAuthorities.length === 0
    ? 'the TrustRoot lists neither tLogs nor timestampAuthorities, so nothing proves when it was made'
    : undefined;
}

function refuseMissingServices(
  reader: FieldReader,
  services: KeylessAuthority['services'],
  { own, fields, root }: { readonly own: Fields; readonly fields: Fields; readonly root: TrustRootParts },
): void {
  for (const url of missingServices(services, root)) {
    const at = url === services.certificateAuthority ? own.get('url') : fields.get('ctlog');
    if (at === undefined) continue;
    reader.add(at, `the TrustRoot does not list ${quoted(url)}`, 'Write the URL that it lists, or remove this one.');
  }
}

function readSource(reader: FieldReader, field: Field | undefined): Repository | undefined {
  const items = field === undefined ? [] : (reader.list(field) ?? []);
  const [item, second] = items;
  if (item === undefined || field === undefined) return undefined;
  if (second !== undefined) {
    reader.add(field, `source has ${items.length} entries, and only one is supported`, 'Keep one of them.');
    return undefined;
  }
  const fields = reader.map(item, ['oci', 'signaturePullSecrets', 'tagPrefix']);
  if (fields === undefined) return undefined;
  const secrets = fields.get('signaturePullSecrets');
  if (secrets !== undefined) {
    reader.add(
      secrets,
      'signaturePullSecrets are secrets of a cluster',
      'Remove it, and log in to the registry before this step.',
    );
  }
  const prefix = fields.get('tagPrefix');
  if (prefix !== undefined) {
    reader.add(prefix, 'tags with a prefix are not supported', 'Remove it, and sign without a prefix.');
  }
  const text = reader.requiredText(fields, 'oci', item);
  const oci = fields.get('oci');
  if (text === undefined || oci === undefined) return undefined;
  try {
    return parseSignatureRepository(text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    reader.add(oci, error.message, 'Write the repository, such as `ghcr.io/acme/signatures`.');
    return undefined;
  }
}

interface WantedType {
  /** As written. */
  readonly text: string;
  readonly type: string;
}

function readTypes(reader: FieldReader, field: Field | undefined): readonly WantedType[] {
  const items = field === undefined ? [] : (reader.list(field) ?? []);
  return items.flatMap((item): WantedType[] => {
    const fields = reader.map(item, ['name', 'predicateType', 'policy']);
    if (fields === undefined) return [];
    const policy = fields.get('policy');
    if (policy !== undefined) reader.add(policy, NO_ENGINE, NO_ENGINE_CURE);
    reader.requiredText(fields, 'name', item);
    const text = reader.requiredText(fields, 'predicateType', item);
    const at = fields.get('predicateType');
    if (text === undefined || at === undefined) return [];
    const type = parsePredicateType(text);
    if (type !== undefined && !isImageSignatureType(type)) return [{ text, type }];
    const what =
      type === undefined
        ? `${quoted(text)} is neither a URI nor an alias of cosign`
        : `${quoted(text)} is the type of an image signature, which is not an attestation`;
    reader.add(at, what, 'Write the predicate type of the attestation, such as `https://slsa.dev/provenance/v1`.');
    return [];
  });
}

export const NO_ENGINE = 'policies in CUE or Rego are not supported: they need an engine that this gate does not have';
export const NO_ENGINE_CURE =
  `Remove it. The annotation countersign/attestations has conditions about attestations; the output ` +
  '`attestations-path` leads to the statements, for an engine of your own.';

function ofType(text: string, type: string, requirement: IdentityRequirement): AttestationRequirement {
  return {
    line: text,
    type: { name: text, accepts: (found) => found === type },
    signers: [{ ...requirement, annotations: new Map() }],
    ...{ builderId: undefined, buildType: undefined, perPlatform: false, hasOwnSigner: false, buildkit: false },
    anyContent: true,
  };
}

/** The lines of `countersign/attestations`, with the identities of this authority where a line names no signer. */
function readLines(
  reader: FieldReader,
  { identities, field }: { readonly identities: readonly IdentityInputs[]; readonly field: Field },
  { annotations, identity: context }: AuthorityContext,
): AttestationRequirement[] {
  const at = annotations.given.get('attestations');
  if (at === undefined || annotations.attestations === undefined) return [];
  const read = <T>(where: string, work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      reader.add(
        at,
        `${where}${error.message}`,
        'See "Attestations" in verify/README.md for the types and conditions.',
      );
      return undefined;
    }
  };
  const text = annotations.attestations;
  return (read('', () => splitRequirements(text)) ?? []).flatMap(({ number, text: line }) => {
    const where = `line ${number}: `;
    const parsed = read(where, () => parseRequirementLine(line));
    if (parsed === undefined) return [];
    const steps = namesSigner(parsed) ? identities.slice(0, 1) : identities;
    const fits = signersOfLine(steps.map((step) => () => parseLineSigners(parsed, step, context)));
    if (fits instanceof ValueError) {
      read(where, () => {
        throw fits;
      });
      return [];
    }
    for (const one of fits) {
      const problems = one.kind === 'invalid' ? one.problems : one.kind === 'no-identity' ? [one.problem] : [];
      for (const problem of problems) addIdentityProblem(reader, problem, { fields: new Map(), item: at, annotations });
    }
    const signers = joinLines(fits);
    if (signers === undefined) {
      const what = `${where}the line means different things for the identities of ${field.path}`;
      if (fits.every(({ kind }) => kind === 'signers')) reader.add(at, what, 'Name a signer in the line.');
      return [];
    }
    const { type, conditions, flags } = parsed;
    return [
      {
        ...{ line, type, signers, hasOwnSigner: namesSigner(parsed) },
        builderId: conditions.get('builder-id'),
        buildType: conditions.get('build-type'),
        perPlatform: flags.has('per-platform'),
        buildkit: flags.has('buildkit'),
      },
    ];
  });
}

/** The signers for each identity that the line does not contradict. If it contradicts all, the first contradiction. */
function signersOfLine(parsers: readonly (() => LineSigners)[]): readonly LineSigners[] | ValueError {
  const errors: ValueError[] = [];
  const fits = parsers.flatMap((parse) => {
    try {
      return [parse()];
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      errors.push(error);
      return [];
    }
  });
  const [first] = errors;
  return fits.length === 0 && first !== undefined ? first : fits;
}

/** The requirements of all identities, place by place: their pairs are alternatives, everything else is equal. */
function joinLines(fits: readonly LineSigners[]): readonly [IdentityRequirement, ...IdentityRequirement[]] | undefined {
  const lists = fits.flatMap((one) => (one.kind === 'signers' ? [one.signers] : []));
  const [list] = lists;
  if (list === undefined || lists.length < fits.length || lists.some(({ length }) => length !== list.length)) {
    return undefined;
  }
  const joined = list.map((_, index) => joinRequirements(lists.flatMap((one) => one[index] ?? [])));
  const [first, ...others] = joined.filter((one) => one !== undefined);
  return first === undefined || others.length + 1 < joined.length ? undefined : [first, ...others];
}
