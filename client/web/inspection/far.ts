import { COUNTED, type MilestoneStanding, STANDINGS } from '../../../domain/milestone/statuses.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { strandTitle } from '../../../domain/strands/strand-title.ts';
import { STRANDS_BY_LANE } from '../../../domain/strands/strands.ts';
import type { StrandCount } from '../../../register/inspection-reads.ts';

/** One piece of a bar, in hundredths of its length. */
export interface BarPiece {
  /** `to-do` where the bar's length is what is to do; where it is all that there is, what is to do is its empty end. */
  kind: 'done' | 'late' | 'to-do' | 'other';
  x: number;
  width: number;
}

/** As what each standing is drawn; what is still to be done, or waits to be accepted, is the bar's empty end. */
const DRAWN: Record<MilestoneStanding, BarPiece['kind'] | 'empty'> = {
  overdue: 'late',
  open: 'empty',
  held: 'empty',
  submitted: 'empty',
  completed: 'done',
  missed: 'late',
  waived: 'other',
  lapsed: 'other',
  unfinished: 'empty',
};
const PIECES: readonly BarPiece['kind'][] = ['done', 'late', 'other'];

/** How far something is as a bar: done, late, no longer to be done, and the empty rest. The figures stand beside it. */
export function bar(counts: Partial<Record<MilestoneStanding, number>>): BarPiece[] {
  const all = STANDINGS.reduce((sum, each) => sum + (counts[each] ?? 0), 0);
  let x = 0;
  return PIECES.flatMap((kind) => {
    const n = STANDINGS.filter((each) => DRAWN[each] === kind).reduce((sum, each) => sum + (counts[each] ?? 0), 0);
    if (n === 0) return [];
    const piece = { kind, x: round(x), width: round((100 * n) / all) };
    x += (100 * n) / all;
    return [piece];
  });
}

const round = (n: number): number => Math.round(n * 10) / 10;

/** Shown also where there is none. */
const ALWAYS: readonly MilestoneStanding[] = ['overdue', 'open', 'completed'];

/** How far an inspection is, a line for each kind of duty that it has, with a column for each way in which any stands. */
export function howFar(counts: readonly StrandCount[], authority: Authority) {
  const sumOf = (standing: MilestoneStanding): number =>
    counts.reduce((sum, each) => sum + (each.standing === standing ? each.n : 0), 0);
  const columns = STANDINGS.filter((each) => ALWAYS.includes(each) || sumOf(each) > 0);
  const lines = STRANDS_BY_LANE.flatMap(({ name }) => {
    const own: Partial<Record<MilestoneStanding, number>> = {};
    for (const { strand, standing, n } of counts) if (strand === name) own[standing] = n;
    const all = Object.values(own).reduce((sum, n) => sum + n, 0);
    if (all === 0) return [];
    const figures = columns.map((standing) => ({ standing, words: wordsOf(standing), n: own[standing] ?? 0 }));
    return [{ strand: name, title: strandTitle(name, authority), figures, all, bar: bar(own) }];
  });
  return { heads: columns.map(wordsOf), lines };
}

const wordsOf = (standing: MilestoneStanding): string => COUNTED[standing].words;
