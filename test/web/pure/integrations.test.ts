import { describe, expect, test } from 'vitest';
import { loadAuthorityFile } from '../../../client/files/load.ts';
import { integrationsPage, type Standing } from '../../../client/web/administration/integrations-page.ts';
import { sendAgain, sendTest } from '../../../client/webhooks.ts';
import { joinedOf } from '../../../client/web/joined.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { readEnvironment } from '../../../domain/schemas/environment.ts';
import { subjectOf } from '../../support/council-form.ts';
import { hook } from '../../support/hook.ts';

const COUNCIL = loadAuthorityFile('examples/authorities/middlesbrough.yaml');
const KEY = `${'duecourse'}-0a0a0a0a-0a0a-0a0a-0a0a-0a0a0a0a0a0a-0b0b0b0b-0b0b-0b0b-0b0b-0b0b0b0b0b0b`;
const SECRETS = {
  DUECOURSE_SMTP_URL: 'smtps://clerk:hidden-1@mail.example.org:465',
  DUECOURSE_NOTIFY_KEY: KEY,
  DUECOURSE_NOTIFY_TEMPLATE: '0c0c0c0c-0c0c-4c0c-8c0c-0c0c0c0c0c0c',
  DUECOURSE_OIDC_ISSUER: 'https://login.example.org/hidden-2/v2.0',
  DUECOURSE_OIDC_CLIENT_ID: 'hidden-3',
  DUECOURSE_OIDC_CLIENT_SECRET: 'hidden-4',
  DUECOURSE_BANK_HOLIDAYS: 'https://clerk:hidden-5@holidays.example.org/bank-holidays.json?key=hidden-6',
  DUECOURSE_METRICS_TOKEN: 'hidden-7-and-long-enough',
  DUECOURSE_SECRET: 'hidden-8'.repeat(8),
  OTEL_EXPORTER_OTLP_ENDPOINT: 'https://traces.example.org/hidden-9',
};
const standingOf = (variables: Record<string, string>, more: Partial<Standing> = {}): Standing => ({
  joined: joinedOf(readEnvironment(variables)),
  mail: { lastSent: '2026-11-26T09:00:00.000Z', undeliverable: 2 },
  keys: [],
  feed: null,
  webhooks: new Map(),
  ...more,
});
const shown = (variables: Record<string, string>, more: Partial<Standing> = {}, council: Partial<Authority> = {}) =>
  integrationsPage(subjectOf({ ...COUNCIL, ...council }), standingOf(variables, more));
const stands = (page: ReturnType<typeof shown>) =>
  Object.fromEntries(page.tables[0]?.rows.map(({ cells: [what = '', how = ''] }) => [what, how]) ?? []);

test('all is said in words, with the hosts alone', () => {
  const problem = `${SECRETS.DUECOURSE_BANK_HOLIDAYS} answered 503`;
  const kept = { source: SECRETS.DUECOURSE_BANK_HOLIDAYS, checkedAt: '2026-11-27T06:00:00.000Z', problem };
  const feed = { ...kept, content: null, notes: [], readAt: null, doubted: null, problemSince: null };
  const page = shown(SECRETS, { feed });
  expect(stands(page)).toEqual({
    Mail: 'by the mail server mail.example.org:465; last sent 9:00am on Thursday 26 November 2026; 2 undeliverable',
    'Sign-in': 'by the council’s own, at login.example.org',
    'Bank holidays':
      'read every morning from holidays.example.org; last looked at 6:00am on Friday 27 November 2026; the last time that failed: holidays.example.org answered 503',
    'Calendars of meetings': 'asked when somebody presses, at public addresses alone',
    Metrics: 'read at /metrics by whoever has the key',
    Traces: 'sent to traces.example.org',
  });
  expect(JSON.stringify(page)).not.toMatch(/hidden|0b0b0b0b|0c0c0c0c/);
});

test('where nothing is set, that is said', () => {
  const mail = { lastSent: null, undeliverable: 0 };
  expect(stands(shown({}, { mail }))).toEqual({
    Mail: 'no mail server is set: it is kept on this machine; none was sent yet; none undeliverable',
    'Sign-in': 'by a link in a mail, on this machine alone',
    'Bank holidays': 'read from nowhere: those that come with duecourse count',
    'Calendars of meetings': 'asked when somebody presses, at public addresses alone',
    Metrics: 'read at /metrics by this machine alone',
    Traces: 'none are sent',
  });
});

describe('mail leaves as the council’s file says', () => {
  test.each<[string, Record<string, string>, Partial<Authority>, string]>([
    ['GOV.UK Notify', SECRETS, { channel: 'govuk-notify' }, 'by GOV.UK Notify'],
    ['GOV.UK Notify without its key', {}, { channel: 'govuk-notify' }, 'GOV.UK Notify is chosen, and its key'],
    ['nothing', SECRETS, { channel: 'outbox' }, 'nothing: it is kept on this machine'],
    ['nothing, of an invented council', SECRETS, { demonstration: true }, 'nothing: it is kept on this machine'],
  ])('by %s', (_by, variables, council, words) => {
    expect(String(stands(shown(variables, {}, council))['Mail']).startsWith(words)).toBe(true);
  });
});

test('each key and feed is said with who made it, what for and when; never the secret, nor what another council has', () => {
  const made = { id: 'an-id', email: 'head@example.org', madeAt: '2026-11-01T23:30:00.000Z', usedAt: null };
  const roles = null;
  const { tables } = shown(
    {},
    {
      keys: [
        { ...made, kind: 'api', subject: { of: 'api', name: 'Power BI', roles }, usedAt: '2026-11-02T09:00:00.000Z' },
        { ...made, kind: 'feed', subject: { of: 'person', roles } },
        { ...made, kind: 'feed', subject: { of: 'authority', authority: 'middlesbrough', roles } },
        { ...made, kind: 'feed', subject: { of: 'body', authority: 'middlesbrough', body: 'executive', roles } },
        { ...made, kind: 'feed', subject: { of: 'body', authority: 'elsewhere', body: 'secret-panel', roles } },
      ],
    },
  );
  const on = 'Sunday 1 November 2026';
  expect(tables.slice(2).map(({ rows }) => rows.map(({ cells }) => cells))).toEqual([
    [['head@example.org', 'Power BI', on, '9:00am on Monday 2 November 2026']],
    [
      ['head@example.org', 'their own duties', on, 'never'],
      ['head@example.org', 'all duties of the council', on, 'never'],
      ['head@example.org', 'what goes to Executive', on, 'never'],
      ['head@example.org', 'duties of another council', on, 'never'],
    ],
  ]);
});

test('of an invented council no test is sent, and nothing again: that is said at the press', async () => {
  const untouched = {} as Parameters<typeof sendTest>[0];
  const webhook = hook({ address: 'https://hooks.example.org/' });
  const invented: Authority = { ...COUNCIL, demonstration: true };
  const said = 'The council is invented: nothing leaves this machine, not even a test.';
  await expect(sendTest(untouched, invented, webhook, 'mark', '2026-11-26T09:00:00.000Z')).rejects.toThrow(said);
  await expect(sendAgain(untouched, invented, webhook, { id: 'dc_1' })).rejects.toThrow(said);
});
