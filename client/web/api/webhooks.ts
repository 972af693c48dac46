import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { namesOf } from '../../../domain/closed-table.ts';
import { MILESTONE_STATUSES } from '../../../domain/milestone/statuses.ts';
import { strandName } from '../../../domain/schemas/rule-pack.ts';
import { WEBHOOK_EVENTS } from '../../../domain/webhooks/events.ts';
import type { Env } from '../parts.ts';
import { date, instant } from './schemas.ts';

export const webhookData = z
  .object({
    council: z.object({ id: z.string(), name: z.string() }),
    inspection: z.object({ reference: z.string(), title: z.string() }),
    duty: z
      .object({
        ...{ id: z.string(), kind: z.enum(strandName.options), title: z.string(), due: date },
        ...{ status: z.enum(namesOf(MILESTONE_STATUSES)), owner: z.string() },
      })
      .optional()
      .openapi({ description: 'The duty that it is about; `owner` is what the owner’s role is called' }),
    decision: z.object({ id: z.string(), title: z.string() }).optional(),
    link: z.string().optional().openapi({ description: 'Where the pages show it' }),
    words: z.string().optional().openapi({
      description:
        'The sentence of the record, with what people wrote: only where the council chose that for the address',
    }),
  })
  .openapi('WebhookData');

const header = (description: string) => z.string().openapi({ description });
const headers = z.object({
  'webhook-id': header('The same for the same event, however often it is sent: what came before is dropped by it'),
  'webhook-timestamp': header('When this try was made: seconds since 1970'),
  'webhook-signature': header(
    'By the secret of the address, as Standard Webhooks has it; two, parted by a space, for a day after it was renewed',
  ),
});

/** What addresses outside are told, one description for each event: each from the table that says what there is. */
export function describeWebhooks(api: OpenAPIHono<Env>): void {
  for (const event of [...namesOf(WEBHOOK_EVENTS), 'webhook.test'] as const) {
    const summary =
      event === 'webhook.test'
        ? 'A test: somebody has asked for it'
        : `${WEBHOOK_EVENTS[event].choice}: ${WEBHOOK_EVENTS[event].description}`;
    api.openAPIRegistry.registerWebhook({
      ...{ method: 'post', path: event, summary },
      request: {
        headers,
        body: {
          content: {
            'application/json': { schema: z.object({ type: z.literal(event), timestamp: instant, data: webhookData }) },
          },
        },
      },
      responses: {
        200: { description: 'It is taken: any answer from 200 to 299, within ten seconds' },
        410: { description: 'Nobody is there any more: the address is switched off' },
      },
    });
  }
}
