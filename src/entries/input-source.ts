import { createBaseFileReader } from '../github/base-file.ts';
import { connectHttp } from './connect.ts';
import type { InputSource } from './inputs/input-source.ts';
import type { RunEnvironment } from './run-environment.ts';

/** Outages of the contents API while inputs are read; the run's own budget is one of those inputs. */
const BASE_FILE_RETRY_MS = 60_000;

/** The inputs of this process. `onAsked` hears the host of each request that reading them takes. */
export function createInputSource(run: RunEnvironment, onAsked?: (host: string) => void): InputSource {
  return {
    input: run.input,
    env: run.env,
    context: run.context,
    files: run.files,
    mask: run.mask,
    async readBaseFile(path) {
      const network = { retryForMs: BASE_FILE_RETRY_MS, caCertificates: [], insecureRegistries: [] };
      const http = connectHttp(run, network, onAsked);
      try {
        const { apiUrl, base } = run.context;
        const token = run.input('github-token') || undefined;
        return await createBaseFileReader({ http, apiUrl, token, base })(path);
      } finally {
        await http.close();
      }
    },
  };
}
