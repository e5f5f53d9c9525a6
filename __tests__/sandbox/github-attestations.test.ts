import { describe, expect, test } from 'vitest';
import { createGithubApi, type GithubApiOptions } from '../../sandbox/github/api.ts';
import { serve } from '../../sandbox/http/serve.ts';
import { decodeSnappy } from '../../src/github/snappy.ts';
import { goodAttestation, provenanceOf } from '../adversarial/attestation-seeds.ts';
import { openLab } from '../adversarial/in-process-gate.ts';
import type { Json } from '../e2e/sign-world.ts';

const lab = await openLab();
const { sigstore } = lab;
