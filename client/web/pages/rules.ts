import type { Hono } from 'hono';
import { localDate } from '../../../domain/calendar/london.ts';
import { exampleInWords, windowInWords } from '../../files/example-words.ts';
import { readableConstitutions, readableNamed, readablePacks } from '../../files/readable-rules.ts';
import { bookDocument, ruleBook } from '../../files/rule-book.ts';
import { loadWorkingDays } from '../../files/rules.ts';
import { CONFIDENCES } from '../../../domain/plan/citation.ts';
import { cycleInWords, periodInWords } from '../../../domain/plan/counting.ts';
import type { Period } from '../../../domain/schemas/common.ts';
import { documentRoutes, type ServedDocument } from '../documents/document-routes.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { notFound } from '../problems.ts';

/** What the engine believes: every rule with its source and how sure it is of it. */
export function ruleRoutes(parts: Pick<WebParts, 'register'>): Hono<Env> {
  return documentRoutes(parts, [BOOK])
    .get('/rules', (context) =>
      page(context, 'rules.html', {
        title: 'Rules',
        ...allThatCanBeRead(),
      }),
    )
    .get('/rules/:pack', (context) => {
      const { pack, rules, own } = orNotFound(readableNamed(context.req.param('pack'), readablePacks));
      const definitions = loadWorkingDays();
      return page(context, 'rule-pack.html', {
        title: pack.title,
        pack,
        own,
        rules: rules.map((rule) => {
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
      const { constitution, own } = orNotFound(readableNamed(context.req.param('id'), readableConstitutions));
      const { callIn } = constitution;
      return page(context, 'constitution.html', {
        title: constitution.title,
        constitution,
        own,
        examples: constitution.examples.map(windowInWords),
        sure: CONFIDENCES[constitution.citation.confidence].words,
        window: periodInWords(callIn.window),
        publishWithin: wordsOf(callIn.publishWithin),
        scrutinyWithin: wordsOf(callIn.scrutinyWithin),
        reconsiderWithin: wordsOf(callIn.reconsiderWithin),
      });
    });
}

/** All of it in one document, to be read and signed off. */
const BOOK: ServedDocument = {
  path: '/rule-book',
  make: (context) => {
    const document = bookDocument(ruleBook(localDate(context.get('now'))));
    return Promise.resolve({ document, authority: null, name: `rule-book-${document.on}.docx` });
  },
};

/** Each version with its link; what can't be used is said, and takes no other off the page. */
function allThatCanBeRead(): Record<string, unknown> {
  const packs = readablePacks();
  const constitutions = readableConstitutions();
  return {
    packs: packs.read.map(({ pack, name, rules, own }) => ({ ...pack, name, count: rules.length, own })),
    constitutions: constitutions.read.map(({ constitution, name, own }) => ({ ...constitution, name, own })),
    broken: [...packs.broken, ...constitutions.broken],
  };
}

/** @throws Problem 404 where there is none */
function orNotFound<T>(found: T | undefined): T {
  if (found === undefined) throw notFound();
  return found;
}

const wordsOf = (period: Period | undefined): string | undefined =>
  period === undefined ? undefined : periodInWords(period);
