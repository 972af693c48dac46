import { formatDate } from '../calendar/civil-date.ts';
import { formatInstant } from '../calendar/london.ts';
import { WEBHOOK_EVENTS, type WebhookEvent } from './events.ts';
import type { Told } from './happened.ts';

/** What a person in Teams reads of an event: an Adaptive Card, as a workflow of Teams takes it. */
export function cardOf(
  event: WebhookEvent | 'webhook.test',
  at: string,
  { path: _path, ...told }: Told,
  link: string | undefined,
) {
  const title = event === 'webhook.test' ? 'A test: this channel is told' : WEBHOOK_EVENTS[event].title;
  const { council, inspection, duty, decision, words } = told;
  const what = duty?.title ?? decision?.title;
  const facts = [
    { title: 'Council', value: council.name },
    { title: 'Inspection', value: `${inspection.title} (${inspection.reference})` },
    ...(duty === undefined
      ? []
      : [
          { title: 'Due', value: formatDate(duty.due) },
          { title: 'Owner', value: duty.owner },
        ]),
    { title: 'When', value: formatInstant(at) },
  ];
  const text = (said: string, more: object = {}) => ({ type: 'TextBlock', text: plain(said), wrap: true, ...more });
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.5',
          body: [
            text(what === undefined ? title : `${title}: ${what}`, {
              size: 'Medium',
              weight: 'Bolder',
              style: 'heading',
            }),
            { type: 'FactSet', facts: facts.map((fact) => ({ ...fact, value: plain(fact.value) })) },
            ...(words === undefined ? [] : [text(words)]),
          ],
          ...(link === undefined
            ? {}
            : { actions: [{ type: 'Action.OpenUrl', title: 'Open in duecourse', url: link }] }),
        },
      },
    ],
  };
}

/** A card reads part of Markdown: what somebody typed is shown as they typed it, and leads nowhere. */
const plain = (text: string): string => text.replaceAll(/[\\`*_[\]~#<>]/g, String.raw`\$&`);
