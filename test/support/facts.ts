import { keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import { readFileSync } from 'node:fs';
import { type BankHolidayFeed, calendarFromFeed } from '../../domain/calendar/holidays.ts';
import { createCalendar, type Division, trimCalendar } from '../../domain/calendar/working-calendar.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import type { Facts } from '../../domain/facts/facts.ts';
import { authority as authoritySchema, type Authority } from '../../domain/schemas/authority.ts';
import { constitution as constitutionSchema } from '../../domain/schemas/constitution.ts';
import { inspection as inspectionSchema, type Inspection } from '../../domain/schemas/inspection.ts';
import { rule as ruleSchema, type Rule } from '../../domain/schemas/rule-pack.ts';

const read = (name: string): object =>
  JSON.parse(readFileSync(new URL(`../../rules/bank-holidays/${name}`, import.meta.url), 'utf8')) as object;
export const feed = { ...read('bank-holidays.json'), ...read('sources.json') } as BankHolidayFeed;

/** The whole published calendar of a division. */
export const calendarData = (division: Division = 'england-and-wales') => calendarFromFeed(feed, division);
export const calendar = createCalendar(calendarData());

/** A council of the tests' own, with one role at each step of the chain. */
export const council: Authority = authoritySchema.parse({
  id: 'anyborough',
  name: 'Anyborough Council',
  division: 'england-and-wales',
  roles: [
    {
      id: 'chief-executive',
      title: 'Chief Executive',
      email: 'chief-executive@anyborough.example.org',
      capacity: 'manager',
    },
    {
      id: 'director',
      title: 'Director of Children’s Services',
      email: 'director@anyborough.example.org',
      reportsTo: 'chief-executive',
      capacity: 'manager',
    },
    {
      id: 'assistant-director',
      title: 'Assistant Director',
      email: 'assistant-director@anyborough.example.org',
      reportsTo: 'director',
      capacity: 'manager',
    },
    {
      id: 'head-of-service',
      title: 'Head of Service',
      email: 'head-of-service@anyborough.example.org',
      reportsTo: 'assistant-director',
    },
    {
      id: 'team-manager',
      title: 'Team Manager',
      email: 'team-manager@anyborough.example.org',
      reportsTo: 'head-of-service',
    },
    {
      id: 'democratic-services',
      title: 'Democratic Services Manager',
      email: 'democratic-services@anyborough.example.org',
      reportsTo: 'chief-executive',
      capacity: 'administrator',
    },
    {
      id: 'scrutiny-chair',
      title: 'Chair of Scrutiny',
      email: 'scrutiny-chair@anyborough.example.org',
      capacity: 'member',
    },
    { id: 'vacant-post', title: 'Virtual School Head' },
  ],
  chain: { director: 'director', chiefExecutive: 'chief-executive', administrator: 'democratic-services' },
  bodies: [{ id: 'cabinet', name: 'Cabinet', meetings: ['2016-05-10', '2016-06-14'] }],
});

const citation = { cite: 'the tests', confidence: 'U' as const };

const rules: Rule[] = [
  ruleSchema.parse({
    id: 'written-action-plan',
    strand: 'plan-submission',
    title: 'Written action plan to Ofsted',
    act: 'Send the written action plan to the inspection support team.',
    trigger: { event: 'report-received', proxy: 'report-published' },
    period: { n: 90, unit: 'working-day' },
    strength: 'statutory',
    citation,
    readings: [
      {
        id: 'regulation',
        period: { n: 70, unit: 'working-day' },
        citation: { cite: 'SI 2007/462 reg 3', confidence: 'M' },
      },
    ],
  }),
  ruleSchema.parse({
    id: 'cabinet-update',
    strand: 'cabinet-updates',
    title: 'Update to Cabinet',
    act: 'Bring a report on the plan to Cabinet.',
    trigger: { event: 'report-received', proxy: 'report-published' },
    period: { n: 3, unit: 'month' },
    repeats: true,
    roll: 'next',
    strength: 'commitment',
    citation,
  }),
];

const constitution = constitutionSchema.parse({
  id: 'anyborough',
  version: 1,
  title: 'Constitution of Anyborough',
  valid: { from: '2010-01-01' },
  callIn: {
    window: { n: 5, unit: 'working-day' },
    closes: '24:00',
    who: 'five members',
    scrutinyWithin: { n: 15, unit: 'working-day' },
  },
  citation,
});

/** An inspection whose report was published on 19 February 2016; parts of it may be replaced. */
function inspectionOf(parts: Record<string, unknown> = {}): Inspection {
  return inspectionSchema.parse({
    reference: 'test',
    title: 'Anyborough 2016',
    framework: 'sif-2013',
    fieldwork: { from: '2015-11-23', until: '2015-12-17' },
    report: { published: '2016-02-19' },
    owners: { 'plan-submission': 'head-of-service', 'cabinet-updates': 'assistant-director' },
    ...parts,
  });
}

export function factsOf(parts: Record<string, unknown> = {}, authority: Authority = council): Facts {
  return {
    inspection: inspectionOf(parts),
    authority,
    rules,
    pack: { id: 'sif-2013', version: 1 },
    constitution,
  };
}

export function startOf(parts: Record<string, unknown> = {}, startedBy = 'democratic-services'): LifecycleStart {
  return {
    facts: factsOf(parts),
    calendar: keepCalendar(trimCalendar(calendarData(), '2014-01-01', '2030-12-31')),
    startedBy: { id: 'test', role: startedBy },
  };
}
