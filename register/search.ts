import type { PlacedRow } from '../domain/milestone/columns.ts';
import { WRITTEN_KINDS } from '../domain/commands/searched-texts.ts';
import type { EntryKind } from '../domain/lifecycle/entry-kinds.ts';
import { wordsIn } from '../domain/words.ts';
import { anywhere, small } from './board-reads.ts';
import type { Queries } from './database.ts';
import type { SearchedKind } from './searched-words.ts';
import { IS_LISTED, PLACED_COLUMNS, wholeRowsOf } from './milestone-sql.ts';

/** Whose work is searched. */
export interface Searched {
  /** Of these councils all of it. */
  authorities: readonly string[];
  /** Of these roles of partners their own duties, as owner or beside the owner, and nothing else. */
  roles: readonly { authority: string; role: string }[];
}

export interface FoundInspection {
  authority: string;
  reference: string;
  title: string;
  status: string;
}

/** Something of an inspection's facts in whose words it was found. */
export interface FoundWords {
  what: SearchedKind;
  authority: string;
  reference: string;
  id: string;
  words: string;
  inspectionTitle: string;
  inspectionStatus: string;
}

/** Words of somebody's on record in which it was found: by which kind of entry, of which day, and about which duty, question or decision. */
export interface FoundText {
  authority: string;
  reference: string;
  kind: EntryKind;
  /** When it went on record: an instant, UTC. */
  at: string;
  /** The day of which it speaks, where it says one. */
  on: string | null;
  words: string;
  milestone: string | null;
  milestoneTitle: string | null;
  /** Of a question or its answer. */
  question: string | null;
  /** The decision that it is about, and what that is called. */
  decision: string | null;
  decisionTitle: string | null;
  /** Of what was written for the reports: which part of them. */
  part: string | null;
  inspectionTitle: string;
  inspectionStatus: string;
}

/** What was found of each kind: one more than is to be shown, where there is more. */
export interface Found {
  duties: PlacedRow[];
  inspections: FoundInspection[];
  words: FoundWords[];
  texts: FoundText[];
}

/** So many are looked through for the best: a word that is everywhere is no reason to read everything. */
const LOOKED_THROUGH = 300;

/** Of so few councils the index finds theirs alone; of more it finds all, and theirs are taken out: to name each takes longer. */
const FEW_COUNCILS = 20;

const BEGUN = 'words_sought($1)';
/** The same words as they stand, not only as beginnings. */
const WHOLE = `replace(${BEGUN}::text, ':*', '')::tsquery`;
/** The councils among whose words the index looks; empty where it looks among all. */
const AMONG = 'councils_sought($4)';

/** A council alone is not looked for: what has no letter and no figure in it finds nothing. */
const SOME = `numnode(${BEGUN}) > 0`;

const DUTY_WORDS = `m.title || ' ' || m.milestone || ' ' || m.reference`;
const SEARCHED_WORDS = `s.words || ' ' || s.id || ' ' || s.reference`;
/** Of what somebody has written: as the index has it. */
const IS_WRITTEN = `s.part = 'words' AND said_in(s.value) IS NOT NULL`;

/** What an entry's words (`sealed s`) are about, and the day of which they speak. */
const ABOUT = `(SELECT coalesce(data ->> 'on', data ->> 'answeredOn', data ->> 'askedOn', data #>> '{callIn,receivedOn}', data #>> '{decision,takenOn}') AS on,
    data ->> 'question' AS question, data ->> 'part' AS part,
    coalesce(data #>> '{callIn,decision}', data #>> '{decision,id}',
      CASE jsonb_typeof(data -> 'decision') WHEN 'string' THEN data ->> 'decision' END) AS decision,
    coalesce(data #>> '{decision,title}', data ->> 'title') AS "decisionTitle"
  FROM (SELECT s.value::jsonb -> 'data' AS data) AS entry)`;

/** Keys of a table's rows in which the words stand, with 0 where they stand in whole and 1 where they only begin words. */
const foundIn = (table: string, keys: string, words: string, whose: string): string =>
  `found AS MATERIALIZED (SELECT ${keys}, min(begun) AS begun FROM (
     (SELECT ${keys}, 0 AS begun FROM ${table} WHERE words_of(authority, ${words}) @@ (${WHOLE} && ${AMONG}) AND ${SOME} AND ${whose} LIMIT ${LOOKED_THROUGH})
     UNION ALL
     (SELECT ${keys}, 1 FROM ${table} WHERE words_of(authority, ${words}) @@ (${BEGUN} && ${AMONG}) AND ${SOME} AND ${whose} LIMIT ${LOOKED_THROUGH})) AS both_ways
   GROUP BY ${keys})`;

/** @returns the councils by which the index is asked; none where it is to be asked by words alone */
function fewCouncils({ authorities, roles }: Searched): string[] {
  const all = [...new Set([...authorities, ...roles.map(({ authority }) => authority)])];
  return all.length > FEW_COUNCILS ? [] : all;
}

/**
 * Duties of every status, inspections, recommendations, measures, decisions, and what people have written, open or ended,
 * in which every word sought begins a word. Of what the words stand in whole the first, then of what is still open.
 */
export async function searchFor({ query }: Queries, sought: string, searched: Searched, limit: number): Promise<Found> {
  const words = wordsIn(sought);
  if (words.length === 0 || searched.authorities.length + searched.roles.length === 0)
    return { duties: [], inspections: [], words: [], texts: [] };
  const duties = await dutiesWith({ query }, sought, searched, limit);
  const inspections = await query<FoundInspection>(
    `SELECT i.authority, i.reference, i.title, i.status FROM inspection i
       WHERE i.authority = ANY($2) AND ${IS_LISTED} AND ${small('i.title', 'i.authority', 'i.reference')} LIKE ALL($4)
       ORDER BY lower($1) NOT IN (i.reference, i.authority || '/' || i.reference), i.status <> 'open', i.authority, i.reference
       LIMIT $3`,
    [sought, searched.authorities, limit, words.map(anywhere)],
  );
  const few = fewCouncils(searched);
  const found = await query<FoundWords>(
    `WITH ${foundIn('searched s', 'authority, reference, what, id', SEARCHED_WORDS, 's.authority = ANY($2)')}
       SELECT what, s.authority, s.reference, s.id, s.words, i.title AS "inspectionTitle", i.status AS "inspectionStatus"
       FROM found JOIN searched s USING (authority, reference, what, id) JOIN inspection i USING (authority, reference)
       WHERE ${IS_LISTED} ORDER BY begun, i.status <> 'open', s.authority, s.reference, what, s.id LIMIT $3`,
    [sought, searched.authorities, limit, few],
  );
  const texts = await query<FoundText>(
    `WITH ${foundIn('sealed s', 'authority, number', 'said_in(s.value)', `${IS_WRITTEN} AND s.authority = ANY($2)`)}
       SELECT e.authority, e.reference, e.kind, e.at, said_in(s.value) AS words, e.milestone, m.title AS "milestoneTitle",
         said.on, said.question, said.part, said.decision, said."decisionTitle",
         i.title AS "inspectionTitle", i.status AS "inspectionStatus"
       FROM found JOIN entry e USING (authority, number) JOIN sealed s USING (authority, number) CROSS JOIN LATERAL ${ABOUT} said
         JOIN inspection i ON i.authority = e.authority AND i.reference = e.reference
         LEFT JOIN milestone m ON m.authority = e.authority AND m.reference = e.reference AND m.milestone = e.milestone
       WHERE s.part = 'words' AND e.kind = ANY($5) AND ${IS_LISTED} ORDER BY begun, i.status <> 'open', e.at DESC, number DESC LIMIT $3`,
    [sought, searched.authorities, limit, few, WRITTEN_KINDS],
  );
  return { duties, inspections, words: found, texts };
}

async function dutiesWith({ query }: Queries, sought: string, searched: Searched, limit: number): Promise<PlacedRow[]> {
  const { authorities, roles } = searched;
  const whose = `(m.authority = ANY($2) OR EXISTS (SELECT 1 FROM mine
    WHERE mine.authority = m.authority AND (mine.role = m.owner OR m.beside ? mine.role)))`;
  return query<PlacedRow>(
    `WITH mine AS (SELECT * FROM json_to_recordset($5::json) AS mine(authority text, role text)),
     ${foundIn('milestone m', 'authority, reference, milestone', DUTY_WORDS, whose)}
     SELECT ${PLACED_COLUMNS} FROM ${wholeRowsOf('found')}
     WHERE ${IS_LISTED}
     ORDER BY begun, NOT m.inspection_open, m.due_at, m.authority, m.reference, m.milestone LIMIT $3`,
    [sought, authorities, limit, fewCouncils(searched), JSON.stringify(roles)],
  );
}
