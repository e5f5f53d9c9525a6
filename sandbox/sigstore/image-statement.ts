/**
 * The in-toto statement that cosign 3 signs about an image (cosign's cmd/cosign/cli/sign/sign.go; the form:
 * in-toto attestation spec/v1/statement.md). Compact JSON. Annotations are written in the order given.
 *
 * @param digest `sha256:<hex>` of the image.
 */
export function imageStatement(digest: string, annotations: Readonly<Record<string, string>> = {}): Uint8Array {
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ digest: { sha256: digest.replace(/^sha256:/, '') }, annotations }],
    predicateType: 'https://sigstore.dev/cosign/sign/v1',
    predicate: {},
  };
  return new TextEncoder().encode(JSON.stringify(statement));
}
