import { Hono } from 'hono';
import { startInspection } from '../../start-inspection.ts';
import { draftIn, onceByForm, sentForm, textIn } from '../forms/sent.ts';
import type { MilestonePages } from '../lists.ts';
import type { AppParts, Env } from '../parts.ts';
import { mustBeStarter } from '../start/startable.ts';
import { textOfFile } from '../start/text-of-file.ts';
import { guidedRoutes } from './start-guided.ts';
import { choose, PASTED, problemsIn, toCheck, whatFollows } from './start-pages.ts';

const RECORDED_WITHIN_MS = 5000;

/** Starting an inspection: a guided form or a file, then everything that would follow, then the start itself. */
export function startRoutes(parts: AppParts, pages: MilestonePages): Hono<Env> {
  return new Hono<Env>()
    .get('/start', async (context) => {
      mustBeStarter(context.get('session').person);
      const text = textIn((await draftIn(context, parts)) ?? {}, 'text');
      if (context.req.query('check') !== 'yes' || text === '') return choose(context, [], text);
      try {
        return await whatFollows(parts, context, text);
      } catch (error) {
        return choose(context, problemsIn(error), text);
      }
    })
    .post('/start', async (context) => {
      mustBeStarter(context.get('session').person);
      const fields = await sentForm(context);
      const { file } = fields;
      const given = file instanceof File && file.size > 0 ? file : undefined;
      const pasted = textIn(fields, 'text');
      try {
        const text = given === undefined ? pasted : await textOfFile(given);
        if (text.trim() === '') return await choose(context, [{ text: 'Choose an inspection file, or paste one' }]);
        await parts.uploads.read(text, given?.name ?? PASTED, context.get('session').person, context.get('now'));
        return await toCheck(parts, context, text);
      } catch (error) {
        return choose(context, problemsIn(error), pasted);
      }
    })
    .route('/', guidedRoutes(parts))
    .post('/start/confirm', async (context) => {
      const { person } = context.get('session');
      mustBeStarter(person);
      const text = textIn(await sentForm(context), 'text');
      const start = async (): Promise<string> => {
        const uploaded = await parts.uploads.read(text, PASTED, person, context.get('now'));
        const reference = await startInspection(parts, uploaded.start);
        const view = await parts.engine.view(reference);
        const { authority, inspection } = uploaded.start.facts;
        await parts.register.reached(authority.id, inspection.reference, view.seq, RECORDED_WITHIN_MS);
        return `/inspections/${reference}?done=started`;
      };
      try {
        const to = await onceByForm(context, parts, { what: 'start', request: text }, start);
        pages.forget();
        return context.redirect(to, 303);
      } catch (error) {
        return choose(context, problemsIn(error), text);
      }
    });
}
