import { type CodedError, toCodedError } from '../../coded-error.ts';
import { errorText } from '../../report/error-text.ts';
import type { ActionNames } from '../../report/sign-summary.ts';
import type { RunEnvironment } from './run-environment.ts';

/** The name and version of this action as written in the workflow. A local action (`./`) has neither. */
export function actionNames(run: RunEnvironment): ActionNames {
  const repository = run.env['GITHUB_ACTION_REPOSITORY'] ?? '';
  const ref = run.env['GITHUB_ACTION_REF'] ?? '';
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || ref === '') {
    return { repository: 'OWNER/countersign', ref: 'v1', troubleshootingUrl: undefined };
  }
  const page = `${run.context.serverUrl}/${repository}/blob/${encodeURI(ref)}/docs/troubleshooting.md`;
  return { repository, ref, troubleshootingUrl: page };
}

/** Reports the error that stopped the step, fails the step, and returns the coded error. */
export function reportFailure(run: RunEnvironment, thrown: unknown): CodedError {
  const error = toCodedError(thrown);
  const { title, lines, isCut } = errorText(error, actionNames(run).troubleshootingUrl);
  if (isCut) for (const line of [...error.message.split('\n'), ...(error.hint?.split('\n') ?? [])]) run.log.info(line);
  run.annotate({ level: 'error', title: `Countersign: ${title}`, message: lines.join('\n') });
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
