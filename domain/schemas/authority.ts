import { z } from 'zod';
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
  /** Dates of its meetings, in any order. */
  meetings: z.array(civilDate).default([]),
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
      })
      .default({ time: '09:00', from: '08:00', until: '18:00' }),
    roles: z.array(role).min(1),
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
    const administrator = council.roles.findIndex((each) => each.id === council.chain.administrator);
    if (council.roles[administrator]?.email === undefined && administrator >= 0)
      context.addIssue({
        code: 'custom',
        path: ['roles', administrator],
        message: 'the administrator needs an email address: notices that nobody else can receive go there',
      });
    const { from, time, until } = council.sending;
    if (!(from <= time && time < until))
      context.addIssue({
        code: 'custom',
        path: ['sending'],
        message: `expected from <= time < until, found ${from}, ${time}, ${until}`,
      });
  });

export type Authority = z.infer<typeof authority>;
export type Role = z.infer<typeof role>;
export type Capacity = z.infer<typeof capacity>;
