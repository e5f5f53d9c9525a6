/** The two documents beside a bundle: the licenses of what it contains, and its bill of materials. */
import type { BundledPackage } from './bundled-packages.ts';

/** The text of LICENSES.txt: each package with its version and license. */
export function licensesText(packages: readonly BundledPackage[]): string {
  return packages
    .map(({ name, version, license, licenseText }) => `${name} ${version}\n${license}\n\n${licenseText.trim()}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** A CycloneDX 1.6 bill of materials (https://cyclonedx.org/docs/1.6/json/). The same bundle gives the same bytes. */
export function billOfMaterials(bundle: string, packages: readonly BundledPackage[]): string {
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': bundle, name: bundle } },
    components: packages.map(({ name, version, license }) => {
      const [scope, short] = name.startsWith('@') ? name.split('/') : [undefined, name];
      const purl = `pkg:npm/${scope === undefined ? '' : `${encodeURIComponent(scope)}/`}${short}@${version}`;
      return {
        type: 'library',
        'bom-ref': purl,
        ...(scope === undefined ? {} : { group: scope }),
        name: short,
        version,
        licenses: [{ license: { id: license } }],
        purl,
      };
    }),
  };
  return `${JSON.stringify(document, undefined, 1)}\n`;
}
