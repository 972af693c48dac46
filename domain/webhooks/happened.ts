import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { inspectionRef } from '../inspection-ref.ts';
import type { EntryKind } from '../lifecycle/entry-kinds.ts';
import type { RegisterEntry } from '../lifecycle/entry.ts';
import type { MilestoneRow } from '../milestone/columns.ts';
import type { Authority } from '../schemas/authority.ts';
import type { StrandName } from '../schemas/rule-pack.ts';
import type { WebhookEvent } from './events.ts';

/** What an address is told of, whatever form it wants: titles, dates and roles. No name and no address of anybody. */
export interface Told {
  council: { id: string; name: string };
  inspection: { reference: string; title: string };
  duty?: { id: string; kind: StrandName; title: string; due: CivilDate; status: string; owner: string };
  decision?: { id: string; title: string };
  /** The address of the page, from its first slash. */
  path: string;
  /** The sentence of the record, which people's own words are part of: only for addresses that want it. */
  words?: string;
}

/** Something that happened, of which addresses are told. */
export interface Happened {
  event: WebhookEvent;
  /** By which it is known: the same, however often it is written. Unique in its council. */
  key: string;
  /** When it happened, UTC. */
  at: string;
  /** The role whose duty it is about; undefined where it is about none. */
  owner?: string;
  told: Told;
}

type Council = Pick<Authority, 'id' | 'name'>;

interface Place {
  reference: string;
  title: string;
}

/** The entries that addresses are told of, and as which event; by many kinds nobody outside is told anything. */
const EVENT_OF: Partial<Record<EntryKind, (entry: RegisterEntry) => WebhookEvent | undefined>> = {
  'milestone-missed': late,
  'milestone-completed': ended,
  'milestone-submitted': ended,
  'milestone-accepted': ended,
  'decision-published': () => 'decision.published',
  'call-in-received': () => 'call-in.received',
  'progress-asked': () => 'round.opened',
};

/** What has been late for longer when it is put on record, as where an inspection is started years later, is no news. */
const NEWS_DAYS = 14;

function late({ row, at }: RegisterEntry): WebhookEvent | undefined {
  return row !== null && localDate(at) <= addDays(row.due, NEWS_DAYS) ? 'duty.late' : undefined;
}

/** What has to be accepted is done once it is. */
function ended({ row }: RegisterEntry): WebhookEvent | undefined {
  return row?.status === 'completed' ? 'duty.completed' : undefined;
}

/** The event that an entry of the record is; undefined where it is none. */
export const eventOf = (entry: RegisterEntry): WebhookEvent | undefined => EVENT_OF[entry.kind]?.(entry);

/** What happened by an entry of an inspection's. */
export function happenedBy(
  event: WebhookEvent,
  entry: RegisterEntry,
  { council, place }: { council: Council; place: Place },
): Happened {
  const { reference } = place;
  const decision = decisionIn(entry);
  const duty = entry.row;
  const path =
    decision !== undefined ? `/decisions/${decision.id}` : duty === null ? '' : `/milestones/${duty.milestone}`;
  return {
    event,
    key: `${reference}/${entry.seq}`,
    at: entry.at,
    ...(duty === null || decision !== undefined ? {} : { owner: duty.owner }),
    told: {
      ...placed(council, place),
      ...(duty === null || decision !== undefined ? {} : { duty: dutyIn(duty) }),
      ...(decision === undefined ? {} : { decision }),
      path: `/inspections/${inspectionRef(council.id, reference)}${path}`,
      words: entry.text,
    },
  };
}

/** A duty falls due: once for each date that it has. */
export function fallsDue(
  duty: Pick<MilestoneRow, 'milestone' | 'strand' | 'title' | 'due' | 'status' | 'owner' | 'ownerTitle'>,
  at: string,
  { council, place }: { council: Council; place: Place },
): Happened {
  const { reference } = place;
  return {
    event: 'duty.due',
    key: `${reference}/due/${duty.milestone}/${duty.due}`,
    at,
    owner: duty.owner,
    told: {
      ...placed(council, place),
      duty: dutyIn(duty),
      path: `/inspections/${inspectionRef(council.id, reference)}/milestones/${duty.milestone}`,
    },
  };
}

/** An inspection's clock stands still: once for each time that it is found so. */
export function isStuck(
  finding: { key: string; what: string },
  at: string,
  { council, place }: { council: Council; place: Place },
): Happened {
  return {
    event: 'inspection.stuck',
    key: `${place.reference}/stuck/${finding.key}/${at}`,
    at,
    told: {
      ...placed(council, place),
      path: `/inspections/${inspectionRef(council.id, place.reference)}`,
      words: finding.what,
    },
  };
}

const placed = ({ id, name }: Council, inspection: Place) => ({ council: { id, name }, inspection });

const dutyIn = ({
  milestone,
  strand,
  title,
  due,
  status,
  ownerTitle,
}: Parameters<typeof fallsDue>[0]): NonNullable<Told['duty']> => ({
  ...{ id: milestone, kind: strand, title, due, status },
  owner: ownerTitle,
});

function decisionIn({ data }: RegisterEntry): Told['decision'] | undefined {
  const callIn = data['callIn'] as { decision?: unknown } | undefined;
  const id = data['decision'] ?? callIn?.decision;
  return typeof id === 'string' && typeof data['title'] === 'string' ? { id, title: data['title'] } : undefined;
}
