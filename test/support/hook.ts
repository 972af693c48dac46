import { webhook as webhookSchema, type Webhook } from '../../domain/schemas/webhooks.ts';

/** An address that is told of two events, but for what a test says of it. */
export const hook = (parts: Partial<Webhook> & Pick<Webhook, 'address'>): Webhook =>
  webhookSchema.parse({
    id: 'performance',
    name: 'Performance team',
    events: ['duty.late', 'duty.completed'],
    ...parts,
  });
