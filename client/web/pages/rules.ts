import { Hono } from 'hono';
import { exampleInWords, windowInWords } from '../../files/example-words.ts';
import {
  isOwn,
  listConstitutions,
  listRulePacks,
  loadConstitution,
  loadRulePack,
  loadWorkingDays,
  resolveRules,
} from '../../files/rules.ts';
import { CONFIDENCES } from '../../../domain/plan/citation.ts';
import { cycleInWords, periodInWords } from '../../../domain/plan/counting.ts';
import type { Period } from '../../../domain/schemas/common.ts';
import { page } from '../page.ts';
import type { Env } from '../parts.ts';
import { notFound } from '../problems.ts';

/** What the engine believes: every rule with its source and how sure it is of it. */
export function ruleRoutes(): Hono<Env> {
  return new Hono<Env>()
    .get('/rules', (context) =>
      page(context, 'rules.html', {
        title: 'Rules',
        packs: listRulePacks()
          .map((id) => loadRulePack(id))
          .map((pack) => ({ ...pack, count: resolveRules(pack).length })),
        constitutions: listConstitutions().map((id) => loadConstitution(id)),
      }),
    )
    .get('/rules/:pack', (context) => {
      const id = context.req.param('pack');
      if (!listRulePacks().includes(id)) throw notFound();
      const pack = loadRulePack(id);
      const definitions = loadWorkingDays();
      return page(context, 'rule-pack.html', {
        title: pack.title,
        pack,
        own: isOwn('packs', id),
        rules: resolveRules(pack).map((rule) => {
          const inWords = rule.repeats ? cycleInWords : periodInWords;
          return {
            ...rule,
            period: inWords(rule.period),
            definition: rule.workingDays === undefined ? undefined : definitions[rule.workingDays],
            sure: CONFIDENCES[rule.citation.confidence].words,
            examples: rule.examples.map((each) => exampleInWords(rule, each)),
            readings: rule.readings.map((each) => ({
              ...each,
              period: inWords(each.period),
              sure: CONFIDENCES[each.citation.confidence].words,
            })),
          };
        }),
      });
    })
    .get('/rules/constitutions/:id', (context) => {
      const id = context.req.param('id');
      if (!listConstitutions().includes(id)) throw notFound();
      const constitution = loadConstitution(id);
      const { callIn } = constitution;
      return page(context, 'constitution.html', {
        title: constitution.title,
        constitution,
        examples: constitution.examples.map(windowInWords),
        sure: CONFIDENCES[constitution.citation.confidence].words,
        window: periodInWords(callIn.window),
        publishWithin: wordsOf(callIn.publishWithin),
        scrutinyWithin: wordsOf(callIn.scrutinyWithin),
        reconsiderWithin: wordsOf(callIn.reconsiderWithin),
      });
    });
}

const wordsOf = (period: Period | undefined): string | undefined =>
  period === undefined ? undefined : periodInWords(period);
