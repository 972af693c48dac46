import { z } from 'zod';
import { acceptedBy } from './accepted-by.ts';
import { beside } from './beside.ts';
import { civilDate, explained, line, slug } from './common.ts';
import { instrumentId } from './instrument-id.ts';
import { sustained } from './sustained.ts';
import { ownDue, setBy } from './own-due.ts';

export const roleId = slug.meta({ refersTo: 'role' });
/** A role of the council's, or of a partner's. */
export const ownerId = slug.meta({ refersTo: 'owner' });
export const bodyId = slug.meta({ refersTo: 'body' });
const ruleId = slug.meta({ refersTo: 'rule' });
const recommendationId = slug.meta({ refersTo: 'recommendation' });

const replaces = z
  .array(slug)
  .optional()
  .meta({
    description:
      'What it takes the place of, by their `id`: the one it is a part of where that was split, or those that were merged into it. They are withdrawn in the same revision.',
    examples: [['a12']],
  });

export const action = z.strictObject({
  id: slug.meta({
    description: 'The action’s short name, unique in the file. Its duty is called `improvement-actions/<id>`.',
    examples: ['supervision-standard'],
  }),
  title: line.meta({ description: 'What is to be done.', examples: ['Put one supervision standard in place'] }),
  theme: slug
    .meta({ refersTo: 'theme' })
    .optional()
    .meta({
      description: 'The theme it belongs to: its officer owns the action unless `owner` says otherwise.',
      examples: ['so-1'],
    }),
  recommendations: z
    .array(recommendationId)
    .default([])
    .meta({ description: 'The recommendations it answers, by their `id`.', examples: [['i', 'iv']] }),
  owner: ownerId.optional().meta({
    description: 'The accountable officer. Left out: the theme’s officer.',
    examples: ['head-of-safeguarding'],
  }),
  with: beside,
  due: ownDue.meta({
    description:
      'By when: a date; a latest day with the words of the paper, `{ by: 2026-11-30, words: by November }`; or a period counted from an event, `{ n: 3, unit: month }`. Without `from` it counts from the receipt of the report.',
    examples: ['2027-01-29'],
  }),
  setBy: setBy.optional(),
  measure: line.optional().meta({
    description: 'What shows that it is done.',
    examples: ['Share of open cases with supervision recorded in the last month'],
  }),
  acceptedBy: acceptedBy
    .optional()
    .describe(
      'Who must accept it before it counts as done: what its owner marks as done is submitted to them. Left out: as the theme says, or nobody.',
    ),
  sustained: sustained
    .optional()
    .describe(
      'When it is asked, once it is done, whether it still holds. Left out: as the council’s file says, or never.',
    ),
  replaces,
});

export const theme = z.strictObject({
  id: slug.meta({ description: 'The theme’s short name, by which actions name it.', examples: ['so-1'] }),
  title: line.meta({ description: 'The strategic outcome.', examples: ['Timely assessments and plans'] }),
  officer: roleId.meta({ description: 'The accountable officer of the theme.', examples: ['head-of-safeguarding'] }),
  with: beside.describe('Who works on its actions beside their owners, where an action does not say otherwise.'),
  until: civilDate.optional().meta({
    description:
      'The day by which the outcome is to be reached. An action that is granted a later date is said to be still within it, or beyond it. Left out: no difference is made.',
    examples: ['2027-03-31'],
  }),
  recommendations: z
    .array(recommendationId)
    .default([])
    .meta({ description: 'The recommendations it gathers, by their `id`.', examples: [['i', 'ii']] }),
  acceptedBy: acceptedBy
    .optional()
    .describe('Who must accept its actions before they count as done, where an action names nobody itself.'),
  replaces,
});

export const recommendation = z.strictObject({
  id: slug.meta({ description: 'Its number or short name.', examples: ['i'] }),
  text: line.meta({ description: 'Its text.', examples: ['Review the progress of assessments in time.'] }),
  instrument: instrumentId.meta({
    description: 'The instrument that makes it, or requires it. Left out: the report of the inspection.',
    examples: ['improvement-notice'],
  }),
  answeredIn: z
    .array(
      z.strictObject({
        inspection: slug.meta({ description: 'The reference of that inspection.', examples: ['2024'] }),
        action: slug.meta({ description: 'The action’s short name there.', examples: ['supervision-standard'] }),
      }),
    )
    .max(50)
    .refine((all) => new Set(all.map(({ inspection, action }) => `${inspection}/${action}`)).size === all.length, {
      error: 'an action is named twice',
    })
    .optional()
    .describe(
      'Actions of the council’s other inspections that answer it: each is kept there once, with its duty and its owner, and shown here as well.',
    ),
  replaces,
});

/** What was in the plan once: never deleted, so that its name is never used for something else. */
export const withdrawn = z.strictObject({
  what: explained(z.enum(['recommendation', 'theme', 'action', 'measure', 'promise', 'approval']), {
    recommendation: 'one of `recommendations`',
    theme: 'one of `themes`',
    action: 'one of `actions`',
    measure: 'one of `measures`',
    promise: 'one of `commitments`',
    approval: 'one of `approvals`',
  }).describe('What it was.'),
  id: slug.meta({ description: 'Its short name. It can’t be used again.', examples: ['a12'] }),
  title: line.meta({ description: 'What it was called.', examples: ['Review the threshold document'] }),
  on: civilDate.meta({ description: 'The day on which it was withdrawn.', examples: ['2026-11-12'] }),
  reason: line.meta({ description: 'Why.', examples: ['the board has merged it with the practice standards'] }),
  replacedBy: z
    .array(slug)
    .optional()
    .meta({ description: 'What has taken its place, by `id`.', examples: [['a20']] }),
});

export const approval = z.strictObject({
  rule: ruleId.meta({ description: 'The duty, by its rule.', examples: ['written-action-plan'] }),
  body: bodyId.meta({ description: 'The body that must approve it first.', examples: ['cabinet'] }),
  key: z.boolean().default(true).describe('Whether the approval is a key decision, which needs 28 clear days’ notice.'),
});

export type Action = z.infer<typeof action>;
export type Theme = z.infer<typeof theme>;
export type SharedAction = NonNullable<z.infer<typeof recommendation>['answeredIn']>[number];
export type Recommendation = z.infer<typeof recommendation>;
export type Approval = z.infer<typeof approval>;
export type Withdrawn = z.infer<typeof withdrawn>;
