import manifest from '../../../package.json' with { type: 'json' };

/** `owner/name` on github.com, from `repository` of package.json. `npm run rename` changes it everywhere. */
export const REPOSITORY = manifest.repository.replace(/^github:/, '');

/** Semantic version without a leading `v`. */
export const VERSION = manifest.version;

/** The moving tag of this major version, as people write it after `@`. */
export const MAJOR_TAG = `v${VERSION.split('.')[0]}`;
