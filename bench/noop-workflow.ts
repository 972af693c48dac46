import { condition } from '@temporalio/workflow';

/** A workflow that does nothing but wait for its end: what any workflow costs to start. */
export async function noop(): Promise<void> {
  await condition(() => false);
}
