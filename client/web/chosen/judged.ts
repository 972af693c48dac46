import type { CommandName, CommandPayload } from '../../../domain/commands/commands.ts';
import { formatDate } from '../../../domain/calendar/civil-date.ts';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import type { CommandForm } from '../forms/command-form.ts';
import { type Outcome, payloadOf, type Tried, tried } from '../forms/filled-command.ts';
import type { FilledForm } from '../forms/form.ts';
import { actingRole } from '../forms/offered.ts';
import { type ToldOfWork, toldOfWork } from '../forms/told-of-work.ts';
import { runningFrom, type RunningInspection, runningInspection } from '../inspections.ts';
import type { WebParts } from '../parts.ts';
import type { Item } from './chosen.ts';

/** What would come of one of the chosen: what happens, or why it is refused. */
export interface Judged extends Item {
  refused?: string;
  happens: string[];
  /** What is asked of the inspection, and in which role; absent where nothing can be asked. */
  asks?: { payload: CommandPayload<CommandName>; role: string };
}

/** So many inspections are asked at once. */
const AT_ONCE = 8;

/** Each inspection that the chosen belong to, as it runs. */
async function runningOf(
  parts: Pick<WebParts, 'engine'>,
  items: readonly Item[],
): Promise<Map<InspectionRef, RunningInspection | null>> {
  const all = [...new Set(items.map(({ inspection }) => inspection))];
  const running = new Map<InspectionRef, RunningInspection | null>();
  for (let at = 0; at < all.length; at += AT_ONCE)
    await Promise.all(
      all.slice(at, at + AT_ONCE).map(async (ref) => running.set(ref, await runningInspection(parts, ref))),
    );
  return running;
}

/** What would come of all that are chosen. */
export interface JudgedTogether {
  items: Judged[];
  told: (ToldOfWork & { inspection: InspectionRef })[];
}

/**
 * Asks of each what the lifecycle itself would say, one after the other as they are carried out, and who is told of them
 * together; nothing is changed.
 */
export async function judged(
  parts: Pick<WebParts, 'engine'>,
  form: CommandForm,
  filled: FilledForm,
  items: readonly Item[],
): Promise<JudgedTogether> {
  const before = await runningOf(parts, items);
  const running = new Map(before);
  const all = items.map((item): Judged => {
    const { inspection } = item;
    const { judgement, after } = judgedOne(item, form, filled, running.get(inspection) ?? null);
    if (after !== undefined) running.set(inspection, runningFrom(after.state, after.view));
    return judgement;
  });
  const told = [...before].flatMap(([inspection, was]) => {
    const is = running.get(inspection) ?? null;
    if (was === null || is === null || is === was) return [];
    return toldOfWork(was.state, is.state, was.view.now).map((each) => ({ ...each, inspection }));
  });
  return { items: all, told };
}

function judgedOne(
  item: Item,
  form: CommandForm,
  filled: FilledForm,
  running: RunningInspection | null,
): { judgement: Judged; after?: Tried['after'] } {
  const refused = (why: string) => ({ judgement: { ...item, happens: [], refused: why } });
  if (running === null) return refused('The inspection has ended; nothing can be changed.');
  const payload = payloadOf(form, { ...filled, problems: [] }, item.about);
  if (payload === undefined) return refused('What was entered can’t be used.');
  const { role } = actingRole(item.membership, running, form.name, item.about);
  const result = tried(running, form.name, payload, { id: 'board', role });
  const asks = { payload, role };
  if ('refusal' in result) return { judgement: { ...item, happens: [], refused: result.refusal.message, asks } };
  return { judgement: { ...item, happens: happensIn(result, item.title), asks }, after: result.after };
}

/** So many of the other dates that move are named of each. */
const NAMED = 3;

function happensIn({ moves, owners }: Outcome, own: string): string[] {
  const passed = owners.map(
    ({ title, from, to }) => `${title === own ? 'Passes' : `“${title}” passes`} from ${from} to ${to}.`,
  );
  const moved = moves.map(({ title, from, to }) => {
    const what = title === own ? '' : `“${title}”: `;
    if (from === undefined) return `${what}new, due on ${formatDate(to ?? '')}.`;
    return to === undefined
      ? `${what}no longer to come.`
      : `${what}due on ${formatDate(to)} instead of ${formatDate(from)}.`;
  });
  const all = [...passed, ...moved];
  const more = all.length - NAMED;
  return more > 1 ? [...all.slice(0, NAMED), `And ${more} more dates move.`] : all;
}
