import { type Context, Hono } from 'hono';
import { eventsInWords, kindsInWords, WEBHOOK_FORMATS } from '../../../domain/authority/change/words.ts';
import { formatInstant, instantAt } from '../../../domain/calendar/london.ts';
import { periodInWords, RETENTION } from '../../../domain/retention.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Webhook } from '../../../domain/schemas/webhooks.ts';
import { WEBHOOK_EVENTS } from '../../../domain/webhooks/events.ts';
import { DELIVERY_STATES } from '../../../domain/webhooks/states.ts';
import type { Register } from '../../../register/register.ts';
import { FORMER_SIGNS_MS, type WebhookDelivery, type WebhookStanding } from '../../../register/webhooks.ts';
import {
  keepSecret,
  resume,
  secretFrom,
  sendAgain,
  sendTest,
  standsInWords,
  whyNothingIsSent,
} from '../../webhooks.ts';
import { administered, type Council } from '../administration/council.ts';
import { shownOf } from '../administration/shown.ts';
import { webhookOf } from '../administration/webhook-forms.ts';
import { type FilledForm, type FormField, readForm, shownFields } from '../forms/form.ts';
import { onceByForm, secretByForm, sentForm, textIn } from '../forms/sent.ts';
import { hostIn } from '../joined.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound, PageProblem } from '../problems.ts';

const PER_PAGE = 50;

const SINCE: FormField = {
  ...{ name: 'since', kind: 'date', label: 'Send again all that happened since' },
  missing: 'Enter the day since when all is sent again',
  mostlyPast: true,
};

/** How each of a council's addresses stands, by its short name. */
export async function standingsOf(
  { webhooks }: Pick<Register, 'webhooks'>,
  { id, webhooks: all = [] }: Authority,
): Promise<Map<string, WebhookStanding>> {
  const found = await Promise.all(
    all.map(
      async (each) => [each.id, await webhooks.standing({ authority: id, webhook: each.id }, each.address)] as const,
    ),
  );
  return new Map(found);
}

/** An address that is told what happens: what it was told, and what it answered. */
export function administrationWebhookRoutes(parts: AppParts): Hono<Env> {
  const { webhooks } = parts.register;
  const AT = '/administration/:authority/webhooks/:webhook';
  const done = (council: Council, webhook: Webhook, what: string) =>
    `${council.home}/webhooks/${webhook.id}?done=${what}`;
  return new Hono<Env>()
    .get(AT, async (context) => show(context, parts, await asked(context, parts)))
    .post(`${AT}/secret`, async (context) => {
      const { council, webhook } = await asked(context, parts);
      await sentForm(context);
      const bytes = secretByForm(context, parts, ['webhook', webhook.id]);
      const secret = secretFrom(bytes === undefined ? undefined : Buffer.from(bytes, 'base64url'));
      const madeAt = await onceByForm(context, parts, { what: `secret ${webhook.id}` }, async () => {
        const now = context.get('now');
        await keepSecret(parts, council.authority, webhook, { secret, now });
        return now;
      });
      // One that was renewed since by another form is not shown as if it were the present one.
      const { secretAt } = await webhooks.standing(keyOf(council, webhook), webhook.address);
      return show(context, parts, { council, webhook }, { made: secretAt === madeAt ? secret : undefined });
    })
    .post(`${AT}/test`, async (context) => {
      const { council, webhook } = await asked(context, parts);
      await sentForm(context);
      mustBeSent(council);
      const to = await onceByForm(context, parts, { what: `test ${webhook.id}` }, async (mark) => {
        const now = context.get('now');
        await sendTest(parts, council.authority, webhook, mark ?? now, now);
        return done(council, webhook, 'told-test');
      });
      return context.redirect(to, 303);
    })
    .post(`${AT}/again`, async (context) => {
      const { council, webhook } = await asked(context, parts);
      const sent = await sentForm(context);
      mustBeSent(council);
      const id = textIn(sent, 'delivery');
      const filled = id === '' ? readForm([SINCE], sent) : undefined;
      if (filled !== undefined && filled.problems.length > 0)
        return show(context, parts, { council, webhook }, { filled });
      const which = filled === undefined ? { id } : { since: instantAt(String(filled.values['since']), '00:00') };
      const to = await onceByForm(context, parts, { what: `again ${id}`, request: which }, async () => {
        const n = await sendAgain(parts, council.authority, webhook, which);
        if (n === 0 && 'id' in which) throw notFound();
        return done(council, webhook, 'told-again');
      });
      return context.redirect(to, 303);
    })
    .post(`${AT}/resume`, async (context) => {
      const { council, webhook } = await asked(context, parts);
      await sentForm(context);
      const to = await onceByForm(context, parts, { what: `resume ${webhook.id}` }, async () => {
        await resume(parts, council.authority, webhook);
        return done(council, webhook, 'told-anew');
      });
      return context.redirect(to, 303);
    });
}

interface Asked {
  council: Council;
  webhook: Webhook;
}

/** @throws PageProblem 409 */
function mustBeSent({ authority }: Council): void {
  const why = whyNothingIsSent(authority);
  if (why !== undefined) throw new PageProblem(409, 'Nothing was sent', why);
}

const keyOf = ({ authority }: Council, { id }: Webhook) => ({ authority: authority.id, webhook: id });

/** @throws PageProblem 404, 403 */
async function asked(context: Context<Env>, parts: AppParts): Promise<Asked> {
  const council = await administered(context, parts);
  const webhook = webhookOf(council.authority, context.req.param('webhook') ?? '');
  if (webhook === undefined) throw notFound();
  return { council, webhook };
}

async function show(
  context: Context<Env>,
  { register }: AppParts,
  { council, webhook }: Asked,
  { made, filled = { values: {}, typed: {}, problems: [] } }: { made?: string | undefined; filled?: FilledForm } = {},
) {
  const key = keyOf(council, webhook);
  const given = Number(context.req.query('page') ?? 1);
  const n = Number.isSafeInteger(given) && given > 0 && given < 10_000 ? given : 1;
  const [standing, found] = await Promise.all([
    register.webhooks.standing(key, webhook.address),
    register.webhooks.list(key, { offset: (n - 1) * PER_PAGE, limit: PER_PAGE + 1 }),
  ]);
  return page(
    context,
    'administration-webhook.html',
    {
      ...shownOf(context, council),
      title: webhook.name,
      at: `${council.home}/webhooks/${webhook.id}`,
      id: webhook.id,
      host: hostIn(webhook.address),
      form: WEBHOOK_FORMATS[webhook.format],
      events: eventsInWords(webhook),
      kinds: kindsInWords(webhook, council.authority),
      person: webhook.person ?? 'everybody',
      words: webhook.words ? 'yes' : 'no',
      stands: standsInWords(webhook, standing),
      standing,
      signs: webhook.format !== 'teams',
      isOff: !webhook.on || standing.stoppedAt !== null || whyNothingIsSent(council.authority) !== undefined,
      isStopped: standing.stoppedAt !== null,
      nothingIsSent: whyNothingIsSent(council.authority),
      formerSigns: periodInWords(FORMER_SIGNS_MS),
      kept: periodInWords(RETENTION['webhook-delivery'].ms),
      made,
      problems: filled.problems,
      fields: shownFields([SINCE], filled),
      deliveries: found.slice(0, PER_PAGE).map(shownDelivery),
      older: found.length > PER_PAGE ? n + 1 : undefined,
    },
    filled.problems.length > 0 ? 422 : 200,
  );
}

const shownDelivery = ({ id, event, at, told, state, tries, triedAt, answer, nextAt }: WebhookDelivery) => ({
  id,
  what: event === 'webhook.test' ? 'A test' : WEBHOOK_EVENTS[event].title,
  about: told.duty?.title ?? told.decision?.title ?? (event === 'webhook.test' ? '' : told.inspection.title),
  at,
  state: DELIVERY_STATES[state].words,
  tries,
  answered: [answer, triedAt === null ? null : formatInstant(triedAt)].filter((each) => each !== null).join(', '),
  nextAt,
});
