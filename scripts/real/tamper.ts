/** Twins of a DSSE bundle, each with one thing changed, which every verifier must refuse. */
export function* tamperBundle(bundle: unknown): Generator<readonly [what: string, twin: unknown]> {
  const changed = (change: (copy: Bundle) => void): unknown => {
    const copy = structuredClone(bundle) as Bundle;
    change(copy);
    return copy;
  };
  yield ['a changed payload', changed((copy) => (copy.dsseEnvelope.payload = flipBase64(copy.dsseEnvelope.payload)))];
  yield [
    'a changed signature',
    changed((copy) => {
      const [signature] = copy.dsseEnvelope.signatures;
      if (signature !== undefined) signature.sig = flipBase64(signature.sig);
    }),
  ];
  yield [
    'a changed certificate',
    changed((copy) => {
      const { certificate } = copy.verificationMaterial;
      certificate.rawBytes = flipBase64(certificate.rawBytes);
    }),
  ];
  if ((bundle as Bundle).verificationMaterial.tlogEntries?.length) {
    yield ['no log entry', changed((copy) => (copy.verificationMaterial.tlogEntries = []))];
  }
  if (!(bundle as Bundle).verificationMaterial.tlogEntries?.some((entry) => entry.inclusionPromise !== undefined)) {
    yield ['no timestamp', changed((copy) => delete copy.verificationMaterial.timestampVerificationData)];
  }
}

interface Bundle {
  dsseEnvelope: { payload: string; signatures: { sig: string }[] };
  verificationMaterial: {
    certificate: { rawBytes: string };
    tlogEntries?: { inclusionPromise?: unknown }[];
    timestampVerificationData?: unknown;
  };
}

/** The same bytes but for the lowest bit of the middle one. */
function flipBase64(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  return bytes.toString('base64');
}
