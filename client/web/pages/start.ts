import { Hono } from 'hono';
import { startInspection, recordedSoFar } from '../../start-inspection.ts';
import { draftIn, onceByForm, sentForm, textIn } from '../forms/sent.ts';
import type { MilestonePages } from '../lists.ts';
import type { AppParts, Env } from '../parts.ts';
import { EngineProblem } from '../../engine-problem.ts';
import { afterStart, startedAlready } from '../start/started-already.ts';
import { mustBeStarter } from '../start/startable.ts';
import { textOfFile } from '../start/text-of-file.ts';
import { guidedRoutes } from './start-guided.ts';
import { recommendationRoutes } from './start-recommendations.ts';
import { reportRoutes } from './start-report.ts';
import { askedBy, choose, pasted, problemsIn, toCheck, whatFollows } from './start-pages.ts';

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
      const written = textIn(fields, 'text');
      try {
        const text = given === undefined ? written : await textOfFile(given);
        if (text.trim() === '') return await choose(context, [{ text: 'Choose an inspection file, or paste one' }]);
        await parts.uploads.read(
          'nothing',
          given === undefined ? pasted(text) : { name: given.name, text },
          askedBy(context),
        );
        return await toCheck(parts, context, text);
      } catch (error) {
        return choose(context, problemsIn(error), written);
      }
    })
    .route('/', reportRoutes(parts))
    .route('/', guidedRoutes(parts))
    .route('/', recommendationRoutes(parts))
    .post('/start/confirm', async (context) => {
      mustBeStarter(context.get('session').person);
      const text = textIn(await sentForm(context), 'text');
      const start = async (): Promise<string> => {
        const started = await parts.uploads.read('start', pasted(text), askedBy(context));
        const reference = await startInspection(parts, started).catch(async (error: unknown) => {
          if (!(error instanceof EngineProblem && error.code === 'already-started')) throw error;
          const own = await startedAlready(parts, context, started);
          if (own === undefined) throw error;
          return own;
        });
        await recordedSoFar(parts, reference, RECORDED_WITHIN_MS);
        return afterStart(reference, started);
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
