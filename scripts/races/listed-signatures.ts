import { setTimeout as sleep } from 'node:timers/promises';

/** Where a registry without the referrers API lists the signatures of a digest. */
export interface ListedSignatures {
  /** Digests in the index under the referrers tag. */
  readonly bundles: readonly string[];
  /** Layers of the `.sig` manifest, each as a text of its own. */
  readonly legacy: readonly string[];
  /** What is named and cannot be fetched. */
  readonly missing: readonly string[];
}

const ACCEPT = ['application/vnd.oci.image.index.v1+json', 'application/vnd.oci.image.manifest.v1+json'].join(', ');

/** Requests until an error of the registry counts, and the time between them in ms. */
const TRIES = 5;
const PAUSE_MS = 100;

/**
 * While a blob is uploaded again, Debian's docker-registry empties the file that links to it, and answers 500 to whoever
 * asks for the blob: 178 of 4,733 times while two writers uploaded `{}` without a pause. Others sign in the same repository.
 */
async function ask(url: string, init: RequestInit): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(url, init);
    if (answer.status < 500 || attempt === TRIES) return answer;
    await sleep(PAUSE_MS);
  }
}

interface Listed {
  readonly digest: string;
  readonly annotations?: unknown;
}

/** Asks the registry as any client would, and for everything that the answers name. */
export async function listedSignatures(host: string, repository: string, digest: string): Promise<ListedSignatures> {
  const base = `http://${host}/v2/${repository}`;
  const missing: string[] = [];
  const getManifest = async (reference: string): Promise<Record<string, unknown> | undefined> => {
    const answer = await ask(`${base}/manifests/${reference}`, { headers: { accept: ACCEPT } });
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw new Error(`GET ${reference} returned ${answer.status}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  const needBlobs = async (manifest: Record<string, unknown>): Promise<void> => {
    const parts = [manifest['config'], ...((manifest['layers'] as unknown[] | undefined) ?? [])] as Listed[];
    for (const part of parts) {
      const answer = await ask(`${base}/blobs/${part.digest}`, { method: 'HEAD' });
      if (answer.status !== 200) missing.push(part.digest);
    }
  };
  const tag = digest.replace(':', '-');
  const bundles = ((await getManifest(tag))?.['manifests'] ?? []) as Listed[];
  for (const one of bundles) {
    const manifest = await getManifest(one.digest);
    if (manifest === undefined) missing.push(one.digest);
    else await needBlobs(manifest);
  }
  const signatures = await getManifest(`${tag}.sig`);
  if (signatures !== undefined) await needBlobs(signatures);
  const layers = ((signatures?.['layers'] ?? []) as Listed[]).map((layer) => JSON.stringify(layer));
  return { bundles: bundles.map((one) => one.digest), legacy: layers, missing };
}
