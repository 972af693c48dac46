import { standInNews } from '../domain/authority/standing-in.ts';
import { localDate } from '../domain/calendar/london.ts';
import { authorityCalendar } from '../domain/calendar/authority-calendar.ts';
import { type KeptCalendar, keepCalendar } from '../domain/calendar/kept-calendar.ts';
import type { Actor } from '../domain/commands/actor.ts';
import { inspectionRef, type InspectionRef } from '../domain/inspection-ref.ts';
import type { Authority } from '../domain/schemas/authority.ts';
import type { Register } from '../register/register.ts';
import { type Applied, applyTo, type Scope } from './apply-authority.ts';
import type { ToldInspection } from './each-inspection.ts';
import type { Engine } from './engine.ts';
import { loadBankHolidays } from './files/bank-holidays.ts';

/** What it takes to bring a council's file to its inspections. */
export interface CouncilServices {
  engine: Pick<Engine, 'facts' | 'command' | 'running' | 'keepMorningSummary' | 'tellStandIns'>;
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

/** Whoever stands in by a council's changed file otherwise than before is told so. */
export async function tellStandIns(services: CouncilServices, before: Authority, authority: Authority): Promise<void> {
  if (standInNews(before, authority, localDate(new Date().toISOString())).length === 0) return;
  await services.engine.tellStandIns({ before, authority, calendar: await calendarOf(services, authority) });
}

/** The morning summary goes by the council's file from now on. */
export async function keepSummary(services: CouncilServices, authority: Authority): Promise<void> {
  const calendar = await calendarOf(services, authority);
  await services.engine.keepMorningSummary({ authority, calendar }, 'updated');
}

async function calendarOf(
  { register }: Pick<CouncilServices, 'register'>,
  authority: Authority,
): Promise<KeptCalendar> {
  const approved = await register.approvedHolidays(authority.id);
  return keepCalendar(authorityCalendar(loadBankHolidays(authority.division), authority, approved));
}
