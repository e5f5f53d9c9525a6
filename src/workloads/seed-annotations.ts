import { quoted } from '../domain/text/quoted.ts';
import { findTextFault } from '../domain/text/text-fault.ts';
import type { LocatedMap, TextPlace } from '../domain/yaml/located.ts';
import type { AnnotatedSigner } from './named-image.ts';

/**
 * The annotations with which the tutorial's webhook asks for the signer of a container's image:
 * `subject.cosign.sigstore.dev/<container>` and `issuer.cosign.sigstore.dev/<container>`. They add requirements and never
 * replace a policy.
 */
const DOMAIN = 'cosign.sigstore.dev/';
const KEYS = { subject: `subject.${DOMAIN}`, issuer: `issuer.${DOMAIN}` } as const;

/** Also true for a misspelt one. */
export function isSeedAnnotation(key: string): boolean {
  const slash = key.indexOf('/');
  return (
    slash >= 0 &&
    key
      .slice(0, slash + 1)
      .toLowerCase()
      .endsWith(`.${DOMAIN}`)
  );
}

export interface SeedAnnotations {
  /** By container. */
  readonly signers: ReadonlyMap<string, NamedSigner>;
  readonly faults: readonly AnnotationFault[];
}

interface NamedSigner {
  readonly signer: AnnotatedSigner;
  /** Of the first annotation. */
  readonly place: TextPlace;
  readonly keys: readonly string[];
}

interface AnnotationFault {
  readonly key: string;
  readonly place: TextPlace;
  readonly what: string;
  readonly cure: string;
}

/** The signers that annotations ask for, by the name after the slash. */
export function readSeedAnnotations(annotations: LocatedMap | undefined): SeedAnnotations {
  const signers = new Map<string, NamedSigner>();
  const faults: AnnotationFault[] = [];
  for (const [key, { key: keyPlace, value }] of annotations?.entries ?? []) {
    if (!isSeedAnnotation(key)) continue;
    const fail = (what: string, cure: string): void => {
      faults.push({ key, place: keyPlace, what, cure });
    };
    const field = key.startsWith(KEYS.subject) ? 'subject' : key.startsWith(KEYS.issuer) ? 'issuer' : undefined;
    if (field === undefined) {
      fail('no annotation with this name is known', `write ${KEYS.subject}CONTAINER or ${KEYS.issuer}CONTAINER`);
      continue;
    }
    const name = key.slice(KEYS[field].length);
    if (value.kind !== 'scalar' || typeof value.value !== 'string') {
      fail('the value of the annotation is not text', `write the ${field} of the signer, in quotation marks`);
      continue;
    }
    const text = value.value;
    if (text.trim() === '') {
      fail('the value of the annotation is empty', `write the ${field} of the signer, or remove the annotation`);
      continue;
    }
    const fault = text === text.trim() ? findTextFault(text)?.what : 'has white space around it';
    if (fault !== undefined) {
      fail(`the value ${quoted(text)} of the annotation ${fault}`, 'it is compared exactly: correct it');
      continue;
    }
    const known = signers.get(name);
    const { subject, issuer } = known?.signer ?? { subject: undefined, issuer: undefined };
    signers.set(name, {
      signer: field === 'subject' ? { subject: text, issuer } : { subject, issuer: text },
      place: known?.place ?? keyPlace,
      keys: [...(known?.keys ?? []), key],
    });
  }
  return { signers, faults };
}
