import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../../sandbox/world.ts';
import { STORE_VARIABLE } from './variables.ts';

const IMAGETOOLS = join(ROOT, 'scripts', 'examples', 'imagetools.ts');

/** Appends what it is given to the file in which this workflow's deployments are kept. */
const NOTE = `note() { mkdir -p "$${STORE_VARIABLE}/$GITHUB_WORKFLOW"; cat >> "$${STORE_VARIABLE}/$GITHUB_WORKFLOW/deployed"; }`;

/** Programs that the examples call: each knows the calls of the examples, and fails at any other. */
const PROGRAMS: Readonly<Record<string, string>> = {
  kubectl: `${NOTE}
case "$1 $2" in
  'set image') [ $# = 4 ] && echo "$3 $4" | note ;;
  'kustomize '*) [ $# = 2 ] && cat "$2/rendered.yaml" ;;
  'apply --filename='*) shift; for one; do cat "\${one#--filename=}" | note; done ;;
  *) echo "kubectl: unknown: $*" >&2; exit 1 ;;
esac`,
  helm: `[ "$*" = 'template app chart --namespace app --include-crds --values values/production.yaml' ] &&
  [ -f values/production.yaml ] && cat chart/rendered.yaml`,
  docker: `exec node '${IMAGETOOLS}' "$@"`,
  gh: `${NOTE}
[ $# = 8 ] && [ "$1 $2 $3 $5 $7" = 'issue create --repo --title --body-file' ] && [ -n "$GH_TOKEN" ] &&
  { echo "$6"; cat "$8"; } | note`,
};

/** A folder for PATH, with `kubectl` and the others. */
export async function writePrograms(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [name, script] of Object.entries(PROGRAMS)) {
    await writeFile(join(folder, name), `#!/bin/sh\nset -e\n${script}\n`);
    await chmod(join(folder, name), 0o755);
  }
  return folder;
}

/** Where what the workflow of this name deployed is kept. */
export const deployedBy = (store: string, workflow: string): string => join(store, workflow, 'deployed');
