import { type BuiltImage, buildImage, buildIndex } from '../../sandbox/registry/image-builder.ts';
import { mapLimited } from '../../src/usecases/map-limited.ts';
import { expectThat, type Report } from '../common/report.ts';
import { SUBJECT } from '../common/sandbox-identity.ts';
import type { Registry } from '../peers/registry.ts';
import type { Services } from '../peers/stack.ts';
import type { Format, SigningClient, Verifying, VerifyingClient } from './clients.ts';
import { createRegistryClient } from './registry-client.ts';
import { attachSignature, readSignatures, type StoredSignature, withTamperedPayload } from './signatures.ts';

export type Shape = 'single image' | 'index' | 'recursive' | 'annotations';

/** One signing run, judged by every verifier. */
export interface Case {
  readonly number: number;
  readonly signer: SigningClient;
  readonly format: Format | 'both';
  readonly services: Services;
  readonly registry: Registry;
  readonly shape: Shape;
}

/** What one verifier said of one format of one case. */
export interface Cell {
  readonly case: Case;
  readonly format: Format;
  readonly verifier: string;
  readonly verdict: 'agrees' | 'cannot' | 'not signed' | 'disagrees';
  /** Why the verifier or the signer cannot; the assertion held. */
  readonly why?: string;
  readonly twins: number;
}

export interface MatrixOptions {
  readonly report: Report;
  readonly signers: readonly SigningClient[];
  readonly verifiers: readonly VerifyingClient[];
  readonly registries: readonly Registry[];
  /** Every case on every registry; otherwise the registries take turns. */
  readonly everyRegistry: boolean;
  /** Every shape with every format and set of services; otherwise two of the four take turns. */
  readonly everyShape: boolean;
}

/** A subject that never signed here. */
const STRANGER = SUBJECT.replace('octo-repo', 'octo-other');

const FORMATS: readonly Case['format'][] = ['bundle', 'legacy', 'both'];
const SERVICES: readonly Services[] = ['v1', 'v2', 'tsa'];
const SHAPES: readonly Shape[] = ['single image', 'index', 'recursive', 'annotations'];

export type Plan = Pick<MatrixOptions, 'signers' | 'registries' | 'everyRegistry' | 'everyShape'>;

/**
 * For each signer every format with every set of services, in every shape, on every registry. Where
 * registries take turns, and shapes where there are no more than two registries, each registry still meets each
 * format, each set of services and each shape.
 */
export function planCases({ signers, registries, everyRegistry, everyShape }: Plan): readonly Case[] {
  const hows = FORMATS.flatMap((format) => SERVICES.map((services) => ({ format, services })));
  const cases: Case[] = [];
  for (const [s, signer] of signers.entries()) {
    for (const [h, how] of hows.entries()) {
      for (const [k, shape] of SHAPES.entries()) {
        if (!everyShape && (s + h + k) % 2 !== 0) continue;
        // Half steps where every other shape is left out, or each shape would meet every other registry only.
        const turn = (everyShape ? s + h + k : s + (h >> 1) + (k >> 1)) % registries.length;
        for (const [r, registry] of registries.entries()) {
          if (!everyRegistry && r !== turn) continue;
          cases.push({ number: cases.length + 1, signer, ...how, registry, shape });
        }
      }
    }
  }
  return cases;
}

/** Runs every case, two at a time; a line of the report for each signing and each cell. */
export async function runMatrix(options: MatrixOptions): Promise<readonly Cell[]> {
  const cells = await mapLimited(planCases(options), { limit: 2 }, (one) => runCase(one, options));
  return cells.flat();
}

const describeCase = (one: Case): string =>
  `#${one.number} ${one.signer.name} signs, ${one.format}, ${one.services}, ${one.registry.name}, ${one.shape}`;

async function runCase(one: Case, { report, verifiers }: MatrixOptions): Promise<readonly Cell[]> {
  const annotations: Record<string, string> = one.shape === 'annotations' ? { team: 'red', note: 'a <b> & c' } : {};
  const { env } = one.registry;
  let prepared: Prepared | undefined;
  let refused: string | undefined;
  await report.check(describeCase(one), async () => {
    const image = imageOf(one.shape, `case ${one.number}`);
    const reference = await one.registry.push(`case-${one.number}/app`, image);
    const recursive = one.shape === 'recursive';
    const signed = await one.signer.sign({ ...one, reference, annotations, recursive, env });
    const limit = signingLimitOf(one);
    if (limit !== undefined) {
      expectThat(!signed.ok && limit.says.test(signed.out), `a refusal that says ${limit.says}`, signed.out);
      refused = limit.why;
      return;
    }
    expectThat(signed.ok, 'a signature', signed.out);
    prepared = await prepareTwins(one, image, reference);
  });
  if (refused !== undefined) {
    const format = one.format === 'both' ? 'bundle' : one.format;
    const why = refused;
    return verifiers.map(({ name }) => ({ case: one, format, verifier: name, verdict: 'not signed', why, twins: 0 }));
  }
  if (prepared === undefined) return [];
  const cells: Cell[] = [];
  for (const verifier of verifiers) {
    for (const stored of prepared.signatures) {
      cells.push(await judge({ one, stored, verifier, prepared, annotations, report }));
    }
  }
  return cells;
}

function imageOf(shape: Shape, content: string): BuiltImage {
  return shape === 'index' || shape === 'recursive' ? buildIndex({ content }) : buildImage({ content });
}

interface Prepared {
  readonly image: BuiltImage;
  readonly reference: string;
  readonly signatures: readonly StoredSignature[];
  /** The same image in another repository, with nothing but the signatures, their payloads changed. */
  readonly tampered: string;
  /** Another image with the genuine signatures of this one. */
  readonly other: string;
}

async function prepareTwins(one: Case, image: BuiltImage, reference: string): Promise<Prepared> {
  const signatures = await readSignatures(
    await createRegistryClient(one.registry, `case-${one.number}/app`),
    image.digest,
  );
  const formats = signatures.map(({ format }) => format);
  const wanted = one.format === 'both' ? ['bundle', 'legacy'] : [one.format];
  expectThat(formats.join() === wanted.join(), `the signatures ${wanted.join()}`, formats.join());
  const twin = async (name: string, subject: BuiltImage, stored: readonly StoredSignature[]): Promise<string> => {
    const repository = `case-${one.number}/${name}`;
    const pinned = await one.registry.push(repository, subject);
    const client = await createRegistryClient(one.registry, repository);
    for (const signature of stored) await attachSignature(client, subject, signature);
    return pinned;
  };
  return {
    image,
    reference,
    signatures,
    tampered: await twin('tampered', image, signatures.map(withTamperedPayload)),
    other: await twin('other', imageOf(one.shape, `not case ${one.number}`), signatures),
  };
}

interface Judging {
  readonly one: Case;
  readonly stored: StoredSignature;
  readonly verifier: VerifyingClient;
  readonly prepared: Prepared;
  /** That were signed. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly report: Report;
}

/** One verifier accepts one signature and refuses its twins; or answers as its known limit says. */
async function judge({ one, stored, verifier, prepared, annotations, report }: Judging): Promise<Cell> {
  const { format } = stored;
  const leavesOut = leavesAnnotationsOut(one, format);
  const asked: Verifying = {
    reference: prepared.reference,
    format,
    services: one.services,
    identity: SUBJECT,
    annotations: leavesOut ? {} : annotations,
    recursive: one.shape === 'recursive',
    env: one.registry.env,
    bundle: stored.format === 'bundle' ? stored.bundle : stored.manifest,
  };
  const limit = limitOf(verifier, one, format);
  const cell = { case: one, format, verifier: verifier.name };
  const name = `#${one.number} ${verifier.name} ${limit === undefined ? 'judges' : 'cannot judge'} the ${format} signature`;
  let result: Cell = { ...cell, verdict: 'disagrees', twins: 0 };
  await report.check(name, async () => {
    if (limit !== undefined) {
      const { ok, out } = await verifier.verify(asked);
      expectThat(ok === limit.accepts && limit.says.test(out), `an answer that says ${limit.says}`, out);
      result = { ...cell, verdict: 'cannot', why: limit.why, twins: 0 };
      return;
    }
    for (const reference of placesOf(prepared, one.shape, verifier)) {
      const { ok, out } = await verifier.verify({
        ...asked,
        reference: reference.pinned,
        bundle: await reference.bundle(one, asked),
      });
      expectThat(ok, `${reference.pinned} accepted`, out);
    }
    const tamperedBundle = withTamperedPayload(stored);
    const twins: readonly [what: string, asked: Verifying, says: RegExp][] = [
      ['a wrong identity', { ...asked, identity: STRANGER }, IDENTITY],
      [
        'a tampered payload',
        {
          ...asked,
          reference: prepared.tampered,
          bundle: tamperedBundle.format === 'bundle' ? tamperedBundle.bundle : asked.bundle,
        },
        PAYLOAD,
      ],
      ['another digest', { ...asked, reference: prepared.other }, DIGEST],
    ];
    const more: [string, Verifying, RegExp][] = [];
    if (one.shape === 'annotations' && readsAnnotations(verifier, format)) {
      const wanted = leavesOut ? annotations : { ...annotations, team: 'blue' };
      more.push([
        leavesOut ? 'annotations left out' : 'another annotation',
        { ...asked, annotations: wanted },
        ANNOTATION,
      ]);
    }
    if (one.shape === 'index' && verifier.name === 'our gate') {
      more.push(['platform images nobody signed', { ...asked, recursive: true }, /NO_SIGNATURE/]);
    }
    for (const [what, twin, says] of [...twins, ...more]) {
      const outcome = await verifier.verify(twin);
      // The gate answers by code; the others only by words.
      const text = outcome.reason ?? outcome.out;
      expectThat(!outcome.ok && says.test(text), `a refusal of ${what} that says ${says}`, text);
    }
    result = { ...cell, verdict: 'agrees', twins: twins.length + more.length };
  });
  return result;
}

// What the gate, cosign (bundle, legacy) and sigstore-go say, in this order.
const IDENTITY = /IDENTITY_MISMATCH|none of the expected identities matched|no matching CertificateIdentity/i;
const PAYLOAD =
  /SIGNATURE_INVALID|could not verify envelope|payload hash \w+ does not match|calculated root|matching bundle to payload|invalid signature when validating/;
const DIGEST =
  /^SUBJECT_DIGEST_MISMATCH$|provided artifact digest does not match any digest|invalid or missing digest in claim/;
const ANNOTATION = /^ANNOTATION_MISMATCH$|missing or incorrect annotation/;

interface PlaceToVerify {
  readonly pinned: string;
  bundle(one: Case, asked: Verifying): Promise<Buffer>;
}

/** The image; after recursive signing the platform images too, unless the verifier follows them itself. */
function placesOf(prepared: Prepared, shape: Shape, verifier: VerifyingClient): readonly PlaceToVerify[] {
  const top: PlaceToVerify = { pinned: prepared.reference, bundle: async (_one, asked) => asked.bundle };
  if (shape !== 'recursive' || verifier.name === 'our gate') return [top];
  const children = prepared.image.manifests.slice(0, -1).map(
    ({ digest }): PlaceToVerify => ({
      pinned: prepared.reference.replace(/@.*/, `@${digest}`),
      bundle: async (one, asked) => {
        const client = await createRegistryClient(one.registry, `case-${one.number}/app`);
        const stored = (await readSignatures(client, digest)).find(({ format }) => format === asked.format);
        return stored?.format === 'bundle' ? stored.bundle : asked.bundle;
      },
    }),
  );
  return [top, ...children];
}

interface Limit {
  readonly why: string;
  /** What it must say when asked all the same. */
  readonly says: RegExp;
  readonly accepts: boolean;
}

/** What a verifier is known not to do. */
function limitOf(verifier: VerifyingClient, one: Case, format: Format): Limit | undefined {
  if (format !== 'legacy') return undefined;
  if (verifier.name.startsWith('sigstore-go')) {
    return { why: 'reads bundle files only', says: /unknown field "schemaVersion"/, accepts: false };
  }
  if (verifier.name === 'cosign 2.6.4' && one.format === 'both') {
    const why = 'with a trusted root it reads the bundle wherever there is one, whatever format it is asked for';
    return { why, says: /"type":"https:\/\/sigstore\.dev\/cosign\/sign\/v1"/, accepts: true };
  }
  return undefined;
}

/** What a signer is known not to do. */
function signingLimitOf({ signer, format, services }: Case): Pick<Limit, 'why' | 'says'> | undefined {
  if (signer.name === 'ours') {
    if (format === 'bundle' || services === 'v1') return undefined;
    const why = 'the `.sig` tag is for readers that know only Rekor v1, so a configuration without one is refused';
    return { why, says: /INPUT_INVALID[\s\S]*need a Rekor v1 log/ };
  }
  if (services !== 'v2') return undefined;
  if (format === 'bundle' && signer.name === 'cosign 3.1.2') return undefined;
  return signer.name === 'cosign 2.6.4' && format !== 'legacy'
    ? { why: 'writes log entries of a kind that Rekor v2 no longer takes', says: /invalid type, must be hashedrekord/ }
    : { why: 'asks for the API of Rekor v1 in this format', says: /createLogEntry.*404|404|Not Found/i };
}

/** cosign 2.6.4 takes `-a` with bundles and signs without it. */
function leavesAnnotationsOut({ signer }: Case, format: Format): boolean {
  return signer.name === 'cosign 2.6.4' && format === 'bundle';
}

/** sigstore-go's client knows no annotations; cosign 2.6.4 takes any for verified in a bundle. */
function readsAnnotations({ name }: VerifyingClient, format: Format): boolean {
  return !name.startsWith('sigstore-go') && !(name === 'cosign 2.6.4' && format === 'bundle');
}
