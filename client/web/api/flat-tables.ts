import { z } from '@hono/zod-openapi';
import { namesOf } from '../../../domain/closed-table.ts';
import { inspectionRef } from '../../../domain/inspection-ref.ts';
import type { RegisterEntry } from '../../../domain/lifecycle/entry.ts';
import { ENTRY_KINDS, type EntryKind } from '../../../domain/lifecycle/entry-kinds.ts';
import { shownText } from '../../../domain/lifecycle/shown-text.ts';
import { valuesIn } from '../../../domain/measures/measures.ts';
import { seriesIn } from '../../../domain/progress/series.ts';
import type { StrandName } from '../../../domain/schemas/rule-pack.ts';
import type { Register } from '../../../register/register.ts';
import type { Placed, PlacedEntry, Wanted } from '../../../register/flat-tables.ts';
import { allOfKind } from '../../all-of-kind.ts';
import type { MilestonePages } from '../lists.ts';
import type { Person } from '../people.ts';
import * as schemas from './schemas.ts';

/** The tables that Power BI, Power Query and Power Automate load, each flat and whole. */
export type FlatTableName = 'duties' | 'actions' | 'progress' | 'measures' | 'decisions' | 'mails';

type Cell = string | number | boolean | null | readonly string[];
export type FlatRow = Record<string, Cell>;

interface FlatTable {
  summary: string;
  row: z.ZodObject;
  /** What a place in it is like. */
  place: z.ZodType<string[]>;
  /** Only managers and administrators load it, and of their own councils. */
  seniors?: true;
  read: (parts: Parts, wanted: Wanted) => Promise<FlatPage>;
}

/** Some rows of a table, and the place behind which it goes on, where it does. */
interface FlatPage {
  rows: FlatRow[];
  next: readonly string[] | undefined;
}

interface Parts {
  register: Pick<Register, 'flatTables' | 'entriesOfKind'>;
  pages: MilestonePages;
  person: Person;
  now: string;
}

const part = z
  .string()
  .max(300)
  .regex(/^\P{Cc}*$/u);
const PLACES = {
  duty: z.tuple([part, part, part]),
  entry: z.tuple([part, z.string().regex(/^\d{1,15}$/)]),
  mail: z.tuple([part, part, part, part]),
};

const place = { authority: schemas.milestone.shape['authority'], reference: schemas.milestone.shape['reference'] };
const text = (description: string) => z.string().openapi({ description });

const duty = schemas.milestone
  .extend({ changedAt: schemas.instant.openapi({ description: 'When the record last said something else of it' }) })
  .openapi('DutyRow');

const measureRow = z
  .object({
    ...place,
    ...schemas.measureValue.omit({ baseline: true, target: true }).shape,
    baselineValue: z.number().nullable(),
    baselineOn: schemas.date.nullable(),
    targetValue: z.number(),
    targetBy: schemas.date,
  })
  .openapi('MeasureRow');

const decisionRow = z
  .object({
    ...place,
    seq: z.int().openapi({ description: 'The number of its entry in the record' }),
    at: schemas.instant,
    decision: text('The decision’s short name'),
    step: z.enum(kindsAbout('decision')).openapi({
      description: kindsAbout('decision')
        .map((kind) => `\`${kind}\`: ${ENTRY_KINDS[kind].title}`)
        .join('; '),
    }),
    by: z.string().nullable().openapi({ description: 'The role that recorded it' }),
    text: text('What happened, as a sentence'),
  })
  .openapi('DecisionRow');

const mailRow = z
  .object({
    ...place,
    digest: text('Its short name'),
    day: schemas.date.openapi({ description: 'The day that it is of' }),
    state: text('What became of it'),
    claimedAt: schemas.instant.openapi({ description: 'When it was first to be sent' }),
    settledAt: schemas.instant.nullable().openapi({ description: 'When it was known what became of it' }),
    attempts: z.int(),
    resentAt: schemas.instant.nullable().openapi({ description: 'When somebody had it sent again' }),
    roles: z.array(z.string()).openapi({ description: 'The roles of whoever it went to' }),
  })
  .openapi('MailRow');

export const FLAT_TABLES: Record<FlatTableName, FlatTable> = {
  duties: {
    summary: 'Every duty, ended ones too, as it stands now',
    row: duty,
    place: PLACES.duty,
    read: (parts, wanted) => duties(parts, wanted),
  },
  actions: {
    summary: 'Every action of an improvement plan, as it stands now',
    row: duty,
    place: PLACES.duty,
    read: (parts, wanted) => duties(parts, wanted, 'improvement-actions'),
  },
  progress: {
    summary: 'Every report on the progress of an action',
    row: z.object({ ...place, ...schemas.actionReport.shape }).openapi('ProgressRow'),
    place: PLACES.entry,
    read: (parts, wanted) =>
      entries(parts, wanted, ['progress-reported'], ({ entry }) => seriesIn([entry]).map((report) => ({ ...report }))),
  },
  measures: {
    summary: 'Every value of a measure',
    row: measureRow,
    place: PLACES.entry,
    read: measures,
  },
  decisions: {
    summary: 'Every step of a decision: recorded, published, called in, carried out …',
    row: decisionRow,
    place: PLACES.entry,
    read: (parts, wanted) => entries(parts, wanted, kindsAbout('decision'), decisionStep),
  },
  mails: {
    summary: 'Every mail, by the roles that it went to: its addresses and its words are not in it',
    row: mailRow,
    place: PLACES.mail,
    seniors: true,
    read: async ({ register }, wanted) => {
      const found = await register.flatTables.mails(wanted);
      return { rows: found.map(({ row }) => ({ ...row })), next: nextOf(found, wanted) };
    },
  },
};

function kindsAbout(what: 'decision'): EntryKind[] {
  return namesOf(ENTRY_KINDS).filter((kind) => ENTRY_KINDS[kind].about === what);
}

async function duties({ register, pages, person, now }: Parts, wanted: Wanted, strand?: StrandName): Promise<FlatPage> {
  const found = await register.flatTables.duties(wanted, strand);
  const listed = await pages.listed(
    found.map(({ row }) => row),
    person,
    now,
  );
  return {
    rows: listed.map((row) => ({ ...schemas.described(row), changedAt: row.changedAt })),
    next: nextOf(found, wanted),
  };
}

/** Values that count: what was taken back is in none of the pages, whenever that was. */
async function measures(parts: Parts, wanted: Wanted): Promise<FlatPage> {
  const found = await parts.register.flatTables.entries(wanted, ['measure-recorded']);
  const takenBack = new Map<string, RegisterEntry[]>();
  for (const { row } of found) {
    const { authority, reference } = row;
    const ref = inspectionRef(authority, reference);
    if (!takenBack.has(ref))
      takenBack.set(ref, await allOfKind(parts.register, { authority, reference, kind: 'measure-taken-back' }));
  }
  return {
    rows: found.flatMap(({ row: { authority, reference, entry } }) =>
      valuesIn([entry, ...(takenBack.get(inspectionRef(authority, reference)) ?? [])]).map(
        ({ baseline, target, ...value }) => ({
          ...{ authority, reference, ...value },
          baselineValue: baseline?.value ?? null,
          baselineOn: baseline?.on ?? null,
          targetValue: target.value,
          targetBy: target.by,
        }),
      ),
    ),
    next: nextOf(found, wanted),
  };
}

async function entries(
  { register }: Parts,
  wanted: Wanted,
  kinds: readonly EntryKind[],
  rowsOf: (placed: PlacedEntry) => FlatRow[],
): Promise<FlatPage> {
  const found = await register.flatTables.entries(wanted, kinds);
  return {
    rows: found.flatMap(({ row }) =>
      rowsOf(row).map((each) => ({ authority: row.authority, reference: row.reference, ...each })),
    ),
    next: nextOf(found, wanted),
  };
}

/** What was read of a table goes on behind its last row, also where nothing of that row is shown. */
const nextOf = (found: readonly Placed<unknown>[], { limit }: Wanted): readonly string[] | undefined =>
  found.length < limit ? undefined : found.at(-1)?.place;

/** What the entry says of which decision it is: by its name, or as the decision or the call-in itself. */
function decisionStep({ entry: { seq, at, kind, actor, ...said } }: PlacedEntry): FlatRow[] {
  const { decision, callIn } = said.data as { decision?: string | { id: string }; callIn?: { decision: string } };
  const named = decision ?? callIn?.decision ?? '';
  return [
    {
      ...{ seq, at, step: kind, by: actor?.role ?? null, text: shownText(said) },
      decision: typeof named === 'string' ? named : named.id,
    },
  ];
}
