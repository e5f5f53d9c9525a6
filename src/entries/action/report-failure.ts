import { type CodedError, toCodedError } from '../../coded-error.ts';
import { isGithubCom } from '../../domain/identity/github-issuer.ts';
import { errorText } from '../../report/error-text.ts';
import type { ActionNames } from '../../report/sign-summary.ts';
import { MAJOR_TAG, REPOSITORY } from '../compose/product.ts';
import type { RunEnvironment } from './run-environment.ts';

/**
 * The name and version of this action as written in the workflow, and where its documentation is. A local action (`./`)
 * has neither. Other GitHub servers get actions from github.com, or from a copy of the repository on the server; nothing
 * tells which (decision 0022).
 */
export function actionNames(run: RunEnvironment): ActionNames {
  const repository = run.env['GITHUB_ACTION_REPOSITORY'] ?? '';
  const ref = run.env['GITHUB_ACTION_REF'] ?? '';
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || ref === '') {
    return { repository: REPOSITORY, ref: MAJOR_TAG, troubleshootingUrl: undefined, copy: undefined };
  }
  const path = ref.split('/').map(encodeURIComponent).join('/');
  return {
    repository,
    ref,
    troubleshootingUrl: `https://github.com/${repository}/blob/${path}/docs/troubleshooting.md`,
    copy: isGithubCom(run.context.serverUrl) ? undefined : `${repository} on ${run.context.serverUrl}`,
  };
}

/** Reports the error that stopped the step, fails the step, and returns the coded error. */
export function reportFailure(run: RunEnvironment, thrown: unknown): CodedError {
  const error = toCodedError(thrown);
  const { title, lines, isCut } = errorText(error, actionNames(run));
  if (isCut) for (const line of [...error.message.split('\n'), ...(error.hint?.split('\n') ?? [])]) run.log.info(line);
  run.annotate({ level: 'error', title: `Countersign: ${title}`, message: lines.join('\n') });
  for (const { file, line, message } of error.places) {
    run.annotate({ level: 'error', title: `Countersign: ${error.code}`, message, file, line });
  }
  run.setExitCode(1);
  if (error.code === 'INTERNAL_ERROR' && error.cause instanceof Error) run.log.debug(error.cause.stack ?? '');
  return error;
}

/**
 * Reports what ended the whole run, by the toolkit if it can be loaded. If it throws, our own writers take over
 * (github/runner-writer.ts), so the second try is theirs. The step fails whatever happens here.
 */
export async function reportStop(run: RunEnvironment, thrown: unknown): Promise<CodedError> {
  run.setExitCode(1);
  await run.useToolkit().catch(() => undefined);
  try {
    return reportFailure(run, thrown);
  } catch {
    return reportFailure(run, thrown);
  }
}
