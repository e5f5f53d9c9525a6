import { parse as parseYaml, stringify } from 'yaml';
import { REPOSITORY } from '../../../src/entries/compose/product.ts';
import { localized, type Place } from '../../examples/localized.ts';
import { type Job, ownAction, type Step, type Workflow } from '../../examples/workflow.ts';

/** What a workflow of examples/ is told, to run here. */
export interface Adaptation extends Place {
  /** The name of the workflow here, by which its log lines are known. */
  readonly name: string;
  /** One change of its text: the twin that must be refused. */
  readonly edit?: readonly [from: string, to: string];
  /** ACTIONS_ID_TOKEN_REQUEST_*, for the jobs that may ask for an id-token and for no other. */
  readonly idTokens: Readonly<Record<string, string>>;
  /** Paths of files of the Sigstore here. */
  readonly trustedRoot: string;
  readonly signingConfig: string;
}

/**
 * The workflow with the hosts and the Sigstore of this machine. Its steps, their order, their conditions and the actions
 * that they use stay. Throws if there is nothing to adapt, since then the workflow would run against the real services.
 */
export function adapted(text: string, adaptation: Adaptation): string {
  const { name, edit, idTokens } = adaptation;
  const changed = edit === undefined ? text : replaced(text, ...edit);
  const here = localized(changed, adaptation);
  const workflow = parseYaml(here) as Workflow;
  // A caller may leave the names to the workflow that it calls.
  const isCaller = Object.values(workflow.jobs).some(({ uses }) => uses !== undefined);
  if (here === changed && !isCaller && !readsFiles(workflow))
    throw new Error(`${name} names no registry of the examples`);
  let adaptedSteps = 0;
  const jobs = Object.entries(workflow.jobs).map(([id, job]) => {
    const steps = job.steps?.map((step) => {
      const own = ownAction(step.uses ?? '');
      if (own === undefined) return step;
      adaptedSteps += 1;
      return { ...step, with: { ...inputsHere(job, step, own, adaptation), ...step.with } };
    });
    const calls = job.uses === undefined ? {} : callHere(job, adaptation);
    if (job.uses !== undefined) adaptedSteps += 1;
    if (job.env !== undefined) throw new Error(`${name}/${id} has an environment already`);
    const mayAsk = job.permissions?.['id-token'] === 'write' && job.uses === undefined;
    return [id, { ...job, ...(steps && { steps }), ...calls, ...(mayAsk ? { env: idTokens } : {}) }];
  });
  if (adaptedSteps === 0) throw new Error(`${name} uses no action of ours`);
  return stringify({ ...workflow, name, jobs: Object.fromEntries(jobs) }, { lineWidth: 0 });
}

/** Images may be named by the files of the repository alone. */
const readsFiles = ({ jobs }: Workflow): boolean =>
  Object.values(jobs).some(({ steps = [] }) => steps.some(({ uses = '' }) => ownAction(uses) === 'verify-files'));

/** What a step of ours is told besides what it says; what it says wins. */
function inputsHere(
  job: Job,
  { with: given = {} }: Step,
  own: NonNullable<ReturnType<typeof ownAction>>,
  adaptation: Adaptation,
): Readonly<Record<string, string>> {
  if ('instance' in given) throw new Error(`${adaptation.name} names a Sigstore that is not on this machine`);
  const trust = { 'trusted-root': adaptation.trustedRoot };
  if (own === 'sign') return { ...trust, 'signing-config': adaptation.signingConfig };
  return {
    ...trust,
    ...('policy' in given ? {} : { 'certificate-oidc-issuer': adaptation.issuer }),
    // A pull request could write any name of this network into a file.
    ...(own === 'verify-files' ? { 'insecure-registries': adaptation.host } : {}),
    // Nobody signs while the gate waits.
    ...(own === 'audit' ? {} : { 'wait-for': '0s' }),
    ...(hasLogin(job) ? {} : loginHere(adaptation)),
  };
}

const hasLogin = ({ steps = [] }: Job): boolean => steps.some(({ uses }) => uses?.startsWith('docker/login-action@'));

/** On GitHub images of ghcr.io are read with the token of the job. Here the registry has another name. */
const loginHere = ({ host }: Place): Readonly<Record<string, string>> => ({
  registry: host,
  'registry-username': expressionOf('github.actor'),
  'registry-password': expressionOf('github.token'),
});

/** What the call of our reusable workflow is told besides. */
function callHere({ uses = '', with: given, secrets }: Job, adaptation: Adaptation): Partial<Job> {
  if (!uses.startsWith(`${REPOSITORY}/.github/workflows/`)) return {};
  const { 'registry-password': password = '', ...login } = loginHere(adaptation);
  const trust = { 'trusted-root': adaptation.trustedRoot, 'certificate-oidc-issuer': adaptation.issuer };
  return {
    with: { ...trust, ...login, 'wait-for': '0s', ...given },
    secrets: { 'registry-password': password, ...secrets },
  };
}

const expressionOf = (text: string): string => `$\{{ ${text} }}`;

/** Throws if the text has it not, or more than once. */
export function replaced(text: string, from: string, to: string): string {
  const [before, after, ...more] = text.split(from);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`expected once: ${JSON.stringify(from)}`);
  }
  return `${before}${to}${after}`;
}
