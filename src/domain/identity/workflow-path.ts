import { parseGlob } from '../patterns/glob.ts';
import type { Pattern } from '../patterns/pattern.ts';
import { editDistance } from '../text/near-name.ts';
import { quoted } from '../text/quoted.ts';
import { CorrectedValueError, ListedValuesError, ValueError } from '../text/value-error.ts';
import { issuerKind } from './known-issuers.ts';

const INPUT = 'workflow';
const FOLDER = '.github/workflows';

/** Parses the path of a workflow file, which may be a glob. Throws ValueError. */
export function parseWorkflowPath(value: string, issuer: string | undefined): Pattern {
  const shown = quoted(value);
  const refuse = (what: string, ...right: readonly string[]): CorrectedValueError =>
    new CorrectedValueError(
      `${shown} ${what}`,
      right.map((one) => ({ input: INPUT, value: one })),
    );
  if (/\.ya?ml\s*,|,\s*\.github\//.test(value)) {
    throw new ListedValuesError(value, INPUT, value.split(','));
  }
  // A file may be called ci@2.yml. A value that ends in .yml or .yaml does not end in a short ref.
  if (value.includes('@refs/') || (value.includes('@') && !/\.ya?ml$/.test(value))) {
    throw new ValueError(`${shown} contains a ref; give only the path here, and the ref in source-ref`);
  }
  if (/^(?:https?:|\.?\/)/.test(value)) {
    const path = /^\.?\/+(.+)$/.exec(value)?.[1] ?? /(\.github\/workflows\/.+)$/.exec(value)?.[1];
    throw refuse(`is not a path such as ${FOLDER}/release.yml`, ...(path === undefined ? [] : [path]));
  }
  const problem = problemWithPath(value, issuer);
  if (problem === undefined) return parseGlob(value);
  throw refuse(problem.what, ...problem.right);
}

interface PathProblem {
  /** Continues after the value. */
  readonly what: string;
  readonly right: readonly string[];
}

/**
 * Why no workflow file has this path (or glob for paths); undefined if one may. GitHub's workflows are in
 * `.github/workflows`, those that it runs by itself under `dynamic/`. GitLab's file has a slash first and may be anywhere.
 */
export function problemWithPath(value: string, issuer: string | undefined): PathProblem | undefined {
  const kind = issuerKind(issuer);
  if (kind === 'gitlab') return undefined;
  const path = value.replaceAll('\\', '/');
  const slash = path.lastIndexOf('/');
  const [folder, file] = [path.slice(0, Math.max(slash, 0)), path.slice(slash + 1)];
  const isFile = /\.ya?ml$/i.test(file);
  if (slash < 0) {
    // Other systems have one file at the top, such as .drone.yml.
    if (value.includes('**') || (kind === 'other' && file.startsWith('.'))) return undefined;
    if (!isFile) {
      const right = /^[A-Za-z0-9._*-]+$/.test(file) ? [`${FOLDER}/${file}.yml`, `${FOLDER}/${file}.yaml`] : [];
      return { what: `is not the path of a workflow file, such as ${FOLDER}/release.yml`, right };
    }
    return { what: 'has no folder, but the certificate contains the whole path', right: [`${FOLDER}/${file}`] };
  }
  if (value.includes('\\')) return { what: 'contains a backslash', right: [path] };
  const inner = /^[^/*]+\/[^/*]+\/(\.github\/workflows\/.+)$/.exec(path)?.[1];
  if (inner !== undefined)
    return { what: 'starts with a repository, which belongs into source-repository', right: [inner] };
  if (folder === FOLDER) {
    if (isFile || file.includes('*')) return undefined;
    if (file === '') return { what: 'is a folder', right: [`${FOLDER}/*`] };
    return { what: 'is not the name of a workflow file', right: [`${path}.yml`, `${path}.yaml`] };
  }
  if (folder.includes('*')) return undefined;
  const isMisspelt =
    ['.github', 'github', 'workflows', 'workflow'].includes(folder) ||
    editDistance(folder.slice(0, 40).toLowerCase(), FOLDER) <= 3;
  const isOther = /^\.(?:forgejo|gitea|gitlab)\/workflows$/.test(folder);
  if (!isMisspelt || isOther) return undefined;
  return { what: `is not in ${FOLDER}`, right: [`${FOLDER}/${file}`] };
}
