import { bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import type { BundleJson } from './sign-over-http.ts';

export interface JudgeOptions {
  readonly trustedRoot: string;
  readonly data?: string;
  /** Logs and CT logs demanded; default 1 each. */
  readonly logs?: number;
  readonly ctLogs?: number;
}

/** What @sigstore/verify says: the certificate's SAN, or the code or name of its error. */
export function judge(bundle: BundleJson, options: JudgeOptions): { accepted: string } | { refused: string } {
  try {
    const material = toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(options.trustedRoot)));
    const verifier = new Verifier(material, {
      tlogThreshold: options.logs ?? 1,
      ctlogThreshold: options.ctLogs ?? 1,
      timestampThreshold: 1,
    });
    const data = options.data === undefined ? undefined : Buffer.from(options.data);
    const signer = verifier.verify(toSignedEntity(bundleFromJSON(bundle), data));
    return { accepted: signer.identity?.subjectAlternativeName ?? '' };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { refused: 'code' in error ? String(error.code) : error.name };
  }
}
