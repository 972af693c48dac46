import { z } from 'zod';
import { AGENDA_CLEAR_DAYS } from '../meetings/statutory-days.ts';
import { civilDate, division, line, slug, timeOfDay } from './common.ts';

/** What the holder of a role may do here: see domain/milestone/permissions.ts. */
const capacity = z.enum(['owner', 'manager', 'administrator', 'member']);

export const role = z.strictObject({
  id: slug,
  title: line,
  /** Where notices for this role go; without it nobody holds the role and the administrator is told. */
  email: z.email().optional(),
  /** The role this one answers to: the next step of the chain owner → manager. */
  reportsTo: slug.optional(),
  capacity: capacity.default('owner'),
});

const body = z.strictObject({
  id: slug,
  name: line,
  /** Dates of its meetings, in any order; one that was cancelled or moved says so. */
  meetings: z
    .array(
      z.union([
        civilDate,
        z.strictObject({
          on: civilDate,
          /** Why it does not take place. */
          cancelled: line.optional(),
          movedTo: civilDate.optional(),
        }),
      ]),
    )
    .default([]),
  /** What must be ready before a meeting, where duecourse is to remind of it. */
  papers: z
    .strictObject({
      /** Working days before the meeting by which reports are with the officer. */
      reportDays: z.int().min(1).max(60).optional(),
      /** Clear working days before the meeting on which the agenda is published; the law asks for 5. */
      agendaClearDays: z.int().min(1).max(60).default(AGENDA_CLEAR_DAYS),
      /** Who publishes agendas and notices: a role of the authority. */
      officer: slug,
    })
    .optional(),
});

/** How one person gets their mail: by address, whatever roles they hold. Nothing listed here: daily, never away. */
const person = z.strictObject({
  email: z.email(),
  /** `weekly` gathers what is due after the next weekly mail; what is due before it, late or urgent comes on its day. */
  digest: z.enum(['daily', 'weekly']).default('daily'),
  /** The day of the weekly mail; the first working day from it on. */
  weeklyOn: z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday']).default('monday'),
  /** Both days count. Meanwhile the delegate's holder gets the mail, and is told for whom. */
  away: z.array(z.strictObject({ from: civilDate, until: civilDate, delegate: slug })).default([]),
});

/** An authority: the council, its roles, bodies, closure days and sending times. */
export const authority = z
  .strictObject({
    id: slug,
    name: line,
    division,
    constitution: slug.optional(),
    /** Local times. Digests go out at `time`; nothing is sent before `from` or from `until` on. */
    sending: z
      .strictObject({
        time: timeOfDay.default('09:00'),
        from: timeOfDay.default('08:00'),
        until: timeOfDay.default('18:00'),
        /** When the administrator's morning summary goes out. */
        summary: timeOfDay.optional(),
      })
      .default({ time: '09:00', from: '08:00', until: '18:00' }),
    /** How mail leaves: by the mail server, or by GOV.UK Notify. */
    channel: z.enum(['smtp', 'govuk-notify']).optional(),
    roles: z.array(role).min(1),
    people: z.array(person).optional(),
    /** Who stands at the upper steps of the ladder, and who runs duecourse here. */
    chain: z.strictObject({
      director: slug,
      chiefExecutive: slug,
      administrator: slug,
      leadMember: slug.optional(),
    }),
    bodies: z.array(body).default([]),
    closureDays: z.array(z.strictObject({ date: civilDate, title: line })).default([]),
  })
  .superRefine((council, context) => {
    const ids = new Set<string>();
    council.roles.forEach((each, index) => {
      if (ids.has(each.id))
        context.addIssue({
          code: 'custom',
          path: ['roles', index, 'id'],
          message: `the role "${each.id}" is defined twice`,
        });
      ids.add(each.id);
    });
    const known = [...ids].join(', ');
    const mustExist = (id: string | undefined, path: (string | number)[]) => {
      if (id !== undefined && !ids.has(id))
        context.addIssue({
          code: 'custom',
          path,
          message: `expected one of this authority's roles (${known}), found "${id}"`,
        });
    };
    council.roles.forEach((each, index) => mustExist(each.reportsTo, ['roles', index, 'reportsTo']));
    for (const step of ['director', 'chiefExecutive', 'administrator', 'leadMember'] as const)
      mustExist(council.chain[step], ['chain', step]);
    council.bodies.forEach((each, index) => mustExist(each.papers?.officer, ['bodies', index, 'papers', 'officer']));
    const administrator = council.roles.findIndex((each) => each.id === council.chain.administrator);
    if (council.roles[administrator]?.email === undefined && administrator >= 0)
      context.addIssue({
        code: 'custom',
        path: ['roles', administrator],
        message: 'the administrator needs an email address: notices that nobody else can receive go there',
      });
    checkPeople(council, ids, known, (path, message) => context.addIssue({ code: 'custom', path, message }));
    const { from, time, until, summary } = council.sending;
    if (!(from <= time && time < until))
      context.addIssue({
        code: 'custom',
        path: ['sending'],
        message: `expected from <= time < until, found ${from}, ${time}, ${until}`,
      });
    if (summary !== undefined && !(from <= summary && summary < until))
      context.addIssue({
        code: 'custom',
        path: ['sending', 'summary'],
        message: `expected a time from ${from} to before ${until}, found ${summary}`,
      });
  });

/** People are listed once, hold a role, and name delegates who are others than themselves. */
function checkPeople(
  council: { roles: { id: string; email?: string | undefined }[]; people?: z.infer<typeof person>[] | undefined },
  ids: Set<string>,
  known: string,
  issue: (path: (string | number)[], message: string) => void,
): void {
  const addresses = new Map(council.roles.map((each) => [each.id, each.email?.toLowerCase()]));
  const held = new Set(addresses.values());
  const listed = new Set<string>();
  council.people?.forEach((each, index) => {
    const email = each.email.toLowerCase();
    if (listed.has(email)) issue(['people', index, 'email'], `"${each.email}" is listed twice`);
    listed.add(email);
    if (!held.has(email))
      issue(['people', index, 'email'], `no role of this authority has the address "${each.email}"`);
    each.away.forEach(({ from, until, delegate }, at) => {
      const path = ['people', index, 'away', at];
      if (until < from) issue([...path, 'until'], `the time away ends (${until}) before it begins (${from})`);
      if (!ids.has(delegate))
        issue([...path, 'delegate'], `expected one of this authority's roles (${known}), found "${delegate}"`);
      else if (addresses.get(delegate) === undefined)
        issue([...path, 'delegate'], `nobody holds the role "${delegate}": it has no email address`);
      else if (addresses.get(delegate) === email)
        issue([...path, 'delegate'], `the delegate "${delegate}" has the same address as the person who is away`);
    });
  });
}

export type Authority = z.infer<typeof authority>;
export type Role = z.infer<typeof role>;
export type Person = z.infer<typeof person>;
export type Capacity = z.infer<typeof capacity>;
