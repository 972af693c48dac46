import { loadRulePack, resolveRules } from '../../client/files/rules.ts';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import { trimCalendar } from '../../domain/calendar/working-calendar.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import { calendarData, council, startOf } from './facts.ts';
import { seeded } from './seeded.ts';

const WORDS =
  'supervision assessment placement recording caseload practice audit children families safeguarding review quality standard training manager weekly evidence threshold permanence pathway visit health education voice partner referral court strategy return interview'.split(
    ' ',
  );

/** Text of so many characters that deflates as well as English does, and no two alike. */
export function textOf(length: number, seed: number): string {
  const next = seeded(seed);
  let text = '';
  while (text.length < length) text += `${WORDS[Math.floor(next() * WORDS.length)] ?? ''}${Math.floor(next() * 100)} `;
  return text
    .slice(0, length - 1)
    .trimEnd()
    .padEnd(length, 'x');
}

/** How large an inspection is, by what it is large. */
export interface Size {
  actions: number;
  roles: number;
  /** Characters of each title, and of each measure. */
  characters?: number;
  /** The day on which the report came. */
  received?: string;
}

/**
 * An inspection as large as is allowed: so many actions with theme, recommendations, owner and measure, whose owners report
 * to ten heads of service. Actions fall due over three years from the report on; mail may go at any hour of a working day.
 */
export function largeStart(
  { actions, roles, characters = 500, received = '2016-02-19' }: Size,
  startedBy = 'democratic-services',
): LifecycleStart {
  const own = Math.max(0, roles - council.roles.length);
  const ids = Array.from({ length: own }, (_, index) => `officer-${index + 1}`);
  const officers = ids.map((id, index) => ({
    id,
    title: `Officer ${index + 1}`,
    email: `${id}@anyborough.example.org`,
    reportsTo: index < 10 ? 'assistant-director' : `officer-${(index % 10) + 1}`,
    capacity: index < 10 ? ('manager' as const) : ('owner' as const),
  }));
  const owners = ids.length === 0 ? ['head-of-service'] : ids;
  const themes = Array.from({ length: 20 }, (_, index) => ({
    id: `theme-${index + 1}`,
    title: textOf(100, index),
    officer: owners[index % owners.length] ?? 'head-of-service',
    recommendations: [`r-${index + 1}`],
  }));
  const start = startOf(
    {
      fieldwork: { from: addDays(received, -60), until: addDays(received, -30) },
      report: { received, published: received },
      recommendations: themes.map(({ recommendations: [id] }, index) => ({ id, text: textOf(characters, 50 + index) })),
      themes,
      training: [{ id: 'session', title: 'Corporate parenting', on: received }],
      actions: Array.from({ length: actions }, (_, index) => ({
        id: `a${index + 1}`,
        title: textOf(characters, 1000 + 2 * index),
        theme: `theme-${(index % themes.length) + 1}`,
        recommendations: [`r-${(index % themes.length) + 1}`],
        owner: owners[index % owners.length],
        due: { n: (index % 36) + 1, unit: 'month' },
        measure: textOf(characters, 1001 + 2 * index),
      })),
    },
    startedBy,
  );
  const authority = {
    ...council,
    roles: [...council.roles, ...officers],
    sending: { time: '00:00', from: '00:00', until: '24:00' },
  };
  // With the rule by which members' questions are answered.
  const rules = [...start.facts.rules, ...resolveRules(loadRulePack('commitments'))];
  return {
    ...start,
    facts: { ...start.facts, authority, rules },
    calendar: keepCalendar(trimCalendar(calendarData(), '2014-01-01', '2035-12-31')),
  };
}
