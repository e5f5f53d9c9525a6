import { parseManifest } from '../../src/domain/image/descriptor.ts';
import { isDigest } from '../../src/domain/image/digest.ts';
import { INTOTO_PAYLOAD } from '../../src/domain/image/media-types.ts';
import { documentKind, readDocument, writtenMediaType } from '../../src/domain/image/registry-document.ts';
import { parseTrustedRoot } from '../../src/sigstore/trust/trusted-root.ts';
import { parseBundle } from '../../src/sigstore/verifying/bundle-json.ts';
import type { SignatureMaterial } from '../../src/sigstore/verifying/signature-material.ts';
import type { TestDocument } from './documents.ts';

/**
 * What a document says, reader by reader: what each of Go's readers must see of it if ours takes it. Undefined is
 * what ours refuses, or does not look at.
 */
export type Views = Readonly<Record<string, unknown>>;

type Json = Readonly<Record<string, unknown>>;

const LIMITS = { maxBytes: 4 * 1024 * 1024, maxMembers: 150_000 };

/** Throws whatever our reader throws for what it refuses. */
export function readAsWeDo({ kind, bytes }: TestDocument): Views {
  switch (kind) {
    case 'image':
      return readImage(bytes);
    case 'bundle':
      return readBundle(bytes);
    case 'statement':
      return readStatement(bytes);
    case 'trusted root':
      return readTrustedRoot(bytes);
  }
}

// ── images ──────────────────────────────────────────────────────────────────────────────────────

function readImage(bytes: Uint8Array): Views {
  const { json, flaws } = readDocument(bytes, LIMITS, 'the document');
  const [flaw] = flaws;
  if (flaw !== undefined) throw new SyntaxError(flaw.problem);
  const kind = documentKind(json);
  if (kind === 'both' || kind === 'neither') throw new SyntaxError(kind);
  if (kind === 'manifest') parseManifest(json, 'the document');
  else checkIndex(json);
  const head = {
    mediaType: writtenMediaType(json, 'the document'),
    artifactType: json['artifactType'],
    subject: json['subject'] === undefined ? null : toDescriptor(json['subject']),
    annotations: toTexts(json['annotations']),
  };
  const asIndex = { ...head, manifests: toDescriptors(json['manifests']) };
  const asManifest = { ...head, config: toDescriptor(json['config'] ?? {}), layers: toDescriptors(json['layers']) };
  return {
    'go-containerregistry index': asIndex,
    'go-containerregistry manifest': asManifest,
    'image-spec index': asIndex,
    'image-spec manifest': asManifest,
    fields: { mediaType: head.mediaType, isImage: kind === 'manifest', isIndex: kind === 'index' },
  };
}

/** As every use of an index has it: each entry an object with a digest of ours and a media type. */
function checkIndex(json: Json): void {
  const { manifests } = json;
  if (!Array.isArray(manifests)) throw new TypeError('manifests is not a list');
  for (const entry of manifests as unknown[]) {
    const { digest, mediaType } = asObject(entry);
    if (!isDigest(digest) || typeof mediaType !== 'string') throw new TypeError('an entry names no manifest');
  }
}

function asObject(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('not an object');
  return value as Json;
}

function toDescriptors(value: unknown): readonly unknown[] {
  return ((value ?? []) as readonly unknown[]).map(toDescriptor);
}

function toDescriptor(value: unknown): unknown {
  if (value === null) return null;
  const { mediaType, digest, size, artifactType, annotations, platform } = asObject(value);
  return {
    mediaType,
    digest,
    size: size ?? 0,
    artifactType,
    annotations: toTexts(annotations),
    platform: platform === undefined || platform === null ? null : toPlatform(asObject(platform)),
  };
}

function toPlatform({ os, architecture, variant, ...more }: Json): unknown {
  return { os, architecture, variant, 'os.version': more['os.version'], 'os.features': more['os.features'] ?? [] };
}

function toTexts(value: unknown): unknown {
  return value ?? {};
}

// ── Sigstore ────────────────────────────────────────────────────────────────────────────────────

function readBundle(bytes: Uint8Array): Views {
  const parsed = parseBundle(bytes);
  switch (parsed.kind) {
    case 'message-signature':
      return { 'protobuf-specs content': { isMessageSignature: true, payloadType: '' } };
    case 'other-artifact':
      return contentViews(parsed.payloadType);
    case 'attestation':
      return contentViews(INTOTO_PAYLOAD);
    case 'signature':
      return { ...contentViews(parsed.material.payloadType), 'protobuf-specs': toBundle(parsed.material) };
  }
}

function contentViews(payloadType: string | undefined): Views {
  return {
    'protobuf-specs content': { isMessageSignature: false, payloadType },
    'encoding/json content': { payloadType },
  };
}

function toBundle(material: SignatureMaterial): unknown {
  return {
    payload: toBase64(material.payload),
    payloadType: material.payloadType,
    signatures: [toBase64(material.signature)],
    certificates: [toBase64(material.certificate)],
    hasPublicKey: false,
    entries: material.entries.map(({ entry }) => {
      const proof = entry.inclusionProof;
      return {
        logIndex: entry.logIndex,
        keyId: toBase64(entry.logId?.keyId),
        kind: entry.kindVersion?.kind,
        version: entry.kindVersion?.version,
        integratedTime: entry.integratedTime,
        promise: toBase64(entry.inclusionPromise?.signedEntryTimestamp),
        body: toBase64(entry.canonicalizedBody),
        proof:
          proof === undefined
            ? null
            : {
                logIndex: proof.logIndex,
                rootHash: toBase64(proof.rootHash),
                treeSize: proof.treeSize,
                hashes: proof.hashes.map(toBase64),
                checkpoint: proof.checkpoint?.envelope,
              },
      };
    }),
    timestamps: material.timestamps.map(toBase64),
  };
}

/** Through a bundle, as that is how statements are read. */
function readStatement(bytes: Uint8Array): Views {
  const payload = Buffer.from(bytes).toString('base64');
  const bundle = {
    dsseEnvelope: { payload, payloadType: 'application/vnd.in-toto+json', signatures: [{ sig: 'eA==' }] },
  };
  const parsed = parseBundle(Buffer.from(JSON.stringify(bundle)));
  if (parsed.kind !== 'attestation') throw new TypeError(parsed.kind);
  const view = { predicateType: parsed.predicateType };
  return { 'in-toto': view, 'encoding/json': view };
}

function readTrustedRoot(bytes: Uint8Array): Views {
  // As file and input give it to us.
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const root = parseTrustedRoot(text);
  const toLog = (log: (typeof root.tlogs)[number]): unknown => ({
    baseUrl: log.baseUrl,
    key: toBase64(log.publicKey?.rawBytes),
    details: log.publicKey?.keyDetails,
    validFor: toRange(log.publicKey?.validFor),
    logId: toBase64(log.logId?.keyId),
  });
  const toAuthority = (authority: (typeof root.certificateAuthorities)[number]): unknown => ({
    uri: authority.uri,
    certificates: authority.certChain?.certificates.map(({ rawBytes }) => toBase64(rawBytes)) ?? [],
    validFor: toRange(authority.validFor),
  });
  return {
    'protobuf-specs': {
      tlogs: root.tlogs.map(toLog),
      ctlogs: root.ctlogs.map(toLog),
      certificateAuthorities: root.certificateAuthorities.map(toAuthority),
      timestampAuthorities: root.timestampAuthorities.map(toAuthority),
    },
  };
}

function toRange(range: { readonly start?: Date | undefined; readonly end?: Date | undefined } | undefined): unknown {
  return { start: range?.start?.getTime() ?? null, end: range?.end?.getTime() ?? null };
}

function toBase64(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : Buffer.from(bytes).toString('base64');
}

// ── comparing ───────────────────────────────────────────────────────────────────────────────────

/** One text for equal views: Go prints an absent text, list of bytes or object as empty or null. */
export function canonical(view: unknown): string {
  return JSON.stringify(order(view));
}

function order(value: unknown): unknown {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(order);
  if (typeof value !== 'object') return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return members.map(([key, inner]) => [key, order(inner)]);
}
