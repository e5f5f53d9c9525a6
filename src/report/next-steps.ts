import type { Reason } from '../domain/results.ts';

/** The meaning of a reason in one sentence, and the next thing to try. Trusted Markdown without values. */
interface NextStep {
  readonly meaning: string;
  readonly doThis: string;
}

export const NEXT_STEPS: Readonly<Record<Reason, NextStep>> = {
  NO_SIGNATURE: {
    meaning: 'No image signature was found for this digest.',
    doThis:
      'Check that the workflow that built this image also signed it, and that it signed this digest: the tag may have moved since. Attestations do not count as signatures.',
  },
  NO_ATTESTATION: {
    meaning: 'No attestation of a required type was found for this digest.',
    doThis:
      'Check that the workflow that built this image also attested it, with this type and for this digest. An attestation of one platform does not count for the whole index.',
  },
  SIGNATURE_INVALID: {
    meaning: 'The attached signature is malformed, or its bytes do not verify.',
    doThis:
      'Treat the image as untrusted. If you control its build, sign it again; a damaged signature cannot be repaired.',
  },
  SUBJECT_DIGEST_MISMATCH: {
    meaning: 'The signature is genuine but was made for another image.',
    doThis:
      'Treat the image as untrusted: someone copied a signature from another image. Sign the image that you want to deploy.',
  },
  CERTIFICATE_UNTRUSTED: {
    meaning: 'The signing certificate does not chain to a certificate authority in the trusted root.',
    doThis:
      'If the image is signed with a private Sigstore or with GitHub’s, name it with `trusted-root`, `tuf-mirror` or `instance`.',
  },
  NOT_LOGGED: {
    meaning: 'The signature has no valid entry in any transparency log of the trusted root.',
    doThis: 'Sign again with a log, or use `instance` or `trusted-root` to name the Sigstore instance that signed.',
  },
  TIMESTAMP_INVALID: {
    meaning: 'The time of signing could not be proven.',
    doThis: 'Sign again with a log or timestamp authority that the trusted root lists.',
  },
  CERTIFICATE_EXPIRED: {
    meaning: 'The signature was made when its certificate was not valid.',
    doThis: 'Sign again. Certificates are valid for ten minutes; a later signature with the same key does not count.',
  },
  ISSUER_MISMATCH: {
    meaning: 'The OIDC issuer in the signer’s certificate is not the expected one.',
    doThis: 'Check who should have signed. For an issuer other than GitHub, set `certificate-oidc-issuer`.',
  },
  IDENTITY_MISMATCH: {
    meaning: 'The image is signed, but not by the expected identity.',
    doThis:
      'Compare expected and found. If the found signer is correct, change the identity inputs. With reusable workflows, the subject is the called workflow.',
  },
  CLAIM_MISMATCH: {
    meaning: 'A claim in the signer’s certificate is not the expected one.',
    doThis: 'Compare expected and found, claim by claim.',
  },
  ANNOTATION_MISMATCH: {
    meaning: 'The signed annotations are not the expected ones.',
    doThis: 'Compare expected and found. Annotations are set when signing.',
  },
  TOO_OLD: {
    meaning: 'The signature is older than `max-age` allows, or its time is in the future.',
    doThis: 'Build and sign the image again, or allow a longer `max-age`.',
  },
  ATTESTATION_MISMATCH: {
    meaning: 'The attestation is genuine and by the expected signer, but it does not say what is required.',
    doThis:
      'Compare wanted and found, field by field. Provenance of another build type needs `build-type=…` in its line of `attestations`.',
  },
  POLICY_NO_MATCH: {
    meaning: 'No policy covers this image.',
    doThis: 'Add the image to a policy, or set `no-match-policy` for images without one.',
  },
  POLICY_DENIED: {
    meaning: 'A policy that covers this image refuses it.',
    doThis: 'Check the details for the policy’s rule and for who signed the image.',
  },
  TIMEOUT: {
    meaning: 'The time limit of the run (`timeout`) was reached before this finished.',
    doThis: 'Increase `timeout`, name fewer images per step, or check the debug log for what took so long.',
  },
  INPUT_INVALID: {
    meaning: 'The step’s inputs cannot be used.',
    doThis: 'Fix the inputs named in the message. It lists all of them.',
  },
  IMAGE_NOT_FOUND: {
    meaning: 'The registry has no such image.',
    doThis:
      'Check that the build pushed it (`push: true`), and check the name and digest. Some registries hide images that you are not allowed to read.',
  },
  REGISTRY_DENIED: {
    meaning: 'The registry refused the login, or the login lacks the required permission.',
    doThis: 'Log in before this step. On ghcr.io, grant `packages: read`, and `packages: write` for signing.',
  },
  REGISTRY_UNAVAILABLE: {
    meaning: 'The registry could not be reached, or kept failing.',
    doThis: 'Run the job again. For longer outages, increase `retry-for`.',
  },
  REGISTRY_INVALID: {
    meaning: 'The registry’s response violates the registry protocol, such as content that does not match its digest.',
    doThis: 'Check for a proxy or mirror in between. No conclusion can be drawn from such a response.',
  },
  TRUST_ROOT_UNAVAILABLE: {
    meaning: 'The keys to verify signatures with could not be fetched.',
    doThis: 'Run the job again, or provide them with `trusted-root`.',
  },
  TRUST_ROOT_INVALID: {
    meaning: 'The trusted root or signing config is malformed, expired or not properly signed.',
    doThis: 'Check the file or mirror named in the message.',
  },
  LOG_UNAVAILABLE: {
    meaning: 'The transparency log could not be reached, or kept failing.',
    doThis: 'Run the job again. For longer outages, increase `retry-for`.',
  },
  LOG_INVALID: {
    meaning: 'The transparency log returned an entry that does not verify.',
    doThis: 'Check that the signing config and the trusted root belong together.',
  },
  CA_UNAVAILABLE: {
    meaning: 'The certificate authority could not be reached, or kept failing.',
    doThis: 'Run the job again. For longer outages, increase `retry-for`.',
  },
  CA_REFUSED: {
    meaning: 'The certificate authority does not accept this job’s identity token.',
    doThis:
      'Use a certificate authority that accepts the token’s issuer (`instance`, or `signing-config` with `trusted-root`).',
  },
  CA_INVALID: {
    meaning: 'The certificate authority returned a certificate that does not match the request.',
    doThis: 'Check that the signing config and the trusted root belong together.',
  },
  TSA_UNAVAILABLE: {
    meaning: 'The timestamp authority could not be reached, or kept failing.',
    doThis: 'Run the job again. For longer outages, increase `retry-for`.',
  },
  TSA_INVALID: {
    meaning: 'The timestamp authority returned a timestamp that does not verify.',
    doThis: 'Check that the signing config and the trusted root belong together.',
  },
  IDENTITY_TOKEN_UNAVAILABLE: {
    meaning: 'The job has no identity token, which signing needs.',
    doThis:
      'Add `id-token: write` to the permissions of the job, and of the job that calls it. Pull requests from forks never get a token.',
  },
  PUBLIC_LOG_REFUSED: {
    meaning: 'The repository is not public, and signing would publish its names in a public log.',
    doThis: 'Choose `instance: public-good` or `instance: github`.',
  },
  SELF_VERIFICATION_FAILED: {
    meaning: 'The new signature does not verify, so it was not published.',
    doThis: 'Check that the signing config and the trusted root belong together.',
  },
  SIGNATURE_LOST: {
    meaning: 'The signature was written, but the registry no longer lists it.',
    doThis: 'Run the job again. Another writer may have replaced the list at the same moment.',
  },
  GITHUB_API_UNAVAILABLE: {
    meaning: 'GitHub’s API did not return a file that must be read from a commit.',
    doThis: 'Run the job again, or give the content itself instead of a path.',
  },
  ATTESTATION_STORE_REFUSED: {
    meaning: 'GitHub’s attestation store refused the request.',
    doThis:
      'Grant `attestations: read` to the job that verifies, or `attestations: write` to the one that signs. GitHub hides repositories that the token may not read.',
  },
  ATTESTATION_STORE_UNAVAILABLE: {
    meaning: 'GitHub’s attestation store could not be reached, kept failing, or returned something else.',
    doThis: 'Run the job again. For longer outages, increase `retry-for`.',
  },
  INTERNAL_ERROR: {
    meaning: 'Countersign hit an unexpected failure.',
    doThis: 'Please report it, and attach the debug log of the step.',
  },
};
