import { randomBytes } from 'node:crypto';

const mark = randomBytes(4).toString('hex');

/** What this process is called on the Temporal server, which keeps it: its number and a random mark, never the host's or a person's name. */
export const processName = (): string => `duecourse-${process.pid}-${mark}`;
