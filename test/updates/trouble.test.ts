import { ServiceError, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { expect, test } from 'vitest';
import { answeredIn, type Trouble, troubleIn } from '../../platform/updates/trouble.ts';

/** As gRPC's client makes them of what the server says. */
const grpc = (code: number, details: string): Error =>
  Object.assign(new Error(details), { code, details, metadata: {} });

const failed = (type: string): [ApplicationFailure, WorkflowUpdateFailedError] => {
  const failure = ApplicationFailure.nonRetryable('Workflow Update failed because …', type);
  return [failure, new WorkflowUpdateFailedError('Workflow Update failed', failure)];
};

test('what the server says of an update that no worker saw is no answer of the lifecycle', () => {
  const [, passedOver] = failed('UnprocessedUpdate');
  expect(answeredIn(passedOver)).toBeUndefined();
  expect(troubleIn(passedOver)).toBe('silent');
  const [refusal, refused] = failed('refused');
  expect(answeredIn(refused)).toBe(refusal);
});

/** The words are those of Temporal Server 1.32. */
test.each<[Trouble, Error]>([
  ['full', grpc(8, 'limit on number of concurrent in-flight updates has been reached (10)')],
  ['full', grpc(8, 'workflow operation can not be applied because workflow is closing')],
  ['full', grpc(9, 'The limit on the total number of distinct updates in this workflow has been reached (2000).')],
  ['wrong', grpc(8, 'Sent message larger than max (5000000 vs. 4194304)')],
  ['stuck', grpc(9, 'Unable to perform workflow execution update due to Workflow Task in failed state.')],
  ['stuck', grpc(9, 'Unable to perform workflow execution update due to unexpected workflow task failure.')],
  ['silent', grpc(9, 'no poller seen for task queue recently, worker may be down')],
  ['silent', grpc(4, 'context deadline exceeded')],
  ['away', grpc(14, 'No connection established. Last error: connect ECONNREFUSED 127.0.0.1:7233')],
  ['away', grpc(14, 'workflow update was aborted')],
  ['gone', grpc(5, 'workflow execution already completed')],
  ['gone', new WorkflowNotFoundError('workflow not found', 'inspection/anyborough/2016', undefined)],
  ['wrong', grpc(7, 'Request unauthorized.')],
  ['wrong', grpc(3, 'update request payload exceeds size limit')],
  ['unclear', grpc(13, 'Call ended without gRPC status')],
  ['wrong', new TypeError('can’t be encrypted')],
])('%s: %s', (trouble, error) => {
  expect(troubleIn(error)).toBe(trouble);
  if (!(error instanceof WorkflowNotFoundError) && 'code' in error)
    expect(troubleIn(new ServiceError('Workflow Update failed', { cause: error }))).toBe(trouble);
});
