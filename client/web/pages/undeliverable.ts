import { type Context, Hono } from 'hono';
import { Refusal } from '../../../domain/refusal.ts';
import { inspectionRef } from '../../../domain/inspection-ref.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { membershipIn } from '../people.ts';
import { notFound, notYours } from '../problems.ts';

const SENIORS = ['manager', 'administrator'];
const RECORDED_WITHIN_MS = 5000;

/** Mail that nobody got, why, and sending it again: for managers and administrators, since it shows addresses. */
export function undeliverableRoutes(parts: WebParts): Hono<Env> {
  const { register, engine } = parts;
  const mine = (context: Context<Env>) =>
    context
      .get('session')
      .person.memberships.filter((each) => each.roles.some((role) => SENIORS.includes(role.capacity)))
      .map((each) => each.authority.id);
  const show = async (context: Context<Env>, problems: { text: string }[] = [], notice?: string) => {
    const authorities = mine(context);
    if (authorities.length === 0) throw notYours('Managers and administrators see mail that could not be delivered.');
    const mails = (await register.undeliverable()).filter((mail) => authorities.includes(mail.authority));
    return page(
      context,
      'undeliverable.html',
      {
        title: 'Undeliverable mail',
        mails: mails.map((mail) => ({ ...mail, inspection: mail.reference.includes('/') ? null : mail.reference })),
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
      const body = await context.req.parseBody();
      const authorities = mine(context);
      const mail = (await register.undeliverable()).find(
        (each) => each.messageId === body['messageId'] && authorities.includes(each.authority),
      );
      if (mail === undefined) throw notFound();
      const { authority, reference, messageId, milestones, day } = mail;
      const role = membershipIn(context.get('session').person, authority)?.roles.find((each) =>
        SENIORS.includes(each.capacity),
      );
      const actor = { id: context.get('session').person.email, role: role?.id ?? '' };
      try {
        const to = mail.roles.length === 0 ? [actor.role] : mail.roles;
        const { seq } = await engine.command(
          inspectionRef(authority, reference),
          'resend',
          { messageId, to, milestones, day },
          actor,
        );
        await register.reached(authority, reference, seq, RECORDED_WITHIN_MS);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return show(context, [{ text: error.message }]);
      }
      return context.redirect('/undeliverable?done=resend', 303);
    });
}
