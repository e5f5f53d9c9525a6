import type { Reason } from '../domain/results.ts';

/** For each reason: what it means in one sentence, and the next thing to try. Trusted Markdown, no values. */
export interface NextStep {
  readonly meaning: string;
  readonly doThis: string;
}

export const NEXT_STEPS: Readonly<Record<Reason, NextStep>> = {
  NO_SIGNATURE: {
    meaning: 'No image signature was found for this digest in any place it could be.',
    doThis:
      'Check that the workflow that built this image also signed it, and that it signed this digest: a tag may have moved since. Attestations do not count as signatures.',
  },
  SIGNATURE_INVALID: {
    meaning: 'What is attached as a signature is malformed, or its bytes do not verify.',
    doThis:
      'Treat the image as untrusted. If you control its build, sign it again; a damaged signature is not repaired.',
  },
  SUBJECT_DIGEST_MISMATCH: {
    meaning: 'The signature is genuine but was made for another image.',
    doThis: 'Treat the image as untrusted: a signature was copied here from elsewhere. Sign the image you mean.',
  },
  CERTIFICATE_UNTRUSTED: {
    meaning: 'The signing certificate does not lead to a certificate authority of the trusted root.',
    doThis:
      'If the image is signed with a private Sigstore or with GitHub’s, name it with `trusted-root`, `tuf-mirror` or `instance`.',
  },
  NOT_LOGGED: {
    meaning: 'The signature has no valid entry in a transparency log of the trusted root.',
    doThis: 'Sign again with a log, or name the Sigstore instance that was used with `instance` or `trusted-root`.',
  },
  TIMESTAMP_INVALID: {
    meaning: 'No time of signing could be proven.',
    doThis: 'Sign again with a log or timestamp authority that the trusted root lists.',
  },
  CERTIFICATE_EXPIRED: {
    meaning: 'The signature was made at a time when its certificate was not valid.',
    doThis: 'Sign again. Certificates live for ten minutes; a signature made later with the same key does not count.',
  },
  ISSUER_MISMATCH: {
    meaning: 'The signer’s identity was vouched for by another OIDC issuer than the expected one.',
    doThis: 'Check who should have signed. For another issuer than GitHub write `certificate-oidc-issuer`.',
  },
  IDENTITY_MISMATCH: {
    meaning: 'The image is signed, but by somebody else than asked for.',
    doThis:
      'Compare expected and found. If the found signer is the right one, change the identity inputs; with reusable workflows the subject is the called workflow.',
  },
  CLAIM_MISMATCH: {
    meaning: 'The signer’s certificate does not say what was asked for.',
    doThis: 'Compare expected and found, claim by claim.',
  },
  ANNOTATION_MISMATCH: {
    meaning: 'The signed annotations are not the ones asked for.',
    doThis: 'Compare expected and found; annotations are set when signing.',
  },
  TOO_OLD: {
    meaning: 'The signature is older than `max-age` allows, or lies in the future.',
    doThis: 'Build and sign the image again, or allow a longer `max-age`.',
  },
  POLICY_NO_MATCH: {
    meaning: 'No policy covers this image.',
    doThis: 'Add the image to a policy, or decide with `no-match-policy` what happens to images without one.',
  },
  POLICY_DENIED: {
    meaning: 'A policy that covers this image refuses it.',
    doThis: 'Read the policy’s rule in the details, and who signed the image.',
  },
  TIMEOUT: {
    meaning: 'The time that `timeout` gives the run was up before this was done.',
    doThis: 'Raise `timeout`, name fewer images in one step, or find in the debug log what took so long.',
  },
  INPUT_INVALID: {
    meaning: 'The step’s inputs cannot be used.',
    doThis: 'Change the inputs named in the message; all of them are listed.',
  },
  IMAGE_NOT_FOUND: {
    meaning: 'The registry has no such image.',
    doThis:
      'Check that the build pushed it (`push: true`), and the name and digest. Some registries hide what you may not read.',
  },
  REGISTRY_DENIED: {
    meaning: 'The registry refused the login or the right to do this.',
    doThis: 'Log in before this step; on ghcr.io grant `packages: read`, and `packages: write` for signing.',
  },
  REGISTRY_UNAVAILABLE: {
    meaning: 'The registry could not be reached, or kept failing.',
    doThis: 'Run the job again; for longer outages raise `retry-for`.',
  },
  REGISTRY_INVALID: {
    meaning: 'The registry answered with something that breaks its protocol, such as other bytes than asked for.',
    doThis: 'Check for a proxy or mirror in between. Nothing may be concluded from such an answer.',
  },
  TRUST_ROOT_UNAVAILABLE: {
    meaning: 'The keys to check signatures with could not be fetched.',
    doThis: 'Run the job again, or give them with `trusted-root`.',
  },
  TRUST_ROOT_INVALID: {
    meaning: 'The trusted root or signing config is malformed, expired or not properly signed.',
    doThis: 'Check the file or mirror named in the message.',
  },
  LOG_UNAVAILABLE: {
    meaning: 'The transparency log could not be reached, or kept failing.',
    doThis: 'Run the job again; for longer outages raise `retry-for`.',
  },
  LOG_INVALID: {
    meaning: 'The transparency log answered with an entry that does not verify.',
    doThis: 'Check that signing config and trusted root belong together.',
  },
  CA_UNAVAILABLE: {
    meaning: 'The certificate authority could not be reached, or kept failing.',
    doThis: 'Run the job again; for longer outages raise `retry-for`.',
  },
  CA_REFUSED: {
    meaning: 'The certificate authority does not accept this job’s identity token.',
    doThis:
      'Use a certificate authority that knows the token’s issuer (`instance`, or `signing-config` with `trusted-root`).',
  },
  CA_INVALID: {
    meaning: 'The certificate authority answered with a certificate that does not fit the request.',
    doThis: 'Check that signing config and trusted root belong together.',
  },
  TSA_UNAVAILABLE: {
    meaning: 'The timestamp authority could not be reached, or kept failing.',
    doThis: 'Run the job again; for longer outages raise `retry-for`.',
  },
  TSA_INVALID: {
    meaning: 'The timestamp authority answered with a timestamp that does not verify.',
    doThis: 'Check that signing config and trusted root belong together.',
  },
  IDENTITY_TOKEN_UNAVAILABLE: {
    meaning: 'The job has no identity token, which signing needs.',
    doThis:
      'Add `id-token: write` to the permissions of the job, and of the job that calls it. Pull requests from forks never get one.',
  },
  PUBLIC_LOG_REFUSED: {
    meaning: 'The repository is not public, and signing would write its names to a public log.',
    doThis: 'Choose `instance: public-good` or `instance: github`.',
  },
  SELF_VERIFICATION_FAILED: {
    meaning: 'The signature just made does not verify, so it was not published.',
    doThis: 'Check that signing config and trusted root belong together.',
  },
  SIGNATURE_LOST: {
    meaning: 'The signature was written, but the registry no longer lists it.',
    doThis: 'Run the job again; another writer may have replaced the list at the same moment.',
  },
  GITHUB_API_UNAVAILABLE: {
    meaning: 'GitHub’s API could not be asked for a file of the base commit.',
    doThis: 'Run the job again, or give the content itself instead of a path.',
  },
  INTERNAL_ERROR: {
    meaning: 'Something went wrong inside Countersign.',
    doThis: 'Please report it with the debug log of the step.',
  },
};
