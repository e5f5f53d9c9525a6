import { CodedError } from '../../coded-error.ts';
import { createAttestationStoreWriter } from '../../github/attestation-store-writer.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { CallContext } from '../../usecases/call-context.ts';
import type { SignOutcome } from '../../usecases/signing/sign-images.ts';
import { storeAttestations } from '../../usecases/signing/store-attestations.ts';
import { readGithubToken } from '../action/inputs/github-token.ts';
import type { RunEnvironment } from '../action/run-environment.ts';

/** `github-attestations`: adds what is in the registry by now to the attestation store of the job's repository. */
export function storeAtGithub(
  call: CallContext,
  run: RunEnvironment,
  {
    http,
    signed,
    concurrency,
  }: { readonly http: HttpClient; readonly signed: SignOutcome; readonly concurrency: number },
): Promise<SignOutcome> {
  const { apiUrl, serverUrl, repository } = run.context;
  const token = readGithubToken({ source: run });
  // The inputs were checked for both.
  if (token === undefined || repository === undefined) throw new CodedError('INTERNAL_ERROR', 'no token or repository');
  const store = createAttestationStoreWriter({ http, apiUrl, serverUrl, repository, token });
  return storeAttestations(call, signed, { store, concurrency });
}
