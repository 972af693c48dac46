/** What became of something that an address is to be told. */
export type DeliveryState = 'waiting' | 'delivered' | 'given-up' | 'dropped';

/** Each as a page has it. */
export const DELIVERY_STATES: Readonly<Record<DeliveryState, { words: string }>> = {
  waiting: { words: 'Waits' },
  delivered: { words: 'Delivered' },
  'given-up': { words: 'Given up' },
  dropped: { words: 'Not sent' },
};
