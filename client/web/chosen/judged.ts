import type { CommandName, CommandPayload } from '../../../domain/commands/commands.ts';
import { formatDate } from '../../../domain/calendar/civil-date.ts';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import type { CommandForm } from '../forms/command-form.ts';
import { type Outcome, payloadOf, tried } from '../forms/filled-command.ts';
import type { FilledForm } from '../forms/form.ts';
import { actingRole } from '../forms/offered.ts';
import { type RunningInspection, runningInspection } from '../inspections.ts';
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

/** Asks of each what the lifecycle itself would say; nothing is changed. */
export async function judged(
  parts: Pick<WebParts, 'engine'>,
  form: CommandForm,
  filled: FilledForm,
  items: readonly Item[],
): Promise<Judged[]> {
  const running = await runningOf(parts, items);
  return items.map((item) => judgedOne(item, form, filled, running.get(item.inspection) ?? null));
}

function judgedOne(item: Item, form: CommandForm, filled: FilledForm, running: RunningInspection | null): Judged {
  if (running === null) return { ...item, happens: [], refused: 'The inspection has ended; nothing can be changed.' };
  const payload = payloadOf(form, { ...filled, problems: [] }, item.about);
  if (payload === undefined) return { ...item, happens: [], refused: 'What was entered can’t be used.' };
  const { role } = actingRole(item.membership, running, form.name, item.about);
  const result = tried(running, form.name, payload, { id: 'board', role });
  const asks = { payload, role };
  if ('refusal' in result) return { ...item, happens: [], refused: result.refusal.message, asks };
  return { ...item, happens: happensIn(result, item.title), asks };
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
