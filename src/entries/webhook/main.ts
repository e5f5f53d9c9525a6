import { readProcess } from './process-environment.ts';
import { runWebhook } from './run-webhook.ts';

const process = readProcess();
process.exit(await runWebhook(process));
