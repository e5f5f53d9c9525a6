import { type Digest, hexOf } from '../image/digest.ts';
import { COSIGN_SIGN_PREDICATE, STATEMENT_V1 } from '../image/media-types.ts';
import { sortedAnnotations } from './annotations.ts';

/**
 * The in-toto statement that says "this digest is signed", with the fields, order and defaults of cosign v3
 * (cmd/cosign/cli/sign/sign.go): one subject without a name, `annotations` always present, an empty predicate. Compact
 * JSON. Keep these bytes; do not serialise the statement again.
 */
export function imageStatement(digest: Digest, annotations: Readonly<Record<string, string>>): Uint8Array {
  const pairs = sortedAnnotations(annotations).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  const text =
    `{"_type":"${STATEMENT_V1}","subject":[{"digest":{"sha256":"${hexOf(digest)}"},"annotations":{${pairs.join(',')}}}],` +
    `"predicateType":"${COSIGN_SIGN_PREDICATE}","predicate":{}}`;
  return new TextEncoder().encode(text);
}
