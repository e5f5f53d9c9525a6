export { within } from '../domain/calls/within.ts';
