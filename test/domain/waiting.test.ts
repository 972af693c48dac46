import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../domain/lifecycle/state.ts';
import { milestonesOf } from '../../domain/lifecycle/milestones.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import { plan } from '../../domain/plan/plan.ts';
import { soughtSentences, waitingSentences } from '../../domain/plan/waiting.ts';
import { Story } from '../../domain/preview/story.ts';
import { frameworkOf } from '../../client/files/framework.ts';
import { listRulePacks, loadRulePack } from '../../client/files/rules.ts';
import { startOf } from '../support/facts.ts';

const under = (pack: string, facts: Record<string, unknown> = {}) => {
  const given = startOf({ framework: pack, ...facts });
  return { ...given, facts: { ...given.facts, ...frameworkOf(loadRulePack(pack, '2016-02-19')) } };
};

describe('what a rule of the framework waits for', () => {
  test.each<[string, string, Record<string, unknown>, string[]]>([
    [
      'an event that is not on file, with all that depends on it',
      'ilacs-2018',
      { report: { received: '2019-01-07' }, judgements: [{ area: 'Overall', grade: 'Good' }] },
      [
        'Nothing is planned for "Draft action plan after the focused visit, to Ofsted", "Written action plan after the focused visit, to Ofsted": they count from the day on which the focused visit\'s letter was received, and that is not on file. Where that has not happened, there is nothing to do.',
      ],
    ],
    [
      'what the law makes depend on a determination',
      'send-2016',
      {
        report: { received: '2019-05-14' },
        events: { 'outcome-letter-received': '2019-05-14', 'plan-accepted': '2019-10-18' },
      },
      [
        'Nothing is planned for "Written statement of action": that follows only where it was determined that a statement is required, and that is not on file.',
      ],
    ],
    [
      'a judgement, where none is on file',
      'ilacs-2018',
      { report: { received: '2019-01-07' }, events: { 'focused-visit-letter-received': '2019-01-07' } },
      [
        'Nothing is planned for "Be ready for Ofsted’s monitoring visit": that follows only from a judgement "Inadequate", and no judgement is on file.'.replace(
          '’',
          "'",
        ),
      ],
    ],
    [
      'nothing that a better judgement rules out, nor what comes with each decision and question',
      'sif-2013',
      { report: { received: '2016-02-19' } },
      [],
    ],
    [
      'under one of its instruments, by its name',
      'sif-2013',
      {
        report: { received: '2016-02-19' },
        instruments: [
          { id: 'cqc', title: 'Warning notice', issuedBy: 'CQC', events: { 'notice-received': '2016-03-01' } },
        ],
      },
      [],
    ],
  ])('is %s', (_what, pack, facts, said) => {
    expect(waitingSentences(under(pack, facts).facts)).toEqual(said);
  });

  test('is nothing where a judgement of that grade is of another area than the rule names', () => {
    const events = { 'focused-visit-letter-received': '2019-01-07' };
    const saidOf = (area: string, named?: string[]) => {
      const { facts } = under('ilacs-2018', { report: {}, events, judgements: [{ area, grade: 'Inadequate' }] });
      const rules = facts.rules.map((rule) =>
        rule.onlyWhere === undefined || named === undefined
          ? rule
          : { ...rule, onlyWhere: { ...rule.onlyWhere, area: named } },
      );
      return waitingSentences({ ...facts, rules }).filter((each) => each.includes('monitoring visit'));
    };
    expect(saidOf('Care leavers')).toHaveLength(1);
    expect(saidOf('overall', ['Overall effectiveness', 'Overall'])).toHaveLength(1);
    expect(saidOf('Care leavers', ['Overall effectiveness', 'Overall'])).toEqual([]);
  });

  test.each(listRulePacks())('is looked for only where each inspection comes to it: %s', (pack) => {
    const { facts } = under(pack, { report: { published: '2016-02-19' } });
    const [all, sought] = [waitingSentences(facts), soughtSentences(facts)];
    expect(all).toEqual(expect.arrayContaining(sought));
    for (const each of sought) expect(each).not.toMatch(/there is nothing to do\.$|follows only where/);
    for (const each of all.filter((said) => !sought.includes(said)))
      expect(each).toMatch(/Where that has not happened, there is nothing to do\.$|follows only where/);
  });

  test.each(listRulePacks())('is said of each rule of %s that gives no date', (pack) => {
    const { facts, ...rest } = under(pack, { report: { published: '2016-02-19' } });
    const planned = new Set(
      plan(facts, calendarOf({ facts, ...rest }), { cycles: { until: '2017-02-19' } }).map(({ rule }) => rule.id),
    );
    const said = waitingSentences(facts).join('\n');
    const silent = facts.rules.filter(
      ({ id, strength, trigger, title }) =>
        strength !== 'commitment' &&
        trigger.event !== 'question-asked' &&
        !planned.has(id) &&
        !said.includes(`"${title}"`),
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  test('is told to whoever starts it, once, and is no longer there once the fact is', () => {
    const story = new Story(under('sif-2013', { report: { published: '2016-02-19' } }), '2016-02-22T10:00:00.000Z');
    const told = story.until('2016-02-24T12:00:00.000Z').mails.filter(({ waiting }) => waiting !== undefined);
    expect(told.map(({ recipient, waiting }) => [recipient.roles[0]?.id, waiting])).toEqual([
      [
        story.state.startedBy.role,
        [expect.stringContaining('"Publish the inspection report": it counts from the day')],
      ],
    ]);
    story.command(
      { name: 'correct', payload: { received: '2016-02-18', reason: 'the letter' } },
      { id: 'x', role: 'democratic-services' },
    );
    expect(waitingSentences(story.state.facts)).toEqual([]);
    expect(story.milestones['other-reporting/report-publication']?.due).toBe('2016-04-04');
  });
});

describe('a date that another event stands in for', () => {
  const PLAN = 'plan-submission/written-action-plan';

  test('is marked, its owner is asked for the real one in each mail, until it comes', () => {
    const story = new Story(under('sif-2013', { report: { published: '2016-02-19' } }), '2016-02-22T10:00:00.000Z');
    expect(story.milestones[PLAN]?.standIn).toBe('report-received');
    expect(story.entries.findLast(({ row }) => row?.milestone === PLAN)?.row?.standIn).toBe('report-received');
    const asked = () =>
      story.mails
        .filter(({ recipient }) => recipient.roles.some(({ id }) => id === story.milestones[PLAN]?.owner))
        .flatMap(({ notices }) => notices.filter(({ milestone }) => milestone === PLAN))
        .map(({ text }) => text?.includes('It is not on file when it was received') ?? false);
    story.until('2016-05-19T12:00:00.000Z');
    expect(asked().length).toBeGreaterThan(2);
    expect(asked()).not.toContain(false);
    const before = asked().length;
    story.command(
      { name: 'correct', payload: { received: '2016-02-18', reason: 'the letter' } },
      { id: 'x', role: 'democratic-services' },
    );
    story.until('2016-06-30T12:00:00.000Z');
    expect(asked().slice(before)).not.toContain(true);
    expect(story.milestones[PLAN]?.standIn).toBeUndefined();
  });

  test('is no stand-in once people have set a date', () => {
    const state = openLifecycle(
      under('slac-2009', { report: { published: '2016-02-19' } }),
      '2016-02-22T10:00:00.000Z',
    );
    const [duty] = milestonesOf(state).filter(({ id }) => id === PLAN);
    expect(duty?.standIn).toBe('report-received');
    const story = new Story(
      under('slac-2009', { report: { published: '2016-02-19' } }),
      '2016-02-22T10:00:00.000Z',
    ).command(
      { name: 'extend', payload: { milestone: PLAN, to: '2016-09-30', reason: 'agreed with Ofsted' } },
      { id: 'x', role: 'director' },
    );
    expect(story.milestones[PLAN]?.standIn).toBeUndefined();
  });
});
