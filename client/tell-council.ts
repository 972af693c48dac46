import { authorityCalendar } from '../domain/calendar/authority-calendar.ts';
import { keepCalendar } from '../domain/calendar/kept-calendar.ts';
import type { Actor } from '../domain/commands/actor.ts';
import { inspectionRef, type InspectionRef } from '../domain/inspection-ref.ts';
import type { Authority } from '../domain/schemas/authority.ts';
import type { Register } from '../register/register.ts';
import { type Applied, applyTo, type Scope } from './apply-authority.ts';
import type { ToldInspection } from './each-inspection.ts';
import type { Engine } from './engine.ts';
import { loadBankHolidays } from './files/rules.ts';

/** What it takes to bring a council's file to its inspections. */
export interface CouncilServices {
  engine: Pick<Engine, 'facts' | 'command' | 'running' | 'keepMorningSummary'>;
  register: Pick<Register, 'list' | 'approvedHolidays'>;
}

/** Tells several inspections, and says what became of each. */
type TellMany = (
  inspections: readonly InspectionRef[],
  tell: (inspection: InspectionRef) => Promise<Applied>,
) => Promise<ToldInspection<Applied>[]>;

/** The open inspections of a council, as the register knows them. */
export async function openOf(register: Pick<Register, 'list'>, authority: string): Promise<InspectionRef[]> {
  const all = await register.list(new Date().toISOString());
  return all
    .filter((each) => each.authority === authority && each.status === 'open')
    .map(({ reference }) => inspectionRef(authority, reference));
}

/** Brings a council's file to each of its open inspections; one that has it already is left alone. */
export async function tellOpen(
  { engine, register }: CouncilServices,
  authority: Authority,
  actor: Actor,
  tellMany: TellMany,
  scope: Scope = 'the file',
): Promise<ToldInspection<Applied>[]> {
  const open = await openOf(register, authority.id);
  const tell = (inspection: InspectionRef) => applyTo(engine, inspection, authority, actor, scope);
  const first = await tellMany(open, tell);
  // Those that were being started meanwhile, and had not reached the register when it was asked.
  const late = (await engine.running(authority.id)).filter((each) => !open.includes(each));
  return [...first, ...(late.length === 0 ? [] : await tellMany(late, tell))];
}

/** The morning summary goes by the council's file from now on. */
export async function keepSummary({ engine, register }: CouncilServices, authority: Authority): Promise<void> {
  const approved = await register.approvedHolidays(authority.id);
  const calendar = keepCalendar(authorityCalendar(loadBankHolidays(authority.division), authority, approved));
  await engine.keepMorningSummary({ authority, calendar }, 'updated');
}
