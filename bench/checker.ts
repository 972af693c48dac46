import { onTheWall } from './checker/days.ts';
import { read, type Said, type SinkMail } from './checker/mail-text.ts';
import { type Council, type Owed, owedBy, type Stretch, stretchesOf } from './checker/owed.ts';
import { type InspectionRecord, readRecord, type Recorded, type Row } from './checker/record.ts';

/** Something that is not as it was promised. */
export interface Finding {
  what:
    | 'chain'
    | 'table'
    | 'missing'
    | 'unrecorded'
    | 'not received'
    | 'finished'
    | 'doubled'
    | 'wrong date'
    | 'unread'
    | 'not once'
    | 'not as it should stand';
  why: string;
}

/** What the checker knows beside sink and register. */
export interface Known {
  council: Council;
  /** The story's instant (UTC) up to which an inspection has come; left out, it is not looked at what was due. */
  until: (reference: string) => string | undefined;
  /** The first due dates that are known beforehand, by `<reference> <milestone>`. */
  dues?: ReadonlyMap<string, string>;
  /** Local times between which mail could not go: what fell due then may come up to a working day after the end. */
  outage?: { from: string; until: string };
  /** The inspections that are looked at; left out, all of them. The chain is always looked at whole. */
  only?: ReadonlySet<string>;
  /** Kinds of entry that each inspection must have on record, each once: about a duty, or about itself. */
  once?: readonly string[];
  /** How duties must stand at the end: a due date or an owner by `<reference> <milestone>`. */
  stands?: ReadonlyMap<string, Partial<Pick<Row, 'due' | 'owner' | 'status'>>>;
  /** How many mails may have come twice, each as the same mail: one for each process that was killed. */
  mayDouble?: number;
}

export interface Checked {
  findings: Finding[];
  inspections: number;
  entries: number;
  mails: number;
  /** Notices that somebody must have had. */
  owed: number;
}

/**
 * The independent checker: reads what the mail server received and what the register holds, with code of its own, and says
 * what does not agree with what was promised.
 */
export async function check(databaseUrl: string, mails: readonly SinkMail[], known: Known): Promise<Checked> {
  const whole = await readRecord(databaseUrl);
  const inspections = whole.inspections.filter(({ reference }) => known.only?.has(reference) ?? true);
  const record = { ...whole, inspections };
  const read_ = mails.map((mail): ReadMail => ({ mail, said: read(mail), wall: onTheWall(mail.date) }));
  const owed = owedIn(record, known);
  return {
    findings: [
      ...record.chains.map(({ authority, why }): Finding => ({ what: 'chain', why: `${authority}: ${why}` })),
      ...[...(known.only ?? [])]
        .filter((reference) => !inspections.some((each) => each.reference === reference))
        .map((reference): Finding => ({ what: 'unrecorded', why: `${reference} is not in the register` })),
      ...tables(record),
      ...missing(owed, read_, record, known),
      ...recorded(record, mails),
      ...doubled(mails, known.mayDouble ?? 0),
      ...dates(record, read_, known),
      ...once(record, known.once ?? []),
      ...standing(record, known.stands ?? new Map()),
    ],
    inspections: record.inspections.length,
    entries: record.entries,
    mails: mails.length,
    owed: owed.length,
  };
}

interface ReadMail {
  mail: SinkMail;
  said: Said;
  wall: string;
}

type OwedIn = Owed & { reference: string; inspection: string };

function owedIn({ inspections }: Recorded, { council, until }: Known): OwedIn[] {
  return inspections.flatMap((inspection) => {
    const instant = until(inspection.reference);
    if (instant === undefined) return [];
    return owedBy(inspection, council, instant).map((owed) => ({
      ...owed,
      reference: inspection.reference,
      inspection: inspection.title,
    }));
  });
}

function missing(owed: readonly OwedIn[], mails: readonly ReadMail[], record: Recorded, { outage }: Known): Finding[] {
  const passedOn = givenUp(record, mails);
  const told = new Map<string, string[]>();
  for (const { mail, said, wall } of mails)
    for (const { title } of said.notices) {
      const key = JSON.stringify([mail.to.toLowerCase(), said.inspection, title]);
      told.set(key, [...(told.get(key) ?? []), wall]);
    }
  return owed
    .filter(({ to, inspection, title, from, until, stoodUntil }) => {
      const cut = outage !== undefined && from >= outage.from && from <= outage.until;
      const last = cut && outage.until > until ? outage.until : until;
      const came = told.get(JSON.stringify([to, inspection, title])) ?? [];
      // By the time mail went again there was nothing to tell any more, or it was given up and somebody else told.
      if (cut && (stoodUntil <= outage.until || passedOn.has(JSON.stringify([inspection, title])))) return false;
      return !came.some((wall) => wall >= from && wall <= last);
    })
    .map(({ reference, milestone, to, from, why }) => ({
      what: 'missing',
      why: `${reference} ${milestone}: ${to} had no notice from ${from} on (${why})`,
    }));
}

/** Duties of which a notice was given up, on record, and of which somebody else was told for that reason. */
function givenUp({ inspections }: Recorded, mails: readonly ReadMail[]): Set<string> {
  const told = new Set(
    mails
      .filter(({ mail }) => mail.text.replaceAll(/\s+/g, ' ').includes('could not be delivered to'))
      .flatMap(({ said }) => said.notices.map(({ title }) => JSON.stringify([said.inspection, title]))),
  );
  const lost = new Set<string>();
  for (const inspection of inspections) {
    const titles = stretchesOf(inspection);
    for (const { kind, data } of inspection.entries) {
      if (kind !== 'mail-undeliverable') continue;
      for (const { milestone } of data['notices'] as { milestone: string }[])
        lost.add(JSON.stringify([inspection.title, titles.get(milestone)?.[0]?.title ?? milestone]));
    }
  }
  return new Set([...lost].filter((each) => told.has(each)));
}

/** What the register says was sent is what came, mail by mail. */
function recorded({ inspections }: Recorded, mails: readonly SinkMail[]): Finding[] {
  const sent = new Map<string, string>();
  const settledOtherwise = new Set<string>();
  for (const { reference, entries } of inspections)
    for (const { kind, data } of entries) {
      const messageId = String(data['messageId']);
      if (kind === 'mail-sent') sent.set(messageId, reference);
      if (kind === 'mail-undeliverable') settledOtherwise.add(messageId);
    }
  const came = new Set(mails.map((mail) => mail.messageId));
  return [
    ...[...sent]
      .filter(([messageId]) => !came.has(messageId))
      .map(([messageId, reference]): Finding => ({ what: 'not received', why: `${reference}: ${messageId}` })),
    ...[...came]
      .filter((messageId) => !sent.has(messageId) && !settledOtherwise.has(messageId))
      .map((messageId): Finding => ({ what: 'unrecorded', why: `${messageId} came, but is not on record as sent` })),
  ];
}

function doubled(mails: readonly SinkMail[], mayDouble: number): Finding[] {
  const first = new Map<string, SinkMail>();
  const again: Finding[] = [];
  const altered: Finding[] = [];
  for (const mail of mails) {
    const before = first.get(mail.messageId);
    if (before === undefined) first.set(mail.messageId, mail);
    else if (before.text === mail.text && before.to === mail.to)
      again.push({ what: 'doubled', why: `${mail.messageId} to ${mail.to} came again` });
    else altered.push({ what: 'doubled', why: `${mail.messageId} came again as another mail` });
  }
  return [...altered, ...(again.length > mayDouble ? again : [])];
}

/** Each duty that a mail speaks of: it is not finished, and its date is the register's at that moment. */
function dates({ inspections }: Recorded, mails: readonly ReadMail[], { dues }: Known): Finding[] {
  const byTitle = new Map(inspections.map((each) => [each.title, { ...each, stretches: byMilestoneTitle(each) }]));
  return mails.flatMap(({ mail, said, wall }) => {
    const inspection = byTitle.get(said.inspection);
    if (inspection === undefined || said.notices.length === 0)
      return [{ what: 'unread' as const, why: `${mail.messageId}: "${said.inspection}" is no inspection on record` }];
    return said.notices.flatMap(({ title, due, gone }): Finding[] => {
      const about = inspection.stretches.get(title);
      if (about === undefined) return [{ what: 'unread', why: `${mail.messageId}: no duty "${title}" is on record` }];
      const where = `${inspection.reference} ${about.milestone} in the mail to ${mail.to} of ${wall}`;
      const standing = about.stretches.findLast((each) => each.from <= wall) ?? about.stretches[0];
      if (standing === undefined) return [];
      if (gone)
        return goneWhile(due, about.stretches, wall).map((why) => ({ what: 'wrong date', why: `${where}: ${why}` }));
      // A Date header has no parts of a second: within that second both may be true.
      const finished = about.stretches.find((each) => each.from < wall && isFinished(each, about.stretches, wall));
      if (finished !== undefined)
        return [{ what: 'finished', why: `${where}: it was ${finished.status} on ${finished.from}` }];
      const versions = about.stretches
        .filter((each) => each.from <= wall && each.until >= wall)
        .map((each) => each.due);
      const known = standing.dueVersion === 1 ? dues?.get(`${inspection.reference} ${about.milestone}`) : undefined;
      if (due === undefined || !versions.includes(due) || (known !== undefined && due !== known))
        return [{ what: 'wrong date', why: `${where}: it says ${String(due)}, not ${known ?? versions.join(' or ')}` }];
      return [];
    });
  });
}

/** That nothing has to be done about a duty any more is said once it has ended, or of somebody who has it no longer; with a date that it had. */
function goneWhile(due: string | undefined, stretches: readonly Stretch[], wall: string): string[] {
  const until = stretches.filter(({ from }) => from.slice(0, wall.length) <= wall);
  const [first] = until;
  const passed = until.some(({ owner }) => owner !== first?.owner);
  if (!passed && !until.some(({ status }) => ENDED.has(status))) return ['it says that it is gone, and it is open'];
  const dates = until.map((each) => each.due);
  return due !== undefined && dates.includes(due)
    ? []
    : [`it says ${String(due)}, not one of ${[...new Set(dates)].join(', ')}`];
}

const ENDED = new Set(['completed', 'missed', 'waived', 'lapsed', 'unfinished']);

/** What is submitted is done, but still to be confirmed: its new owner hears of it where it is passed on after that. */
function isFinished({ status, from }: Stretch, stretches: readonly Stretch[], wall: string): boolean {
  if (status !== 'submitted') return ENDED.has(status);
  return !stretches.some((each) => each.kind === 'milestone-reassigned' && each.from >= from && each.from <= wall);
}

/** By every title that each has had: a round that stands for missed ones says so in its title. */
function byMilestoneTitle(inspection: InspectionRecord): Map<string, { milestone: string; stretches: Stretch[] }> {
  return new Map(
    [...stretchesOf(inspection)].flatMap(([milestone, stretches]) =>
      stretches.map(({ title }) => [title, { milestone, stretches }] as const),
    ),
  );
}

/** The table that lists are read from says of each milestone what its last entry says. */
function tables({ inspections }: Recorded): Finding[] {
  return inspections.flatMap((inspection) =>
    [...stretchesOf(inspection)].flatMap(([milestone, stretches]): Finding[] => {
      const last = stretches.at(-1);
      const row = inspection.table.get(milestone);
      const same =
        row !== undefined &&
        last !== undefined &&
        row.status === last.status &&
        row.due === last.due &&
        row.owner === last.owner &&
        row.dueVersion === last.dueVersion;
      return same
        ? []
        : [{ what: 'table', why: `${inspection.reference} ${milestone}: the table does not say what the entries say` }];
    }),
  );
}

function once({ inspections }: Recorded, kinds: readonly string[]): Finding[] {
  return inspections.flatMap(({ reference, entries }) =>
    kinds.flatMap((kind): Finding[] => {
      const about = entries.filter((each) => each.kind === kind).map(({ milestone }) => milestone);
      return about.length > 0 && new Set(about).size === about.length
        ? []
        : [{ what: 'not once', why: `${reference} has ${about.length} entries "${kind}", about ${about.join(', ')}` }];
    }),
  );
}

function standing({ inspections }: Recorded, stands: NonNullable<Known['stands']>): Finding[] {
  const rows = new Map<string, Row>(
    inspections.flatMap(({ reference, table }) => [...table].map(([id, row]) => [`${reference} ${id}`, row] as const)),
  );
  return [...stands].flatMap(([duty, wanted]) =>
    (['due', 'owner', 'status'] as const)
      .filter((part) => wanted[part] !== undefined && rows.get(duty)?.[part] !== wanted[part])
      .map((part): Finding => ({
        what: 'not as it should stand',
        why: `${duty}: ${part} is ${rows.get(duty)?.[part] ?? 'not on record'}, not ${wanted[part]}`,
      })),
  );
}
