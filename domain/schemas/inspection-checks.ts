import { checkEvents } from './one-event-a-day.ts';
import { nearestHint } from '../nearest.ts';
import { checkMeasures } from './measures.ts';
import { dateAt, listAt, partAt, type Say, textAt } from './part.ts';
import { checkPromises } from './promise.ts';

type Path = (string | number)[];

/** What must be right of an inspection's file beyond the kinds of its parts; each mistake once, at its place. */
export function checkInspection(file: unknown, say: Say): void {
  checkThatSomethingCame(file, say);
  checkOrder(file, say);
  checkNames(file, say);
  checkMeasures(file, say);
  checkEvents(file, say);
  checkPromises(file, say);
  listAt(file, 'decisions').forEach((each, index) => {
    if (partAt(each, 'urgent') === true && partAt(each, 'reasons') === undefined)
      say(['decisions', index, 'urgent'], 'an urgent decision needs its reasons');
  });
}

/** Nothing comes before the fact that it answers. Where one of two dates is none, or wrong itself, nothing is said of their order. */
function checkOrder(file: unknown, say: Say): void {
  const notBefore = (path: Path, after: Path, sentence: (date: string, earliest: string) => string) => {
    const [date, earliest] = [dateAt(file, ...path), dateAt(file, ...after)];
    if (date !== undefined && earliest !== undefined && date < earliest) say(path, sentence(date, earliest), [after]);
  };
  const began: Path = ['fieldwork', 'from'];
  const ended: Path = ['fieldwork', 'until'];
  /** The first of which is a date; the last where none is. */
  const firstDated = (...paths: [Path, ...Path[]]): Path =>
    paths.find((path) => dateAt(file, ...path) !== undefined) ?? paths.at(-1) ?? paths[0];
  notBefore(ended, began, (date, from) => `the inspection ends (${date}) before it begins (${from})`);
  for (const name of ['received', 'published'])
    notBefore(
      ['report', name],
      ended,
      (date, until) => `the report can't have been ${name} on ${date}, before the inspection ended on ${until}`,
    );
  notBefore(
    ['events', 'complaint-acknowledged'],
    firstDated(['events', 'complaint-received'], ['events', 'complaint-received', 'on']),
    (date, received) => `the complaint can't have been acknowledged (${date}) before it was received (${received})`,
  );
  checkDecisions(file, notBefore, firstDated);
  listAt(file, 'questions').forEach((_each, index) =>
    notBefore(
      ['questions', index, 'answer', 'on'],
      ['questions', index, 'askedOn'],
      (date, asked) => `the question can't have been answered (${date}) before it was asked (${asked})`,
    ),
  );
  listAt(file, 'plans').forEach((plan, index) =>
    listAt(plan, 'stages').forEach((_stage, at) =>
      notBefore(
        ['plans', index, 'stages', at, 'on'],
        ['plans', index, 'stages', at - 1, 'on'],
        (date, before) => `this stage can't have been reached on ${date}, before the one above it (${before})`,
      ),
    ),
  );
  listAt(file, 'happened').forEach((_past, index) => {
    notBefore(
      ['happened', index, 'on'],
      began,
      (date, from) => `it can't have happened on ${date}, before the inspection began on ${from}`,
    );
    notBefore(
      ['happened', index, 'promisedOn'],
      ['happened', index, 'on'],
      (date, on) => `a day can't be promised (${date}) that was over by then (${on})`,
    );
    notBefore(
      ['happened', index, 'reviewOn'],
      ['happened', index, 'on'],
      (date, on) => `a hold can't be reviewed (${date}) before it began (${on})`,
    );
  });
  listAt(file, 'themes').forEach((_theme, index) =>
    notBefore(
      ['themes', index, 'until'],
      began,
      (date, from) => `the theme ends (${date}) before the inspection began (${from})`,
    ),
  );
  listAt(file, 'commitments').forEach((_each, index) =>
    notBefore(
      ['commitments', index, 'until'],
      ['commitments', index, 'from'],
      (date, from) => `the cycle ends (${date}) before it begins (${from})`,
    ),
  );
}

function checkDecisions(
  file: unknown,
  notBefore: (path: Path, after: Path, sentence: (date: string, earliest: string) => string) => void,
  firstDated: (...paths: [Path, ...Path[]]) => Path,
): void {
  const decisions = listAt(file, 'decisions');
  decisions.forEach((_each, index) => {
    const taken = ['decisions', index, 'takenOn'];
    notBefore(
      ['decisions', index, 'publishedOn'],
      taken,
      (date, on) => `the decision can't be published (${date}) before it is taken (${on})`,
    );
    notBefore(
      ['decisions', index, 'implementedOn'],
      taken,
      (date, on) => `the decision can't be carried out (${date}) before it is taken (${on})`,
    );
  });
  listAt(file, 'callIns').forEach((each, index) => {
    const id = textAt(each, 'decision');
    const decision = decisions.findIndex((other) => id !== undefined && textAt(other, 'id') === id);
    const taken: Path = ['decisions', decision, 'takenOn'];
    const published: Path = ['decisions', decision, 'publishedOn'];
    const last = firstDated(published, taken);
    notBefore(['callIns', index, 'receivedOn'], last, (date, on) =>
      last === taken
        ? `the decision can't have been called in (${date}) before it was taken (${on})`
        : `the decision can't have been called in (${date}) before its record was published (${on})`,
    );
    const received = ['callIns', index, 'receivedOn'];
    notBefore(
      ['callIns', index, 'resolution', 'on'],
      received,
      (date, on) => `scrutiny can't have met on the call-in (${date}) before it was received (${on})`,
    );
    notBefore(
      ['callIns', index, 'reconsidered', 'on'],
      firstDated(['callIns', index, 'resolution', 'on'], received),
      (date, on) => `the decision can't have been reconsidered (${date}) before it was referred (${on})`,
    );
  });
}

/** Ids are there once, and what is named is there. */
function checkNames(file: unknown, say: Say): void {
  const idsOf = (name: string) => {
    const ids = new Set<string>();
    listAt(file, name).forEach((each, index) => {
      const id = textAt(each, 'id');
      if (id === undefined) return;
      if (ids.has(id)) say([name, index, 'id'], `"${id}" is defined twice`);
      ids.add(id);
    });
    return ids;
  };
  const [recommendations, themes, decisions] = [idsOf('recommendations'), idsOf('themes'), idsOf('decisions')];
  const instruments = idsOf('instruments');
  for (const name of ['actions', 'questions', 'training']) idsOf(name);
  const mustBeThere = (path: Path, what: string, ids: Set<string>) => {
    const id = textAt(file, ...path);
    if (id !== undefined && !ids.has(id))
      say(path, `there is no ${what} "${id}" in this file${nearestHint(id, [...ids])}`);
  };
  for (const name of ['themes', 'actions'])
    listAt(file, name).forEach((each, index) =>
      listAt(each, 'recommendations').forEach((_id, at) =>
        mustBeThere([name, index, 'recommendations', at], 'recommendation', recommendations),
      ),
    );
  listAt(file, 'actions').forEach((each, index) => {
    mustBeThere(['actions', index, 'theme'], 'theme', themes);
    if (typeof each !== 'object' || each === null) return;
    if (partAt(each, 'theme') === undefined && partAt(each, 'owner') === undefined)
      say(['actions', index], 'an action needs an owner, or a theme whose officer owns it');
  });
  listAt(file, 'recommendations').forEach((each, index) =>
    listAt(each, 'answeredIn').forEach((_one, at) => {
      const path = ['recommendations', index, 'answeredIn', at, 'inspection'];
      const other = textAt(file, ...path);
      if (other !== undefined && other === textAt(file, 'reference'))
        say(path, 'this is the inspection itself: let the action name the recommendation');
    }),
  );
  for (const name of ['recommendations', 'commitments'])
    listAt(file, name).forEach((_each, index) => mustBeThere([name, index, 'instrument'], 'instrument', instruments));
  for (const name of ['actions', 'commitments'])
    listAt(file, name).forEach((each, index) => {
      mustBeThere([name, index, 'due', 'instrument'], 'instrument', instruments);
      mustBeThere([name, index, 'due', 'decision'], 'decision', decisions);
      const from = textAt(each, 'due', 'from');
      const which = partAt(each, 'due', 'decision') !== undefined;
      const ofDecision = from === 'decision-taken' || from === 'decision-published';
      if (ofDecision && !which && decisions.size > 1)
        say(
          [name, index, 'due'],
          `counted from which decision? Name one as \`decision\`: ${[...decisions].join(', ')}`,
        );
      if (which && !ofDecision)
        say(
          [name, index, 'due', 'decision'],
          'a decision is counted from with `from: decision-taken` or `decision-published`',
        );
    });
  listAt(file, 'callIns').forEach((_each, index) => mustBeThere(['callIns', index, 'decision'], 'decision', decisions));
}

/** An inspection without a report, a focused visit for example, has what came of it under its events; or nothing would start a clock. */
function checkThatSomethingCame(file: unknown, say: Say): void {
  const report = partAt(file, 'report') ?? {};
  const came = ['received', 'published'].some((name) => partAt(report, name) !== undefined);
  if (came || Object.keys(partAt(file, 'events') ?? {}).length > 0) return;
  say(
    ['report'],
    'expected the date the report was received, or, failing that, published; where there is none, what came of it under `events`',
  );
}
