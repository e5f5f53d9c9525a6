/** What act tells the stand-ins: a folder for what outlives a job, and the repository whose commits are built. */
export const STORE_VARIABLE = 'COUNTERSIGN_INTEROP_STORE';
export const COMMITS_VARIABLE = 'COUNTERSIGN_INTEROP_COMMITS';
