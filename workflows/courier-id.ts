/** An address outside, by its council and its short name there. */
export interface CourierOf {
  authority: string;
  webhook: string;
}

/** The workflow that tells an address what happened: one for each. */
export const courierId = ({ authority, webhook }: CourierOf): string => `webhooks/${authority}/${webhook}`;

/** Something waits that did not before, or the address is another. */
export const NUDGE = 'nudge';
