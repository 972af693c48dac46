import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Errors go to the server as payloads do, so that encryption covers their sentences and stacks. Where payloads are not
 * encrypted they can be read there as before: one bundle serves both.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
