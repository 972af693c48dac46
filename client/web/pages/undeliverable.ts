import type { Capacity } from '../../../domain/schemas/authority.ts';
import { type Context, Hono } from 'hono';
import { councilMail } from '../../../domain/lifecycle/council-mails.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { onceByForm, sentForm, textIn } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { authoritiesWith, membershipIn } from '../people.ts';
import { notFound, notYours } from '../problems.ts';
import { inspectionRef } from '../../../domain/inspection-ref.ts';

const SENIORS: readonly Capacity[] = ['manager', 'administrator'];
const RECORDED_WITHIN_MS = 5000;

/** Mail that nobody got, why, and sending it again: for managers and administrators, since it shows addresses. */
export function undeliverableRoutes(parts: AppParts): Hono<Env> {
  const { register } = parts;
  const mine = (context: Context<Env>) => authoritiesWith(context.get('session').person, SENIORS);
  const show = async (context: Context<Env>, problems: { text: string }[] = [], notice?: string) => {
    const authorities = mine(context);
    if (authorities.length === 0) throw notYours('Managers and administrators see mail that could not be delivered.');
    const mails = (await register.undeliverable()).filter((mail) => authorities.includes(mail.authority));
    return page(
      context,
      'undeliverable.html',
      {
        title: 'Undeliverable mail',
        mails: mails.map((mail) => ({ ...mail, ofCouncil: councilMail(mail.reference) })),
        problems,
        notice,
      },
      problems.length > 0 ? 422 : 200,
    );
  };
  return new Hono<Env>()
    .get('/undeliverable', (context) =>
      show(
        context,
        [],
        context.req.query('done') === 'resend'
          ? 'What is still to be done is sent again, at the next moment within sending hours.'
          : undefined,
      ),
    )
    .post('/undeliverable', async (context) => {
      const authorities = mine(context);
      if (authorities.length === 0) throw notFound();
      const messageId = textIn(await sentForm(context), 'messageId');
      try {
        const to = await onceByForm(context, parts, { what: `resend ${messageId}` }, (updateId) =>
          resent(parts, context, authorities, messageId, updateId),
        );
        return context.redirect(to, 303);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return show(context, [{ text: error.message }]);
      }
    });
}

/** Sends a mail again, in the first role of theirs that may; returns where to go. @throws PageProblem 404; Refusal */
async function resent(
  { register, engine }: AppParts,
  context: Context<Env>,
  authorities: readonly string[],
  messageId: string,
  updateId: string | undefined,
): Promise<string> {
  const { person } = context.get('session');
  const mail = (await register.undeliverable()).find(
    (each) => each.messageId === messageId && authorities.includes(each.authority),
  );
  if (mail === undefined) throw notFound();
  const { authority, reference, milestones, day, roles } = mail;
  const ofCouncil = councilMail(reference);
  if (ofCouncil !== undefined) throw new Refusal('wrong-state', ofCouncil.again);
  const role = membershipIn(person, authority)?.roles.find((each) => SENIORS.includes(each.capacity))?.id ?? '';
  const { seq } = await engine.command(
    inspectionRef(authority, reference),
    'resend',
    { messageId, to: roles.length === 0 ? [role] : roles, milestones, day },
    { id: person.email, role },
    updateId === undefined ? {} : { updateId },
  );
  await register.reached(authority, reference, seq, RECORDED_WITHIN_MS);
  return '/undeliverable?done=resend';
}
