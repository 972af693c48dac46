import { CHANNELS, WEBHOOK_FORMATS } from '../../../domain/authority/change/words.ts';
import { formatInstant, localDate } from '../../../domain/calendar/london.ts';
import { formatDate } from '../../../domain/calendar/civil-date.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { AccessKey } from '../../../register/access-keys.ts';
import type { KeptFeed } from '../../../register/bank-holiday-feed.ts';
import type { MailStanding } from '../../../register/mail-standing.ts';
import { WEBHOOK_EVENTS } from '../../../domain/webhooks/events.ts';
import type { WebhookStanding } from '../../../register/webhooks.ts';
import { standsInWords } from '../../webhooks.ts';
import { hostIn, type Joined } from '../joined.ts';
import type { Council } from './council.ts';
import { SECTIONS } from './sections.ts';
import type { TablePage } from './tables.ts';

export interface Standing {
  joined: Joined;
  mail: MailStanding;
  /** Of everybody who holds a role of the council's, or of its partners'. */
  keys: readonly AccessKey[];
  feed: KeptFeed | null;
  /** Of each address that is told what happens, by its short name. */
  webhooks: ReadonlyMap<string, WebhookStanding>;
}

const METRICS: Readonly<Record<Joined['metrics'], string>> = {
  'this-machine': 'read at /metrics by this machine alone',
  key: 'read at /metrics by whoever has the key',
  open: 'read at /metrics by anybody',
};
const OUTSIDE: Readonly<Record<Joined['outside'], string>> = {
  public: 'asked when somebody presses, at public addresses alone',
  any: 'asked when somebody presses, at any address, private ones too',
};

/** What duecourse is joined to, how each stands, and where it is set; nothing secret. */
export function integrationsPage({ authority }: Council, { joined, mail, keys, feed, webhooks }: Standing): TablePage {
  const row = (what: string, stands: string, set: string, link?: TablePage['buttons'][number]) => ({
    cells: [what, stands, set],
    links: link === undefined ? [] : [link],
  });
  const by = (variable: string) => `by the operator: ${variable}`;
  return {
    title: SECTIONS.integrations.title,
    sentence:
      'What is set by the operator is shown as the pages have it. A key or a feed opens nothing any more once whoever made it holds no role; each makes their own. Revoke one here where it should open nothing from now on.',
    buttons: [{ path: 'do/add-webhook', text: 'Add an address that is told' }],
    tables: [
      {
        caption: 'Joined to',
        heads: ['What', 'How it stands', 'Where it is set'],
        links: true,
        rows: [
          row(
            'Mail',
            `${mailInWords(authority, joined)}; ${sentInWords(mail)}`,
            by('DUECOURSE_SMTP_URL, DUECOURSE_NOTIFY_KEY; channel in the council’s file'),
            {
              path: '/undeliverable',
              text: 'Undeliverable mail',
            },
          ),
          row(
            'Sign-in',
            joined.issuer === undefined
              ? 'by a link in a mail, on this machine alone'
              : `by the council’s own, at ${joined.issuer}`,
            by('DUECOURSE_OIDC_ISSUER'),
          ),
          row('Bank holidays', feedInWords(joined, feed), by('DUECOURSE_BANK_HOLIDAYS'), {
            path: 'days',
            text: 'Bank holidays that wait',
          }),
          row('Calendars of meetings', OUTSIDE[joined.outside], by('DUECOURSE_OUTSIDE_ADDRESSES'), {
            path: 'bodies',
            text: 'Bodies and meetings',
          }),
          row('Metrics', METRICS[joined.metrics], by('DUECOURSE_METRICS_TOKEN')),
          row(
            'Traces',
            joined.traces === undefined ? 'none are sent' : `sent to ${joined.traces}`,
            by('OTEL_EXPORTER_OTLP_ENDPOINT'),
          ),
        ],
        empty: '',
      },
      webhookTable(authority, webhooks),
      keyTable('Keys to the API', 'api', authority, keys),
      keyTable('Calendar feeds', 'feed', authority, keys),
    ],
    links: [
      { path: '/api', text: 'Your keys to the API' },
      { path: '/feeds', text: 'Your calendar feeds' },
    ],
  };
}

/** Of an address no more than its host: what follows may open it. */
function webhookTable({ webhooks = [] }: Authority, standings: Standing['webhooks']): TablePage['tables'][number] {
  const rows = webhooks.map((webhook) => {
    const { id, name, address, events, format } = webhook;
    const standing = standings.get(id);
    const told = events.map((event) => WEBHOOK_EVENTS[event].title).join(', ');
    const stands = standing === undefined ? '' : standsInWords(webhook, standing);
    return {
      cells: [name, hostIn(address), WEBHOOK_FORMATS[format], told, stands],
      links: [
        { path: `webhooks/${id}`, text: 'What it was told' },
        { path: `do/change-webhook/${id}`, text: 'Change' },
        { path: `do/remove-webhook/${id}`, text: 'Remove' },
      ],
    };
  });
  return {
    caption: 'Addresses that are told',
    heads: ['Address', 'Where', 'Form', 'Is told of', 'How it stands'],
    links: true,
    rows,
    empty: 'No program and no channel of Teams is told what happens.',
  };
}

function mailInWords({ channel = 'smtp', demonstration }: Authority, { mailServer, notify }: Joined): string {
  if (demonstration === true || channel === 'outbox') return CHANNELS.outbox;
  if (channel === 'govuk-notify')
    return notify ? 'by GOV.UK Notify' : 'GOV.UK Notify is chosen, and its key or its template is not set: none leaves';
  return mailServer === undefined
    ? 'no mail server is set: it is kept on this machine'
    : `by the mail server ${mailServer}`;
}

function sentInWords({ lastSent, undeliverable }: MailStanding): string {
  const last = lastSent === null ? 'none was sent yet' : `last sent ${formatInstant(lastSent)}`;
  return `${last}; ${undeliverable === 0 ? 'none' : undeliverable} undeliverable`;
}

function feedInWords({ bankHolidays }: Joined, feed: KeptFeed | null): string {
  if (bankHolidays === undefined) return 'read from nowhere: those that come with duecourse count';
  const from = `read every morning from ${bankHolidays}`;
  if (feed === null) return `${from}; not read yet`;
  const wrong =
    feed.problem === null
      ? ''
      : `; the last time that failed: ${feed.problem.replaceAll(feed.source, hostIn(feed.source))}`;
  return `${from}; last looked at ${formatInstant(feed.checkedAt)}${wrong}`;
}

/** So many keys are listed. */
const MAX_KEYS = 200;

function keyTable(
  caption: string,
  kind: AccessKey['kind'],
  authority: Authority,
  keys: readonly AccessKey[],
): TablePage['tables'][number] {
  const rows = keys
    .filter((key) => key.kind === kind)
    .slice(0, MAX_KEYS)
    .map((key) => ({
      cells: [key.email, subjectInWords(key, authority), formatDate(localDate(key.madeAt)), lastUseInWords(key)],
      links: [{ path: `keys/${key.id}`, text: 'Revoke' }],
    }));
  return {
    caption,
    heads: ['Who made it', 'What it is for', 'Made on', 'Last used'],
    links: true,
    rows,
    empty: 'Nobody has one.',
  };
}

/** When a key was last used, to the hour. */
export const lastUseInWords = ({ usedAt }: AccessKey): string => (usedAt === null ? 'never' : formatInstant(usedAt));

export function subjectInWords({ subject }: AccessKey, authority: Authority): string {
  if (subject.of === 'api') return subject.name;
  if (subject.of === 'person') return 'their own duties';
  if (subject.authority !== authority.id) return 'duties of another council';
  if (subject.of === 'authority') return 'all duties of the council';
  return `what goes to ${authority.bodies.find(({ id }) => id === subject.body)?.name ?? subject.body}`;
}
