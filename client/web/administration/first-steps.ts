import { isExecutive } from '../../../domain/meetings/body-kind.ts';
import { meetsAgain } from './tables.ts';
import type { Council } from './council.ts';

/** One thing to do before a council's first inspection. */
interface FirstStep {
  text: string;
  hint: string;
  href: string;
  /** What is left of it; undefined where it is done, or where nothing says that it has to be. */
  left?: string | undefined;
  optional?: boolean;
}

/** What a new administrator does before the first inspection, in the order in which each rests on the ones before. */
export function firstSteps({ authority, today, home }: Council): FirstStep[] {
  const vacant = authority.roles.filter(({ email }) => email === undefined).length;
  const executive = authority.bodies.find(isExecutive);
  const meets = executive === undefined || meetsAgain(executive, today);
  return [
    {
      text: 'People and roles',
      hint: 'Who owns duties, who stands above them, and their addresses. Add a role for every accountable officer.',
      href: `${home}/people`,
      left: vacant === 0 ? undefined : `${vacant} ${vacant === 1 ? 'role has' : 'roles have'} no holder`,
    },
    {
      text: 'Bodies and meetings',
      hint: 'Typed, as a cycle, or from a calendar. Reports and decisions go to the next meeting.',
      href: `${home}/bodies`,
      left: meets ? undefined : `No meeting of ${executive.name} to come`,
    },
    {
      text: 'Constitution and own rules',
      hint: 'How decisions are called in. Until it is chosen, call-in windows are not worked out.',
      href: `${home}/rules`,
      left: authority.constitution === undefined ? 'Not chosen yet' : undefined,
    },
    {
      text: 'Closure days',
      hint: 'Days on which the council is closed beside bank holidays.',
      href: `${home}/days`,
      optional: true,
    },
    {
      text: 'Start an inspection',
      hint: 'From the inspectorate’s report, or by a form. You see every date before anything begins.',
      href: '/start',
      left: 'Not started',
    },
  ];
}
