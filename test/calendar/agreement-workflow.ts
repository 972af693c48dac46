import { type Agreement, agreement } from './agreement.ts';

/** The comparison inside the workflow sandbox, where `Date` is Temporal's. */
export function agreementInSandbox(): Promise<Agreement> {
  return Promise.resolve(agreement());
}
