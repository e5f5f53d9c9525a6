import { createCommittedFileReader } from '../../github/committed-file.ts';
import type { CallContext } from '../../usecases/call-context.ts';
import { connectHttp, type HttpHooks } from '../compose/connect.ts';
import type { InputSource } from './inputs/input-source.ts';
import { readGithubToken } from './inputs/read-value.ts';
import type { RunEnvironment } from './run-environment.ts';
import { surroundingsOf } from './surroundings.ts';

/** The inputs of this process. `onAsked` receives the host of each request needed to read them. */
export function createInputSource(
  run: RunEnvironment,
  call: CallContext,
  hooks: Pick<HttpHooks, 'onAsked'> = {},
): InputSource {
  return {
    input: run.input,
    env: run.env,
    context: run.context,
    files: run.files,
    mask: run.mask,
    signal: call.signal,
    async readCommittedFile(version, path) {
      // The network inputs are not read yet.
      const http = connectHttp(surroundingsOf(run), { caCertificates: [], insecureRegistries: [] }, hooks);
      try {
        const token = readGithubToken({ source: run });
        return await createCommittedFileReader({ call, http, apiUrl: run.context.apiUrl, token })(version, path);
      } finally {
        await http.close();
      }
    },
  };
}
