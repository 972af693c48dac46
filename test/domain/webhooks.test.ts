import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { authority as authoritySchema } from '../../domain/schemas/authority.ts';
import { namesOf } from '../../domain/closed-table.ts';
import { authorityDifferences } from '../../domain/authority/change/differences.ts';
import { councilMark } from '../../domain/authority/council-mark.ts';
import type { RegisterEntry } from '../../domain/lifecycle/entry.ts';
import { cardOf } from '../../domain/webhooks/card.ts';
import { WEBHOOK_EVENTS } from '../../domain/webhooks/events.ts';
import { eventOf, happenedBy } from '../../domain/webhooks/happened.ts';
import { waitAfter, WAITS_MS } from '../../domain/webhooks/waits.ts';
import { withoutWebhooks } from '../../domain/webhooks/without-webhooks.ts';
import { addWebhook, changeWebhook, removeWebhook } from '../../client/web/administration/webhook-forms.ts';
import { webhookData } from '../../client/web/api/webhooks.ts';
import { council } from '../support/facts.ts';
import { madeBy } from '../support/council-form.ts';
import { row } from '../support/rows.ts';

const webhooks = [{ id: 'x', name: 'X', address: 'https://hooks.example/', events: ['duty.late'] }];
const parsed = (parts: object) => authoritySchema.safeParse({ ...council, webhooks: [{ ...webhooks[0], ...parts }] });

test('an address may be told where it is https, of the web, and holds no password', () => {
  expect(parsed({}).success).toBe(true);
  for (const address of [
    'http://hooks.example/',
    'https://me:secret@hooks.example/',
    'https://me@hooks.example/',
    'hooks.example',
    'javascript:alert(1)',
    'https://hooks.example/#part',
    '',
  ])
    expect(parsed({ address }).success, address).toBe(false);
  expect(parsed({ events: [] }).success).toBe(false);
  expect(parsed({ events: ['duty.late', 'duty.late'] }).success).toBe(false);
  expect(parsed({ events: ['duty.nothing'] }).success).toBe(false);
  expect(authoritySchema.safeParse({ ...council, webhooks: [...webhooks, ...webhooks] }).success).toBe(false);
});

test('the waits grow, and come to three days', () => {
  expect(WAITS_MS.every((wait, index) => wait >= (WAITS_MS[index - 1] ?? 0))).toBe(true);
  const hours = WAITS_MS.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(71);
  expect(hours).toBeLessThan(73);
  expect(waitAfter(WAITS_MS.length + 1)).toBeUndefined();
});

const entry = (parts: Partial<RegisterEntry>): RegisterEntry => ({
  ...{ seq: 7, at: '2026-11-27T10:00:00.000Z', kind: 'milestone-missed', milestone: null, actor: null },
  ...{ text: 'What Jane wrote.', data: {}, row: null, ...parts },
});

test('an entry is the event that it is, where it is news; what was submitted and waits to be accepted is not done', () => {
  const of = (
    kind: RegisterEntry['kind'],
    status: 'submitted' | 'completed' | 'open' = 'completed',
    due = '2026-11-26',
  ) => eventOf(entry({ kind, row: row({ status, due }) }));
  expect(of('milestone-missed', 'open')).toBe('duty.late');
  expect(of('milestone-missed', 'open', '2026-11-13')).toBe('duty.late');
  // Late long before it came to be on record: an inspection that is started years later floods nobody.
  expect(of('milestone-missed', 'open', '2026-11-12')).toBeUndefined();
  expect(of('milestone-completed')).toBe('duty.completed');
  expect(of('milestone-accepted')).toBe('duty.completed');
  expect(of('milestone-submitted', 'submitted')).toBeUndefined();
  expect(of('decision-published')).toBe('decision.published');
  expect(of('call-in-received')).toBe('call-in.received');
  expect(of('progress-asked', 'open')).toBe('round.opened');
  expect(of('milestone-waived')).toBeUndefined();
});

test('a call-in is told with its decision’s title and page, and without its reasons', () => {
  const called = entry({
    kind: 'call-in-received',
    row: row(),
    data: { callIn: { decision: 'plan-approved', reasons: 'Jane said so' }, title: 'Approve the plan' },
  });
  const { told } = happenedBy('call-in.received', called, {
    council,
    place: { reference: '2016', title: 'An inspection' },
  });
  expect(told).toMatchObject({
    decision: { id: 'plan-approved', title: 'Approve the plan' },
    path: '/inspections/anyborough/2016/decisions/plan-approved',
  });
  const { words: _words, ...plain } = told;
  expect(JSON.stringify(plain)).not.toContain('Jane');
});

test.each(namesOf(WEBHOOK_EVENTS))(
  'a card of %s has a title, a council, an inspection and a link; nothing that was typed becomes a link',
  (event) => {
    const title = 'Audit *all* [cases](https://evil.example)';
    const card = cardOf(
      event,
      '2026-11-27T10:00:00.000Z',
      {
        council: { id: 'x', name: 'Anyborough' },
        inspection: { reference: '2016', title: 'An inspection' },
        duty: {
          id: 'a',
          kind: 'improvement-actions',
          title,
          due: '2026-12-01',
          status: 'open',
          owner: 'Head of Service',
        },
        path: '/x',
      },
      'https://board.example/x',
    );
    const [{ content } = { content: undefined }] = card.attachments;
    expect(content?.version).toBe('1.5');
    const text = JSON.stringify(content);
    for (const said of [
      WEBHOOK_EVENTS[event].title,
      'Anyborough',
      'An inspection (2016)',
      'Tuesday 1 December 2026',
      'https://board.example/x',
    ])
      expect(text).toContain(said);
    // JSON writes the stroke before a bracket twice.
    expect(text).not.toMatch(/(?<!\\)\]\(/);
  },
);

test('inspections have a council’s file without its addresses, and do not differ by them', () => {
  const made = madeBy(
    addWebhook,
    {
      ...{ name: 'Performance team', address: 'https://hooks.example/', format: 'teams', events: 'duty.late' },
      ...{ words: 'yes', kinds: 'plan-submission\ncabinet-updates' },
    },
    council,
  );
  expect(made.webhooks).toEqual([
    {
      ...{ id: 'performance-team', name: 'Performance team', address: 'https://hooks.example/', format: 'teams' },
      ...{ events: ['duty.late'], kinds: ['plan-submission', 'cabinet-updates'], words: true, on: true },
    },
  ]);
  expect(withoutWebhooks(made)).toEqual(council);
  expect(councilMark(made)).toBe(councilMark(council));
  const off = madeBy(
    changeWebhook,
    { name: 'P', address: 'https://other.example/', format: 'teams', events: 'duty.due' },
    made,
    'performance-team',
  );
  const words = (before: typeof made, after: typeof made) =>
    authorityDifferences(before, after, (id) => id).map(
      ({ what, before: was, after: is }) => `${what}: ${was ?? ''} → ${is ?? ''}`,
    );
  expect(words(made, off)).toEqual([
    'Address “P”: name: Performance team → P',
    'Address “P”: where it is told: https://hooks.example/ → https://other.example/',
    'Address “P”: is told when: A duty is overdue → A duty falls due today',
    'Address “P”: of these kinds of duty: Plan submission; cabinet updates → all',
    'Address “P”: what people wrote goes along: yes → no',
    'Address “P”: is told: yes → no: it is off',
  ]);
  expect(madeBy(removeWebhook, {}, off, 'performance-team')).toEqual(council);
});

test('docs/integrations.md has an example of each event, in the form in which it is sent', () => {
  const text = readFileSync('docs/integrations.md', 'utf8');
  const examples = [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => JSON.parse(json) as Example);
  expect(examples.map(({ type }) => type)).toEqual([...namesOf(WEBHOOK_EVENTS), 'webhook.test']);
  for (const { type, timestamp, data } of examples) {
    expect(new Date(timestamp).toISOString()).toBe(timestamp);
    expect(text).toContain(`| \`${type}\` |`);
    const parts = type.startsWith('duty') || type === 'round.opened' ? ['duty'] : ['decision'];
    const about = type === 'inspection.stuck' || type === 'webhook.test' ? [] : parts;
    expect(Object.keys(data)).toEqual(['council', 'inspection', ...about, 'link']);
    expect(webhookData.safeParse(data).error).toBeUndefined();
  }
});

interface Example {
  type: string;
  timestamp: string;
  data: object;
}
