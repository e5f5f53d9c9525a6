import { findPeer } from './scripts/peers/install.ts';
import { COSIGN_2, COSIGN_3, SIGSTORE_GO, SERVICES, FERRO, DOCKER_REGISTRY } from './scripts/peers/catalogue.ts';
for (const p of [COSIGN_3, SIGSTORE_GO, ...Object.values(SERVICES), COSIGN_2, FERRO, DOCKER_REGISTRY]) { const t = Date.now(); const r = await findPeer(p); console.log(p.name, p.version, JSON.stringify(r).slice(0, 200), (Date.now() - t) / 1000); }
