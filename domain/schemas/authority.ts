import { z } from 'zod';
import { AGENDA_CLEAR_DAYS } from '../meetings/statutory-days.ts';
import { checkAuthority } from './authority-checks.ts';
import { civilDate, division, emailAddress, explained, line, slug, timeOfDay } from './common.ts';
import { laterDates } from './later-dates.ts';
import { always } from './part.ts';
import { partner } from './partner.ts';
import { sustained } from './sustained.ts';
import { ratings } from './ratings.ts';
import { webhooks } from './webhooks.ts';

/** What the holder of a role may do here: see domain/commands/may.ts. */
const capacity = explained(z.enum(['owner', 'manager', 'administrator', 'member']), {
  owner: 'acts on the duties that are the role’s own',
  manager: 'also grants later dates, waives and reassigns, on everything of an inspection',
  administrator: 'the same, and runs duecourse for the council: applies files, approves bank holidays',
  member: 'a councillor: asks questions and calls decisions in',
});

/** How mail leaves. What hands it over by each: activities/mail/transport-from-settings.ts. */
export const channel = explained(z.enum(['smtp', 'govuk-notify', 'outbox']), {
  smtp: 'the mail server that duecourse is set up with',
  'govuk-notify': 'GOV.UK Notify; the operator sets its key and template',
  outbox:
    'none: it is kept on this machine, in the outbox folder or in the inbox that `npm start` brings, and no mail server is given it',
});

/** A role of this authority, by its id. */
const roleId = slug.meta({ refersTo: 'role' });

export const role = z.strictObject({
  id: slug.meta({
    description: 'The role’s short name. All other files name the role by it.',
    examples: ['head-of-safeguarding'],
  }),
  title: line.meta({
    description: 'What the role is called in mail and on pages.',
    examples: ['Head of Safeguarding'],
  }),
  email: emailAddress.optional().meta({
    description:
      'Where the role’s mail goes: the address of whoever holds it now. Leave it out while the post is vacant: the administrator gets its mail meanwhile.',
    examples: ['head-of-safeguarding@anyborough.example.org'],
  }),
  reportsTo: roleId.optional().meta({
    description:
      'The role above this one: it hears first when something of this role’s is late. Roles may not answer to each other in a circle. Left out: the administrator hears.',
    examples: ['assistant-director'],
  }),
  capacity: capacity.default('owner').describe('What the holder of the role may do.'),
  groups: z
    .array(line.max(200))
    .min(1)
    .max(20)
    .optional()
    .meta({
      description:
        'Groups or app roles of the council’s own sign-in whose members hold this role on the pages: the value that the sign-in gives, for Microsoft Entra a group’s object id or an app role’s value. Mail still goes to `email`.',
      examples: [['6f1c2a30-9d5e-4b7a-8f7e-0d6d1f2b3c4d']],
    }),
});

const papers = z.strictObject({
  reportDays: z
    .int()
    .min(1)
    .max(60)
    .optional()
    .meta({
      description:
        'So many working days before a meeting, reports must be with the officer. Left out: nobody is reminded of that.',
      examples: [8],
    }),
  agendaClearDays: z.int().min(1).max(60).default(AGENDA_CLEAR_DAYS).meta({
    description:
      'So many clear working days lie between the publication of the agenda and the meeting, both left out. The law asks for 5.',
  }),
  clearDays: explained(z.enum(['working-day', 'monday-to-saturday', 'calendar-day']), {
    'working-day': 'working days: the usual reading',
    'monday-to-saturday':
      'Mondays to Saturdays without bank holidays, as some read section 243 of the Local Government Act 1972',
    'calendar-day': 'all days, weekends and holidays too',
  })
    .default('working-day')
    .describe('Which days are clear days: no statute says so, and councils differ.'),
  notClear: z
    .array(
      z.strictObject({
        date: civilDate.meta({ description: 'The day.', examples: ['2022-09-16'] }),
        title: line.meta({ description: 'Why it does not count.', examples: ['public mourning'] }),
      }),
    )
    .max(200)
    .optional()
    .describe('Single days that are no clear days, of public mourning for example (Local Government Act 1972 s.243).'),
  closureDays: z
    .boolean()
    .default(false)
    .describe(
      'Whether the days on which the council is closed are left out of the clear days as bank holidays are: only where the constitution says so.',
    ),
  officer: roleId.meta({
    description: 'The role that publishes agendas and notices.',
    examples: ['democratic-services'],
  }),
});

const body = z.strictObject({
  id: slug.meta({ description: 'The body’s short name, by which inspection files name it.', examples: ['cabinet'] }),
  name: line.meta({ description: 'What it is called.', examples: ['Cabinet'] }),
  kind: explained(z.enum(['executive', 'council', 'other']), {
    executive: 'the Cabinet or Executive, or a part of it: its decisions can be called in, and may be key',
    council: 'full Council: no call-in, no key decisions',
    other: 'a committee or board beside the executive: no call-in, no key decisions',
  })
    .optional()
    .describe('What kind of body it is. Left out: executive.'),
  meetings: z
    .array(
      z.union([
        civilDate,
        z.strictObject({
          on: civilDate.meta({ description: 'The day on which the meeting was to be.', examples: ['2026-11-17'] }),
          cancelled: line.optional().meta({
            description: 'It does not take place, and why. Duties move to the next meeting, or to the written route.',
            examples: ['the building is closed'],
          }),
          movedTo: civilDate.optional().meta({
            description: 'It takes place on this day instead. Duties and their papers move with it.',
            examples: ['2026-11-24'],
          }),
        }),
      ]),
    )
    .default([])
    .meta({
      description:
        'The dates of its meetings, in any order. Write a meeting that was cancelled or moved as `{ on: …, cancelled: … }` or `{ on: …, movedTo: … }`.',
      examples: [['2026-10-13', '2026-12-08']],
    }),
  papers: papers
    .optional()
    .describe(
      'What must be ready before each meeting that a duty goes to: the report, the agenda, the notice of a key decision. Each becomes a duty of its own. Left out: duecourse reminds of none of them.',
    ),
});

/** How one person gets their mail: by address, whatever roles they hold. Nothing listed here: daily, never away. */
const person = z.strictObject({
  email: emailAddress.meta({
    description: 'Whom it is about: an address that a role of the council, or of a partner, has.',
    examples: ['head-of-safeguarding@anyborough.example.org'],
  }),
  digest: explained(z.enum(['daily', 'weekly']), {
    daily: 'one mail a day at most, on working days',
    weekly:
      'what is due after the next weekly mail is gathered in it; what is due before it, late or urgent comes on its day',
  })
    .default('daily')
    .describe('How often mail comes.'),
  weeklyOn: z
    .enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'])
    .default('monday')
    .describe('The day of the weekly mail; where that is a holiday, the first working day after it.'),
  channel: channel
    .optional()
    .describe('How this person’s mail leaves, where that is otherwise than the council’s: see `channel` there.'),
  away: z
    .array(
      z.strictObject({
        from: civilDate.meta({ description: 'The first day away. It counts.', examples: ['2026-12-07'] }),
        until: civilDate.meta({
          description:
            'The last day away. It counts too. 2199-12-31 means that it has no end: the delegate stands in until further notice.',
          examples: ['2026-12-18'],
        }),
        delegate: slug.meta({
          description:
            'The role of the same organisation whose holder gets the mail meanwhile, and is told for whom. Stand-ins may not point at each other on the same days.',
          examples: ['assistant-director'],
        }),
      }),
    )
    .default([])
    .describe('When the person is away, and who stands in.'),
});

const sending = z.strictObject({
  time: timeOfDay.default('09:00').describe('When the day’s mail goes out, in local time.'),
  from: timeOfDay.default('08:00').describe('Nothing is sent before this time of day.'),
  until: timeOfDay.default('18:00').describe('Nothing is sent from this time of day on.'),
  summary: timeOfDay.optional().meta({
    description:
      'When the administrator’s morning summary goes out, on working days on which there is something to say: what is overdue, due this week, held past its review or undeliverable. Left out: there is none.',
    examples: ['08:30'],
  }),
});

const chain = z.strictObject({
  director: roleId.meta({
    description: 'The role at the second step of escalation (5 working days late). Owns whatever has no other owner.',
    examples: ['director-of-childrens-services'],
  }),
  chiefExecutive: roleId.meta({
    description: 'The role at the third step (10 working days late, and then again and again).',
    examples: ['chief-executive'],
  }),
  administrator: roleId.meta({
    description:
      'The role that runs duecourse here. It gets the mail that nobody else can receive, so it needs an address.',
    examples: ['democratic-services'],
  }),
  leadMember: roleId.optional().meta({
    description: 'The lead member for children’s services: told once, for information, of what is long overdue.',
    examples: ['lead-member'],
  }),
});

/** An authority: the council, its roles, bodies, closure days and sending times. */
export const authority = z
  .strictObject({
    id: slug.meta({
      description: 'The council’s short name. It is part of addresses and of every record, and never changes.',
      examples: ['anyborough'],
    }),
    name: line.meta({ description: 'What the council is called.', examples: ['Anyborough Council'] }),
    demonstration: z
      .literal(true)
      .optional()
      .describe(
        'The council is invented, to show what duecourse does: every page says so, its mail never leaves this machine, and an administrator removes all of it at once. It can’t be put on a council that is known already, nor taken off.',
      ),
    division: division.describe('Whose bank holidays count.'),
    constitution: slug
      .meta({ refersTo: 'constitution' })
      .optional()
      .meta({
        description:
          'What the council’s constitution says of call-in: the id of one of rules/constitutions. Left out: call-in windows are not worked out.',
        examples: ['middlesbrough'],
      }),
    sending: sending
      .default({ time: '09:00', from: '08:00', until: '18:00' })
      .describe('When mail goes out, in local time: from is not after time, and time is before until.'),
    channel: channel.optional().describe('How mail leaves. Left out: by the mail server.'),
    roles: z
      .array(role)
      .min(1)
      .describe('Every role that owns a duty, stands above one that does, or works with duecourse.'),
    people: z
      .array(person)
      .optional()
      .describe(
        'What single people want: a weekly mail, a stand-in while they are away. Whoever is not listed gets daily mail and is never away.',
      ),
    partners: z
      .array(partner)
      .optional()
      .describe(
        'Other organisations whose officers own actions of a plan: the NHS, the police, schools. What they miss goes up at the partner, and is told to the council’s lead for it; never to the chief executive or the lead member.',
      ),
    chain: chain.describe('Who stands at the upper steps of escalation, and who runs duecourse here.'),
    bodies: z
      .array(body)
      .default([])
      .describe('The bodies that duties go to or that take decisions: Cabinet, Council, scrutiny, boards.'),
    laterDates: laterDates
      .optional()
      .describe(
        'How often one duty may be given a later date, and who alone may grant more. Left out: as often as those above its owner agree to.',
      ),
    sustained: sustained
      .optional()
      .describe(
        'When somebody is asked whether an action that was done still holds, where the action does not say it itself. Left out: never.',
      ),
    ratings: ratings
      .optional()
      .describe(
        'By which names the council says how an action stands, in their order. Left out: Red, Amber, Green and Complete, whose rules every report prints.',
      ),
    closureDays: z
      .array(
        z.strictObject({
          date: civilDate.meta({ description: 'The day.', examples: ['2026-12-29'] }),
          title: line.meta({ description: 'Why nobody works.', examples: ['Christmas closure'] }),
        }),
      )
      .default([])
      .describe(
        'Days on which the council is closed beside bank holidays. The council’s own periods leave them out; statutory periods count them as working days where the instrument does.',
      ),
    preElectionPeriods: z
      .array(
        z.strictObject({
          from: civilDate.meta({
            description: 'Its first day: that of the notice of election.',
            examples: ['2027-03-24'],
          }),
          until: civilDate.meta({ description: 'Its last day: that of the poll.', examples: ['2027-05-06'] }),
          election: line.meta({ description: 'Which election.', examples: ['local elections of 6 May 2027'] }),
        }),
      )
      .max(100)
      .optional()
      .describe(
        'Periods before elections, in which councils take care with what they publish (the code of recommended practice on local authority publicity). A preview warns of the records of decisions, and of what a rule says to publish, that are due within one; agendas and notices of meetings go out all the same. No date moves.',
      ),
    webhooks: webhooks
      .optional()
      .describe(
        'Addresses outside that are told what happens: programs of the council’s, channels of Microsoft Teams. Mail goes on as before: they are never how a statutory notice is served.',
      ),
  })
  .superRefine(...always(checkAuthority))
  .meta({ part: 'authority' });

export type Authority = z.infer<typeof authority>;
export type Channel = z.infer<typeof channel>;
export type Role = z.infer<typeof role>;
export type Person = z.infer<typeof person>;
export type Capacity = z.infer<typeof capacity>;
