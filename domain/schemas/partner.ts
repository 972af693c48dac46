import { z } from 'zod';
import { emailAddress, explained, line, slug } from './common.ts';

/** A role of the same partner, by its id. */
const colleague = slug;

const partnerRole = z.strictObject({
  id: slug.meta({
    description: 'The role’s short name, unique among the council’s and all partners’. Inspection files name it so.',
    examples: ['designated-nurse'],
  }),
  title: line.meta({
    description: 'What the role is called; mail and pages add the partner’s name.',
    examples: ['Designated Nurse'],
  }),
  email: emailAddress.optional().meta({
    description:
      'Where the role’s mail goes. Left out: to the head of the partner’s chain, or else to the council’s lead for it.',
    examples: ['designated-nurse@anyborough-nhs.example.org'],
  }),
  reportsTo: colleague.optional().meta({
    description:
      'The role of the same partner that hears first when something of this role’s is late. Left out: the head of its chain.',
    examples: ['head-of-safeguarding-nursing'],
  }),
  capacity: explained(z.enum(['owner', 'manager']), {
    owner: 'acts on the duties that are the role’s own',
    manager: 'does the same on every duty that is the partner’s',
  })
    .default('owner')
    .describe('What the holder of the role may do.'),
});

/** Another organisation whose officers own actions of the plan, with a chain of its own. */
export const partner = z.strictObject({
  id: slug.meta({ description: 'The partner’s short name.', examples: ['nhs-trust'] }),
  name: line.meta({ description: 'What it is called.', examples: ['Anyborough NHS Foundation Trust'] }),
  lead: slug.meta({ refersTo: 'role' }).meta({
    description:
      'The council’s role that answers for this partner: it hears at each step of what the partner misses, and grants the partner’s officers later dates.',
    examples: ['assistant-director'],
  }),
  chain: z
    .strictObject({
      head: colleague.meta({
        description:
          'The partner’s role at the upper steps of escalation, in the place of the council’s director and chief executive.',
        examples: ['chief-nurse'],
      }),
    })
    .describe('Who is told at the partner of what is late: first whom the owner reports to, then its head.'),
  roles: z
    .array(partnerRole)
    .min(1)
    .describe(
      'The partner’s roles: each may own actions and promises, or be beside their owner, and may do what an owner may.',
    ),
});

export type Partner = z.infer<typeof partner>;
