import { findPeer } from './scripts/peers/install.ts';
import { POLICY_TESTER } from './scripts/peers/catalogue.ts';
console.log(await findPeer(POLICY_TESTER));
