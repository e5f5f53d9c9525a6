import { type CommittedFileOptions, createCommittedFileReader } from '../../github/committed-file.ts';
import type { CallContext } from '../../usecases/call-context.ts';
import { connectHttp, type HttpHooks } from '../compose/connect.ts';
import { readGithubToken } from './inputs/github-token.ts';
import type { InputSource } from './inputs/input-source.ts';
import type { RunEnvironment } from './run-environment.ts';
import { surroundingsOf } from './surroundings.ts';

/** The inputs of this process. `onAsked` receives the host of each request needed to read them. */
export function createInputSource(
  run: RunEnvironment,
  call: CallContext,
  hooks: Pick<HttpHooks, 'onAsked'> = {},
): InputSource {
  const ask = async <Result>(work: (options: CommittedFileOptions) => Promise<Result>): Promise<Result> => {
    // The network inputs are not read yet.
    const http = connectHttp(surroundingsOf(run), { caCertificates: [], insecureRegistries: [] }, hooks);
    try {
      return await work({ call, http, apiUrl: run.context.apiUrl, token: readGithubToken({ source: run }) });
    } finally {
      await http.close();
    }
  };
  return {
    input: run.input,
    env: run.env,
    context: run.context,
    files: run.files,
    mask: run.mask,
    signal: call.signal,
    readCommittedFile: (version, path) => ask((options) => createCommittedFileReader(options)(version, path)),
    listCommittedFolder: (version, path) =>
      ask(async (options) => {
        const { createCommittedFolderLister } = await import('../../github/committed-folder.ts');
        return createCommittedFolderLister(options)(version, path);
      }),
  };
}
