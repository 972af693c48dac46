import { z } from 'zod';
import { namesOf } from '../closed-table.ts';
import { WEBHOOK_EVENTS, type WebhookEvent } from '../webhooks/events.ts';
import { emailAddress, explained, line, slug } from './common.ts';
import { strandName } from './rule-pack.ts';

const EVENT_NAMES = namesOf(WEBHOOK_EVENTS) as [WebhookEvent, ...WebhookEvent[]];

/** Which form an address wants. */
const format = explained(z.enum(['standard-webhooks', 'teams']), {
  'standard-webhooks': 'a program of the council’s: JSON, signed as Standard Webhooks has it',
  teams:
    'a channel of Microsoft Teams, by the address of a workflow that waits for a webhook: an Adaptive Card, not signed',
});

const MAX_ADDRESS = 2000;

/** An address that may be told something: nobody on the way reads it, and no password stands in it. */
const address = z
  .string()
  .trim()
  .max(MAX_ADDRESS)
  .superRefine((text, { addIssue }) => {
    const say = (message: string): void => addIssue({ code: 'custom', message });
    if (!URL.canParse(text)) return say('expected a whole web address, like https://hooks.example.org/duecourse');
    const { protocol, username, password, hash } = new URL(text);
    if (protocol !== 'https:') say('expected an address that begins with https://: others can be read on the way');
    else if (username !== '' || password !== '') say('expected an address without a name and a password in it');
    else if (hash !== '') say('expected an address without a # in it: what follows it is never sent');
  });

export const webhook = z.strictObject({
  id: slug.meta({
    description: 'Its short name: its secret and what was sent to it are kept under it.',
    examples: ['performance-team'],
  }),
  name: line.max(100).meta({
    description: 'What it is called on pages.',
    examples: ['Performance team’s channel'],
  }),
  address: address.meta({
    description:
      'Where it is told: https alone, and a public address unless the operator allows others. The address of a Teams workflow is a key in itself: keep the file where keys are kept.',
    examples: ['https://hooks.anyborough.example.org/duecourse'],
  }),
  events: z
    .array(
      explained(
        z.enum(EVENT_NAMES),
        Object.fromEntries(
          EVENT_NAMES.map((name) => [name, `${WEBHOOK_EVENTS[name].choice}: ${WEBHOOK_EVENTS[name].description}`]),
        ) as Record<WebhookEvent, string>,
      ),
    )
    .min(1, { error: 'expected one event at least' })
    .refine((events) => new Set(events).size === events.length, { error: 'expected each event once' })
    .meta({ description: 'What it is told of.', examples: [['duty.late', 'duty.completed']] }),
  kinds: z
    .array(strandName)
    .min(1)
    .refine((kinds) => new Set(kinds).size === kinds.length, { error: 'expected each kind once' })
    .optional()
    .meta({
      description: 'Of which kinds of duty it is told; of what is no duty it hears all the same. Left out: of all.',
      examples: [['plan-submission', 'cabinet-updates']],
    }),
  person: emailAddress.optional().meta({
    description:
      'Of whose duties it is told: of those whose owner’s role this address holds when it happens; of what is no duty it is then told nothing. Left out: of everybody’s.',
    examples: ['head-of-safeguarding@anyborough.example.org'],
  }),
  format: format.default('standard-webhooks').describe('Which form it wants.'),
  words: z
    .boolean()
    .default(false)
    .describe(
      'Whether what people wrote goes along: reasons, outcomes, the sentence of the record. They may name somebody.',
    ),
  on: z.boolean().default(true).describe('Whether it is told anything: what happens while it is off, it never hears.'),
});

export const webhooks = z.array(webhook).max(20);

export type Webhook = z.infer<typeof webhook>;
