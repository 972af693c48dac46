import { Hono } from 'hono';
import type { Unsubscribe } from '../../activities/mail/unsubscribe.ts';
import type { Register } from '../../register/register.ts';
import { readFields } from './forms/sent.ts';
import { limitBody } from './security.ts';
import { renderPlainPage } from './render.ts';

const UNKNOWN = renderPage('This address is not known', [
  'It may have been cut short on its way. Open the link in the mail itself, or ask your administrator.',
]);

/**
 * Copies for information, stopped and resumed by the address in their mail (RFC 8058). Opening the address changes
 * nothing: mail filters open addresses too. Only a POST does: the button's, or a mail program's one click.
 */
export function unsubscribeRoutes(register: Pick<Register, 'subscribe'>, unsubscribe: Unsubscribe): Hono {
  return new Hono()
    .all('/unsubscribe', (context) => context.html(UNKNOWN, 404))
    .get('/unsubscribe/:token', (context) => {
      if (unsubscribe.messageIdIn(context.req.param('token')) === undefined) return context.html(UNKNOWN, 404);
      return context.html(
        renderPage(
          'Copies for information',
          [
            'You are sent copies for your information when a duty is well past its date. You can stop them.',
            'Mail about what you yourself have to do is always sent.',
          ],
          { action: context.req.path, wanted: 'no', button: 'Stop copies for information' },
        ),
      );
    })
    .post('/unsubscribe/:token', async (context) => {
      // Counted, not read, until the address is known.
      await limitBody(context);
      const messageId = unsubscribe.messageIdIn(context.req.param('token'));
      if (messageId === undefined) return context.html(UNKNOWN, 404);
      const wanted = (await readFields(context))['wanted'] === 'yes';
      const reader = await register.subscribe(messageId, wanted, new Date().toISOString());
      if (reader === null) return context.html(UNKNOWN, 404);
      return context.html(
        wanted
          ? renderPage('Copies are sent again', ['You will get copies for information as before.'])
          : renderPage('Copies are stopped', ['You will get no more copies for information from this council.'], {
              action: context.req.path,
              wanted: 'yes',
              button: 'Send them again',
            }),
      );
    });
}

function renderPage(...[title, said, form]: Parameters<typeof pageOf>): string {
  return renderPlainPage(pageOf(title, said, form));
}

function pageOf(title: string, said: string[], form?: { action: string; wanted: string; button: string }) {
  return { title, said, ...(form === undefined ? {} : { form }) };
}
