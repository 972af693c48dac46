import { Command } from 'commander';
import type { Unarchived } from '../../../register/archive.ts';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import type { Engine } from '../../engine.ts';
import { EngineProblem } from '../../engine-problem.ts';
import { EXIT } from '../exit.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions, progress, table } from '../terminal.ts';
import { inspectionRef, type InspectionRef } from '../../../domain/inspection-ref.ts';

/** A gap, and what became of it. `waiting`: it goes on being tried. `forgotten`: too late, the engine has nothing of it. */
interface Gap {
  inspection: InspectionRef;
  title: string;
  endedOn: string | null;
  /** How the engine says that it ended. */
  ended: string;
  outcome: 'open' | 'archived' | 'waiting' | 'forgotten';
  why: string | null;
}

/** `duecourse archive`: histories that the register lacks. */
export function archiveCommand(): Command {
  return new Command('archive')
    .description(
      'bring the histories of ended inspections into the register where that has not happened, before the engine forgets them (30 days)',
    )
    .option('--list', 'only show which are missing')
    .option('--json', 'print JSON')
    .action(async (options: PrintOptions & { list?: boolean }) => {
      const gaps = await withServices(async ({ engine, register }) => {
        const found: Gap[] = [];
        for (const each of await register.archive.unarchived()) {
          const gap = await gapOf(each, engine);
          if (gap === null) continue;
          if (options.list !== true) progress(`${gap.inspection} …`);
          found.push(options.list === true || gap.outcome === 'forgotten' ? gap : await archiveGap(gap, engine));
        }
        return found;
      });
      print(gaps, options, render);
      if (gaps.some((gap) => gap.outcome !== 'archived')) process.exitCode = EXIT.failed;
    });
}

/** The gap, unless the lifecycle goes on: the register may have an inspection open whose lifecycle an operator has ended. */
async function gapOf(each: Unarchived, engine: Engine): Promise<Gap | null> {
  const inspection = inspectionRef(each.authority, each.reference);
  const standing = await engine.standing(inspection);
  if (standing === 'running') return null;
  const endedOn = each.endedAt === null ? null : localDate(each.endedAt);
  const gap = { inspection, title: each.title, endedOn };
  if (standing !== null) return { ...gap, ended: standing, outcome: 'open', why: null };
  const why = 'the engine has nothing of it any more; what happened is in the register all the same';
  return { ...gap, ended: 'unknown', outcome: 'forgotten', why };
}

async function archiveGap(gap: Gap, engine: Engine): Promise<Gap> {
  try {
    const outcome = await engine.archive(gap.inspection);
    return { ...gap, outcome: outcome === 'forgotten' ? 'forgotten' : 'archived' };
  } catch (error) {
    if (!(error instanceof EngineProblem) || error.code !== 'no-worker') throw error;
    return { ...gap, outcome: 'waiting', why: error.message };
  }
}

const WORDS: Record<Gap['outcome'], string> = {
  open: colours.yellow('missing'),
  archived: colours.green('archived'),
  waiting: colours.red('waiting'),
  forgotten: colours.red('lost'),
};

function render(gaps: Gap[]): string {
  if (gaps.length === 0) return colours.green('The history of every ended inspection is in the register.');
  return table(
    ['', 'Inspection', 'Ended', 'How', 'Why'],
    gaps.map((gap) => [
      WORDS[gap.outcome],
      gap.inspection,
      gap.endedOn === null ? 'not on record' : formatShortDate(gap.endedOn),
      gap.ended,
      gap.why ?? '',
    ]),
    4,
  );
}
