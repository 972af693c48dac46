import { isMainThread } from 'node:worker_threads';

/**
 * Whatever this process writes from now on is its owner's alone, whatever the umask was: exports, mails of a preview or a
 * rehearsal and reports hold people's names and words as much as what servers keep.
 */
export function ownerAlone(): void {
  // A thread has no umask of its own.
  if (isMainThread) process.umask(0o077);
}
