import { parseConfigUri } from '../domain/identity/workflow-uri.ts';
import type { Claims } from '../domain/signature/claims.ts';
import { codeCell } from './cells.ts';
import { markdownLink } from './escape.ts';

/**
 * The claims of a certificate as table rows `name, value` for people: repository, workflow, commit and run, with
 * links. A claim that is missing from the certificate has no row.
 */
export function signerRows(claims: Claims, serverUrl: string): string[][] {
  const repository = claims['source-repository-uri'];
  const rows: (readonly [string, string | undefined])[] = [
    ['Repository', repository && linked(repository, repository, serverUrl)],
    ['Workflow', workflow(claims)],
    ['Branch or tag', claims['source-repository-ref'] && codeCell(claims['source-repository-ref'])],
    ['Commit', commit(claims, serverUrl)],
    ['Run', run(claims, serverUrl)],
    ['Environment', claims['deployment-environment'] && codeCell(claims['deployment-environment'])],
  ];
  return rows.flatMap(([name, value]) => (value ? [[name, value]] : []));
}

/** Links only to the server that the run belongs to, because a certificate can name any other. */
function linked(text: string, url: string, serverUrl: string): string {
  const shown = text.startsWith(`${serverUrl}/`) ? text.slice(serverUrl.length + 1) : text;
  return url.startsWith(`${serverUrl}/`) ? markdownLink(codeCell(shown), url) : codeCell(text);
}

function workflow(claims: Claims): string | undefined {
  const config = claims['build-config-uri'];
  if (config === undefined) return undefined;
  const path = parseConfigUri(config, claims['source-repository-uri'] ?? '')?.path;
  return codeCell(path ?? config);
}

function commit(claims: Claims, serverUrl: string): string | undefined {
  const sha = claims['source-repository-digest'];
  if (sha === undefined) return undefined;
  const repository = claims['source-repository-uri'];
  return repository === undefined ? codeCell(sha) : linked(sha, `${repository}/commit/${sha}`, serverUrl);
}

function run(claims: Claims, serverUrl: string): string | undefined {
  const url = claims['run-invocation-uri'];
  if (url === undefined) return undefined;
  const [, id, attempt] = /\/actions\/runs\/(\d+)\/attempts\/(\d+)$/.exec(url) ?? [];
  const shown = id === undefined ? url : `${id}, attempt ${attempt}`;
  const details = [
    claims['build-trigger'] && `on ${codeCell(claims['build-trigger'])}`,
    claims['runner-environment'] && `runner ${codeCell(claims['runner-environment'])}`,
  ].filter(Boolean);
  const page = url.startsWith(`${serverUrl}/`) ? markdownLink(codeCell(shown), url) : codeCell(url);
  return [page, ...details].join(', ');
}
