import { isJsonObject, type JsonObject } from '../domain/text/json-object.ts';
import { quoted } from '../domain/text/quoted.ts';
import type { AdmissionRequest } from './review.ts';

/** The versions of AdmissionReview that can be answered. Only the first is read: v1beta1 left Kubernetes with 1.22. */
export const REVIEW_VERSION = 'admission.k8s.io/v1';
const OLD_VERSION = 'admission.k8s.io/v1beta1';
export type ReviewVersion = typeof REVIEW_VERSION | typeof OLD_VERSION;

export type ReadReview =
  | { readonly kind: 'request'; readonly request: AdmissionRequest }
  | {
      readonly kind: 'unreadable';
      /** Empty if the review has none that can be sent back. */
      readonly uid: string;
      /** The version to answer in. */
      readonly version: ReviewVersion;
      /** One sentence without its period. */
      readonly what: string;
    };

const OPERATIONS = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'] as const;
/** Kubernetes makes UUIDs of 36 characters. */
const UID_MAX = 256;
/** The longest name in Kubernetes. */
const NAME_MAX = 253;

/** Reads the body of a request, which is parsed JSON of any shape. Never throws. */
export function readReview(body: unknown): ReadReview {
  const review = isJsonObject(body) ? body : {};
  const request = objectAt(review, 'request');
  const uid = uidOf(request);
  const apiVersion = own(review, 'apiVersion');
  const version = apiVersion === OLD_VERSION ? OLD_VERSION : REVIEW_VERSION;
  const refuse = (what: string): ReadReview => ({ kind: 'unreadable', uid, version, what });
  if (!isJsonObject(body)) return refuse('the body is not an AdmissionReview');
  if (own(review, 'kind') !== 'AdmissionReview') {
    return refuse(`the kind ${shown(own(review, 'kind'))} is not AdmissionReview`);
  }
  if (apiVersion !== REVIEW_VERSION) {
    return refuse(
      `the apiVersion ${shown(apiVersion)} is not answered; the webhook configuration must have admissionReviewVersions: ["v1"]`,
    );
  }
  if (request === undefined) return refuse('the review has no request');
  if (uid === '') return refuse('the request has no uid');
  const read = readRequest(request, uid);
  return typeof read === 'string' ? refuse(read) : { kind: 'request', request: read };
}

/** The request, or what is wrong with it. */
function readRequest(request: JsonObject, uid: string): AdmissionRequest | string {
  const operation = OPERATIONS.find((one) => one === own(request, 'operation'));
  if (operation === undefined) return `the operation ${shown(own(request, 'operation'))} is not known`;
  const kind = threeTexts(objectAt(request, 'kind'), 'kind');
  const resource = threeTexts(objectAt(request, 'resource'), 'resource');
  if (kind === undefined) return 'the kind of the request is not group, version and kind';
  if (resource === undefined) return 'the resource of the request is not group, version and resource';
  const subResource = textAt(request, 'subResource');
  const namespace = textAt(request, 'namespace');
  const name = textAt(request, 'name');
  if (subResource === undefined) return 'the subResource of the request is not text';
  if (namespace === undefined || namespace.length > NAME_MAX) return 'the namespace of the request is not a name';
  if (name === undefined) return 'the name of the request is not text';
  const dryRun = own(request, 'dryRun') ?? false;
  if (typeof dryRun !== 'boolean') return 'dryRun of the request is neither true nor false';
  return {
    ...{ uid, operation, subResource, namespace, name, dryRun },
    kind: { group: kind.group, version: kind.version, kind: kind.last },
    resource: { group: resource.group, version: resource.version, resource: resource.last },
    object: own(request, 'object') ?? null,
    oldObject: own(request, 'oldObject') ?? null,
  };
}

function uidOf(request: JsonObject | undefined): string {
  const uid = request === undefined ? undefined : own(request, 'uid');
  return typeof uid === 'string' && uid.length <= UID_MAX ? uid : '';
}

/** A group and a version may be absent or empty; the name may not. */
function threeTexts(
  from: JsonObject | undefined,
  last: string,
): { readonly group: string; readonly version: string; readonly last: string } | undefined {
  if (from === undefined) return undefined;
  const [group, version, name] = [textAt(from, 'group'), textAt(from, 'version'), textAt(from, last)];
  if (group === undefined || version === undefined || name === undefined || name === '') return undefined;
  return { group, version, last: name };
}

/** Empty if absent or null; undefined if it is not text. */
function textAt(from: JsonObject, key: string): string | undefined {
  const value = own(from, key) ?? '';
  return typeof value === 'string' ? value : undefined;
}

function objectAt(from: JsonObject, key: string): JsonObject | undefined {
  const value = own(from, key);
  return isJsonObject(value) ? value : undefined;
}

function own(from: JsonObject, key: string): unknown {
  return Object.hasOwn(from, key) ? from[key] : undefined;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? quoted(value, NAME_MAX) : value === undefined ? '(absent)' : `(${typeof value})`;
}
