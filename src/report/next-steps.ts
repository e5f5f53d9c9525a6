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
    meaning: 'An attached signature is damaged: it cannot be read, or it was not made over this content.',
    doThis:
      'Treat the image as untrusted. If you control its build, sign it again; a damaged signature cannot be repaired.',
  },
  SUBJECT_DIGEST_MISMATCH: {
    meaning: 'The attached signature belongs to another image.',
    doThis:
      'Do not deploy the image: its signature was copied from another one. Sign the image that you want to deploy.',
  },
  CERTIFICATE_UNTRUSTED: {
    meaning: 'The signer’s certificate was not issued by a certificate authority that this step trusts.',
    doThis:
      'If a private Sigstore or GitHub’s own signed the image, name it with `trusted-root`, `tuf-mirror` or `instance`. Otherwise treat the image as unsigned.',
  },
  NOT_LOGGED: {
    meaning: 'The signature is not recorded in a transparency log that this step trusts.',
    doThis:
      'If the image was signed with another Sigstore, name it with `instance` or `trusted-root`. Otherwise sign it again with a log.',
  },
  TIMESTAMP_INVALID: {
    meaning: 'Nothing proves when the signature was made.',
    doThis: 'Sign the image again with a log or timestamp authority that the trusted root lists.',
  },
  CERTIFICATE_EXPIRED: {
    meaning: 'The signature was made outside the ten minutes for which its certificate was valid.',
    doThis: 'Sign the image again. If it happens again, check the clock of the runner that signs.',
  },
  ISSUER_MISMATCH: {
    meaning: 'The OIDC issuer in the signer’s certificate is not the expected one.',
    doThis:
      'If the issuer that was found is right, name it in `certificate-oidc-issuer`. Otherwise find out who signed the image.',
  },
  IDENTITY_MISMATCH: {
    meaning: 'The image is signed, but by another signer than this step allows.',
    doThis:
      'If that signer is right, name it in the identity inputs. Otherwise do not deploy the image, and find out who signed it.',
  },
  CLAIM_MISMATCH: {
    meaning: 'The image is signed, but the certificate names another source, run or claim than this step allows.',
    doThis:
      'If what was found is right, change the input that the table names. Otherwise sign the image in the run that you expect.',
  },
  ANNOTATION_MISMATCH: {
    meaning: 'The signed annotations are not the ones that this step requires.',
    doThis:
      'Annotations are fixed when signing. Sign the image again with the expected `annotations`, or change `annotations` in this step.',
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
    doThis:
      'Add a glob for the image to `spec.images` of a policy. Globs are compared with `registry/repository@sha256:…`, and Docker Hub is called `index.docker.io`. On pull requests, the policies of the base commit count: merge the policy first.',
  },
  POLICY_DENIED: {
    meaning: 'A policy that covers this image refuses it.',
    doThis: 'The message says which policy, and why. Use another image, or change the policy.',
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
    meaning: 'Signing would publish the names of this repository in a public log.',
    doThis: 'Choose where to sign with `instance`, or with `signing-config` and `trusted-root`.',
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
  KUBERNETES_REFUSED: {
    meaning: 'The API server of Kubernetes refused a request, or answered something else.',
    doThis: 'Give the service account the right that the message names.',
  },
  KUBERNETES_UNAVAILABLE: {
    meaning: 'The API server of Kubernetes could not be reached, or kept failing.',
    doThis: 'Check that the API server runs, and that network policies let this Pod reach it.',
  },
  INTERNAL_ERROR: {
    meaning: 'Countersign hit an unexpected failure.',
    doThis: 'Please report it, and attach the debug log of the step.',
  },
};
