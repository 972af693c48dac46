import type { Clash, Holds, Rebased } from '../../../domain/revisions/rebased.ts';
import type { ReadPlan } from '../../plan/proposal.ts';
import { type LookedAt, lookAt } from '../../plan/proposed.ts';
import type { BookRead } from '../../plan-book/book-read.ts';
import { type ConsideredReport, onPlan, reportsOn } from '../../plan-book/on-plan.ts';
import { aboutOf, refusedReports } from '../../plan-book/tried-reports.ts';
import { actingRole } from '../forms/offered.ts';
import type { WebParts } from '../parts.ts';
import type { Membership } from '../people.ts';

/** What somebody has said of the lines of a workbook. */
export interface SaidOfLines {
  /** Lines that are not to be carried out, and reports that are to be given though others have reported since; by their names. */
  leave: ReadonlySet<string>;
  also: ReadonlySet<string>;
  holds(clash: Clash): Holds | undefined;
  /** What has been carried out of it already. */
  done: ReadonlySet<string>;
}

/** A workbook on the plan as it runs, as its person has chosen of it. */
export interface BroughtBook {
  read: BookRead;
  /** All of it, for the list; and what is chosen, with what would come of it. */
  all: Rebased;
  over: Rebased;
  looked: LookedAt;
  reports: (ConsideredReport & { refused: string | undefined; role: string })[];
  /** In which role they would revise the plan; undefined where they may not. */
  reviser: string | undefined;
}

/** So many reports are sent at once; the others follow when the form is sent again. */
export const MAX_REPORTS = 100;

export async function broughtBook(
  parts: Pick<WebParts, 'register'>,
  { read, plan, membership, email }: { read: BookRead; plan: ReadPlan; membership: Membership; email: string },
  said: SaidOfLines,
): Promise<BroughtBook> {
  const { state, facts, view } = plan;
  const { inspection } = facts;
  const isLeft = (name: string): boolean => said.done.has(name);
  const all = onPlan(read, inspection, (name) => !isLeft(name), said.holds);
  const over = onPlan(read, inspection, (name) => !isLeft(name) && !said.leave.has(name), said.holds);
  const revise = actingRole(membership, { state, view }, 'revise');
  const looked = await lookAt(parts.register, plan, over.edits, revise.role);
  const considered = reportsOn(read, view).filter(({ report }) => !isLeft(report.name));
  const roles = new Map(
    considered.map(({ report }) => [
      report.name,
      actingRole(membership, { state, view }, report.command, aboutOf(report)).role,
    ]),
  );
  const refused = refusedReports(
    considered.map(({ report }) => report),
    { state, now: view.now },
    ({ name }) => ({ id: email, role: roles.get(name) ?? '' }),
  );
  return {
    ...{ read, all, over, looked },
    reports: considered.map((each) => ({
      ...each,
      refused: refused.get(each.report.name),
      role: roles.get(each.report.name) ?? '',
    })),
    reviser: revise.possible ? revise.role : undefined,
  };
}

/** The reports that are to be given. */
export const chosenReports = ({ reports }: BroughtBook, { leave, also }: SaidOfLines): BroughtBook['reports'] =>
  reports.filter(
    ({ report, overtaken, refused }) =>
      refused === undefined && !leave.has(report.name) && (!overtaken || also.has(report.name)),
  );
