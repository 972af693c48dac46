import { Story } from '../../domain/preview/story.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { startOf } from './facts.ts';

const director: Actor = { id: 'director@anyborough.example.org', role: 'director' };
const administrator: Actor = { id: 'democratic-services@anyborough.example.org', role: 'democratic-services' };
const at = (day: string): string => `${day}T10:00:00.000Z`;
const of = (id: string): string => `improvement-actions/${id}`;

/** What people did, and when: some of it late, some of it of an earlier day. */
const STEPS: [day: string, command: Command, actor: Actor][] = [
  ['2025-04-20', { name: 'complete', payload: { milestone: of('audit') } }, director],
  [
    '2025-05-12',
    { name: 'extend', payload: { milestone: of('recruit'), to: '2025-08-29', reason: 'no candidates' } },
    director,
  ],
  ['2025-06-10', { name: 'complete', payload: { milestone: of('train') } }, director],
  [
    '2025-08-20',
    { name: 'extend', payload: { milestone: of('recruit'), to: '2025-11-28', reason: 'one post is left' } },
    director,
  ],
  // Said in September of a day in June.
  ['2025-09-03', { name: 'complete', payload: { milestone: of('consult'), on: '2025-06-27' } }, director],
  [
    '2025-10-01',
    { name: 'waive', payload: { milestone: of('pilot'), reason: 'the service has ended' } },
    administrator,
  ],
];

/**
 * A year of one inspection as its register has it: themes, dates that are met, missed and moved, one word that comes late.
 *
 * @param parts of the inspection's file
 */
export function yearOfFigures(parts: Record<string, unknown> = {}): Story {
  const story = new Story(
    startOf({
      reference: '2025',
      title: 'Anyborough 2025',
      fieldwork: { from: '2024-11-25', until: '2024-12-13' },
      report: { published: '2025-02-19' },
      recommendations: [
        { id: '1', text: 'Audit what is done.' },
        { id: '2', text: 'Fill the posts.' },
      ],
      themes: [
        { id: 'quality', title: 'Quality of practice', officer: 'director' },
        { id: 'workforce', title: 'A stable workforce', officer: 'head-of-service' },
      ],
      actions: [
        {
          id: 'audit',
          title: 'Audit of case files',
          theme: 'quality',
          owner: 'team-manager',
          due: '2025-04-30',
          recommendations: ['1'],
        },
        {
          id: 'train',
          title: 'Train every supervisor',
          theme: 'quality',
          owner: 'team-manager',
          due: '2025-05-30',
          recommendations: ['1'],
        },
        {
          id: 'recruit',
          title: 'Fill the vacant posts',
          theme: 'workforce',
          owner: 'head-of-service',
          due: '2025-05-30',
          recommendations: ['2'],
        },
        {
          id: 'consult',
          title: 'Consult the staff',
          theme: 'workforce',
          owner: 'head-of-service',
          due: '2025-06-30',
          recommendations: ['2'],
        },
        { id: 'pilot', title: 'Pilot the new model', theme: 'quality', owner: 'team-manager', due: '2025-12-31' },
      ],
      ...parts,
    }),
    at('2025-02-20'),
  );
  for (const [day, command, actor] of STEPS) story.until(at(day)).command(command, actor);
  return story.until(at('2025-12-01'));
}
