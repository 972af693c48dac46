import { Hono } from 'hono';
import {
  listConstitutions,
  listRulePacks,
  loadConstitution,
  loadRulePack,
  loadWorkingDays,
  resolveRules,
} from '../../files/rules.ts';
import { page } from '../page.ts';
import type { Env } from '../parts.ts';
import { notFound } from '../problems.ts';
import { CONFIDENCE, periodInWords } from '../rule-words.ts';

/** What the engine believes: every rule with its source and how sure it is of it. */
export function ruleRoutes(): Hono<Env> {
  return new Hono<Env>()
    .get('/rules', (context) =>
      page(context, 'rules.html', {
        title: 'Rules',
        packs: listRulePacks()
          .map(loadRulePack)
          .map((pack) => ({ ...pack, count: resolveRules(pack).length })),
        constitutions: listConstitutions().map(loadConstitution),
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
        rules: resolveRules(pack).map((rule) => ({
          ...rule,
          period: periodInWords(rule),
          definition: rule.workingDays === undefined ? undefined : definitions[rule.workingDays],
          sure: CONFIDENCE[rule.citation.confidence],
          alternatives: rule.alternatives.map((each) => ({
            ...each,
            period: periodInWords({ ...rule, period: each.period }),
            sure: CONFIDENCE[each.citation.confidence],
          })),
        })),
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
        sure: CONFIDENCE[constitution.citation.confidence],
        window: periodInWords({ period: callIn.window }),
        publishWithin: callIn.publishWithin === undefined ? undefined : periodInWords({ period: callIn.publishWithin }),
        scrutinyWithin:
          callIn.scrutinyWithin === undefined ? undefined : periodInWords({ period: callIn.scrutinyWithin }),
        reconsiderWithin:
          callIn.reconsiderWithin === undefined ? undefined : periodInWords({ period: callIn.reconsiderWithin }),
      });
    });
}
