import {
  COSIGN_ALIAS_NAMES,
  isCycloneDx,
  isSlsaProvenance,
  isSpdx,
  SLSA_PROVENANCE_V1,
  typeOfAlias,
} from '../domain/attestation/predicate-types.ts';
import { pasteableLine } from '../domain/identity/pasteable-line.ts';

/**
 * What to write to accept attestations of these types instead of an image signature, as a hint with lines for a workflow
 * file. The types are not verified. The inputs name no signer of theirs, so the identity inputs of the step decide.
 * Undefined if there is no type to offer.
 */
export function attestationHint(predicateTypes: readonly string[]): string | undefined {
  const lines = predicateTypes.flatMap((type) => lineFor(type) ?? []).sort((a, b) => a.rank - b.rank);
  const [best] = lines;
  if (best === undefined) return undefined;
  return (
    'The image has no signature, but attestations (not verified here). To accept an attestation of the expected signer ' +
    `instead of an image signature, add:\nrequire-signature: false\n${best.line}`
  );
}

function lineFor(type: string): { readonly line: string; readonly rank: number } | undefined {
  const [name, rank] = nameOf(type);
  const line = name === undefined ? undefined : pasteableLine('attestations', name);
  return line === undefined ? undefined : { line, rank };
}

/** The shortest name of a type in a requirement; undefined if a requirement needs more than the type. */
function nameOf(type: string): readonly [name: string | undefined, rank: number] {
  if (type === SLSA_PROVENANCE_V1) return ['provenance', 0];
  // Another version needs a build type, which is not known here.
  if (isSlsaProvenance(type)) return [undefined, 4];
  if (isSpdx(type)) return ['spdx', 1];
  if (isCycloneDx(type)) return ['cyclonedx', 1];
  const alias = COSIGN_ALIAS_NAMES.find((one) => typeOfAlias(one) === type);
  return alias === undefined ? [type, 3] : [alias, 2];
}
