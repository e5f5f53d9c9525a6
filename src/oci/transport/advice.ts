import type { Repository } from '../../domain/image/reference.ts';
import type { HttpFailure } from '../../http/http-error.ts';
import type { Access } from './credential.ts';

/** A problem with a registry or a login that the user can fix. */
export type RegistryProblem =
  /** A 401 despite a login, or without any login. */
  | { readonly kind: 'right-missing'; readonly repository: Repository; readonly access: Access }
  /** A read answered with 403. */
  | { readonly kind: 'pull-forbidden'; readonly repository: Repository }
  /** A write answered with 401 or 403. `answer`: the registry's own words; untrusted. */
  | { readonly kind: 'push-forbidden'; readonly repository: Repository; readonly answer: string }
  /** A token server refused an anonymous caller. */
  | { readonly kind: 'login-missing' }
  /** A stored login is not in the format of Docker or Podman. */
  | { readonly kind: 'login-malformed' }
  | { readonly kind: 'login-helper-failed' }
  /** A token server outside the registry's domain, to which no login was sent. */
  | { readonly kind: 'token-host-unlisted'; readonly host: string }
  /** The server at this `host[:port]` wants a client certificate. */
  | { readonly kind: 'certificate-missing' | 'certificate-refused'; readonly host: string }
  /** The same at a host to which no certificate is presented: a redirect's target, or a foreign token server. */
  | { readonly kind: 'certificate-elsewhere'; readonly host: string }
  /**
   * A registry on https announced an http address: a proxy ends TLS before it, and it does not know. `host`: the one that
   * was announced. `isOwnHost`: it is the registry's own, so the registry describes itself wrongly.
   */
  | { readonly kind: 'announces-http'; readonly registry: string; readonly host: string; readonly isOwnHost: boolean }
  /** The registry announced its own name with another port than the one it was reached at, and nothing useful is there. */
  | { readonly kind: 'announces-port'; readonly registry: string; readonly host: string }
  /** No answer, for a reason that the user can fix. */
  | { readonly kind: 'no-answer'; readonly failure: FixableFailure }
  /** 429. */
  | { readonly kind: 'rate-limited' }
  /** 5xx. */
  | { readonly kind: 'outage' };

type FixableFailure = Extract<HttpFailure, 'dns' | 'tls' | 'proxy' | 'connect' | 'protocol'>;

/** What to try next, in one or two sentences: the `hint` of an error. */
export type Advise = (problem: RegistryProblem) => string;

/**
 * The advice of a composition root, in the words of its users: the inputs of an action, the permissions of a job.
 * Undefined leaves a problem to the neutral words.
 */
export type OwnAdvice = (problem: RegistryProblem) => string | undefined;

/** The advice of a composition root, with neutral words for every problem that it leaves open. */
export function completeAdvice(own: OwnAdvice | undefined): Advise {
  return (problem) => own?.(problem) ?? neutralAdvice(problem);
}

function neutralAdvice(problem: RegistryProblem): string {
  switch (problem.kind) {
    case 'right-missing':
      return problem.access === 'push' ? mayPush(problem.repository) : mayPull(problem.repository);
    case 'pull-forbidden':
      return 'The login must have the right to pull.';
    case 'push-forbidden':
      return mayPush(problem.repository);
    case 'login-missing':
      return 'No login was found for this registry.';
    case 'login-malformed':
      return 'Repair it, or log in again.';
    case 'login-helper-failed':
      return 'Log in again.';
    case 'token-host-unlisted':
      return `If this token server belongs to the registry, list ${problem.host} as one of its token hosts.`;
    case 'announces-http':
      return problem.isOwnHost ? announcesHttp(problem.registry) : foreignHttp(problem.host);
    case 'announces-port':
      return `The registry at ${problem.registry} calls itself ${problem.host}. ${EXTERNAL_URL} with the port.`;
    case 'certificate-missing':
      return `If ${problem.host} lets in only clients that have a certificate, give one for it, with its key.`;
    case 'certificate-refused':
      return `The host ${problem.host} did not accept the client certificate. Check that it is valid today, complete with its chain, and issued by an authority that ${problem.host} trusts.`;
    case 'certificate-elsewhere':
      return `The host ${problem.host} lets in only clients that have a certificate, and certificates are presented only to registries and their own token servers.`;
    case 'no-answer':
      return NO_ANSWER[problem.failure];
    case 'rate-limited':
      return 'The registry limits requests; try again later, or send fewer at a time.';
    case 'outage':
      return 'The registry has an outage; try again, or allow more time for retries.';
  }
}

/** For whoever runs the registry: how it learns its own address. */
const EXTERNAL_URL =
  'Its proxy must pass on the Host and X-Forwarded-Proto headers, or its external URL must be set (distribution: REGISTRY_HTTP_HOST; Harbor, GitLab: external_url)';

function announcesHttp(registry: string): string {
  return `A proxy ends TLS before ${registry}, which therefore announces http. ${EXTERNAL_URL}. A login does not help.`;
}

function foreignHttp(host: string): string {
  return `A registry on https may lead only to https. Configure the registry to announce ${host} with https, or to serve the content itself.`;
}

function mayPush({ path }: Repository): string {
  return `It must have the right to push to ${path}.`;
}

function mayPull({ path }: Repository): string {
  return `It must have the right to pull from ${path}.`;
}

const NO_ANSWER: Readonly<Record<FixableFailure, string>> = {
  dns: 'Check the registry name in the image reference.',
  tls: 'If the registry uses a private certificate authority, add the certificate of that authority to the trusted ones.',
  proxy: 'Write it as http://host:port, percent-encode special characters in the password, or unset it.',
  connect: 'Check that the registry can be reached from here (proxy, firewall).',
  protocol: 'Plain http is allowed only for loopback and for registries that are listed as insecure.',
};

/** What to try after a call without an answer; undefined if nothing is known to help. */
export function adviseOnFailure(advise: Advise, failure: HttpFailure): string | undefined {
  return isFixable(failure) ? advise({ kind: 'no-answer', failure }) : undefined;
}

function isFixable(failure: HttpFailure): failure is FixableFailure {
  return Object.hasOwn(NO_ANSWER, failure);
}

/** What to try after an answer with this status to any request; undefined if nothing is known to help. */
export function adviseOnStatus(advise: Advise, status: number): string | undefined {
  if (status === 429) return advise({ kind: 'rate-limited' });
  return status >= 500 ? advise({ kind: 'outage' }) : undefined;
}
