import { podKindOf } from './pod-kinds.ts';

/**
 * The kinds of Kubernetes objects whose images are known. A kind counts with its group: a kind of the same name in another
 * group is unknown.
 */

/** How the objects of a kind are read. */
export type KindRule =
  /** Its schema has no image that would run. */
  | 'no-images'
  /** A Pod or something that makes Pods: every container must name its image. */
  | 'pods'
  /** Argo Workflows: containers also under other keys, and embedded manifests. */
  | 'argo'
  /** Tekton: steps and sidecars. */
  | 'tekton'
  | 'kustomize'
  /** Containers are found by the shape of a Pod specification; whatever else looks like an image is a problem. */
  | 'unknown';

/** Kind → groups, `''` being the core group: what Kubernetes itself had before, and what operators are known to use. */
const OTHER_PODS: Readonly<Record<string, readonly string[]>> = {
  Job: ['extensions'],
  ScheduledJob: ['batch'],
  JobTemplate: ['batch'],
  Rollout: ['argoproj.io'],
  Service: ['serving.knative.dev'],
  Configuration: ['serving.knative.dev'],
  Revision: ['serving.knative.dev'],
  JobSet: ['jobset.x-k8s.io'],
  ScaledJob: ['keda.sh'],
  DeploymentConfig: ['', 'apps.openshift.io'],
};

const ARGO = ['Workflow', 'WorkflowTemplate', 'ClusterWorkflowTemplate', 'CronWorkflow'];
const TEKTON = ['Task', 'ClusterTask', 'TaskRun', 'Pipeline', 'PipelineRun', 'StepAction'];

/** Group → kinds of Kubernetes itself without images; `*`: all of the group. */
const BUILT_IN: Readonly<Record<string, readonly string[] | '*'>> = {
  '': [
    ...['Binding', 'ComponentStatus', 'ConfigMap', 'Endpoints', 'Event', 'LimitRange', 'Namespace', 'Node'],
    ...['PersistentVolume', 'PersistentVolumeClaim', 'ResourceQuota', 'Secret', 'Service', 'ServiceAccount'],
  ],
  'admissionregistration.k8s.io': '*',
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  autoscaling: ['HorizontalPodAutoscaler', 'Scale'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'coordination.k8s.io': ['Lease', 'LeaseCandidate'],
  'discovery.k8s.io': ['EndpointSlice'],
  'events.k8s.io': ['Event'],
  extensions: ['Ingress', 'NetworkPolicy'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'networking.k8s.io': ['Ingress', 'IngressClass', 'IPAddress', 'NetworkPolicy', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  policy: ['Eviction', 'PodDisruptionBudget', 'PodSecurityPolicy'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'resource.k8s.io': ['DeviceClass', 'ResourceClaim', 'ResourceClaimTemplate', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'storage.k8s.io': [
    ...['CSIDriver', 'CSINode', 'CSIStorageCapacity', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
  ],
  // Policies about images name patterns, not images that run.
  'policy.sigstore.dev': ['ClusterImagePolicy', 'TrustRoot'],
  'policies.kyverno.io': [
    ...['DeletingPolicy', 'GeneratingPolicy', 'ImageValidatingPolicy', 'MutatingPolicy', 'PolicyException'],
    ...['ValidatingPolicy', 'NamespacedDeletingPolicy', 'NamespacedGeneratingPolicy'],
    ...['NamespacedImageValidatingPolicy', 'NamespacedMutatingPolicy', 'NamespacedValidatingPolicy'],
  ],
  'kyverno.io': [
    'CleanupPolicy',
    'ClusterCleanupPolicy',
    'ClusterPolicy',
    'GlobalContextEntry',
    'Policy',
    'PolicyException',
  ],
};

/** How the objects of a kind are read. */
export function ruleOf(kind: string, group: string): KindRule {
  if (podKindOf(kind, group) !== undefined || hasOwn(OTHER_PODS, kind)?.includes(group) === true) return 'pods';
  if (group === 'argoproj.io' && ARGO.includes(kind)) return 'argo';
  if (group === 'tekton.dev' && TEKTON.includes(kind)) return 'tekton';
  if (group === 'kustomize.config.k8s.io') return 'kustomize';
  const kinds = hasOwn(BUILT_IN, group);
  return kinds === '*' || kinds?.includes(kind) === true ? 'no-images' : 'unknown';
}

/** The group of an `apiVersion`; empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.lastIndexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

function hasOwn<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
