import { createCommittedFileReader } from '../../github/committed-file.ts';
import type { CallContext } from '../../usecases/call-context.ts';
import { connectHttp, type HttpHooks } from '../compose/connect.ts';
import type { InputSource } from './inputs/input-source.ts';
import type { RunEnvironment } from './run-environment.ts';

/** The inputs of this process. `onAsked` hears the host of each request that reading them takes. */
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
    async readCommittedFile(version, path) {
      // The inputs that would say more about the network are being read.
      const http = connectHttp(run, { caCertificates: [], insecureRegistries: [] }, hooks);
      try {
        const token = run.input('github-token') || undefined;
        return await createCommittedFileReader({ call, http, apiUrl: run.context.apiUrl, token })(version, path);
      } finally {
        await http.close();
      }
    },
  };
}
