import { isJsonObject } from '../text/json-object.ts';
import { ValueError } from '../text/value-error.ts';
import { CYCLONEDX_BOM, spdxTypeOf } from './predicate-types.ts';

/**
 * The predicate type of an SBOM, recognised by its marks as in actions/attest (src/sbom.ts): SPDX 2.x with
 * `spdxVersion` and `SPDXID`, CycloneDX with `bomFormat`, `serialNumber` and `specVersion`. Throws ValueError for any
 * other document.
 */
export function sbomTypeOf(document: unknown): string {
  const marks = isJsonObject(document) ? document : {};
  const text = (name: string): string | undefined => {
    const value = Object.hasOwn(marks, name) ? marks[name] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const spdxVersion = text('spdxVersion');
  if (spdxVersion !== undefined && text('SPDXID') !== undefined) {
    const type = spdxTypeOf(spdxVersion);
    if (type === undefined) throw new ValueError('it is an SPDX document of another version than 2.x');
    return type;
  }
  if (text('bomFormat') === 'CycloneDX' && text('specVersion') !== undefined) {
    if (text('serialNumber') === undefined) throw new ValueError('it is a CycloneDX document without serialNumber');
    return CYCLONEDX_BOM;
  }
  if (Object.hasOwn(marks, '@context') && Object.hasOwn(marks, '@graph')) {
    throw new ValueError('it looks like an SPDX 3 document');
  }
  throw new ValueError('it is neither an SPDX 2.x nor a CycloneDX document in JSON');
}

/** True if an SBOM names at least one package or component; otherwise it says nothing, and the gate refuses it. */
export function namesParts(sbom: unknown): boolean {
  if (!isJsonObject(sbom)) return false;
  return ['packages', 'components'].some((name) => {
    const list = Object.hasOwn(sbom, name) ? sbom[name] : undefined;
    return Array.isArray(list) && list.some(isJsonObject);
  });
}
