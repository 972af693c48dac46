import { basename } from 'node:path';
import type { PublishedHolidays } from '../../../domain/calendar/published-holidays.ts';
import { asCalledHere } from '../../../domain/authority/executive-name.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { type CivilDate, formatDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { firstMailAt } from '../../../domain/lifecycle/first-mail.ts';
import { milestonesOf } from '../../../domain/lifecycle/milestones.ts';
import { openLifecycle } from '../../../domain/lifecycle/open-lifecycle.ts';
import { calendarOf, type LifecycleStart } from '../../../domain/lifecycle/state.ts';
import { CHOOSE_CONSTITUTION } from '../../../domain/decisions/no-constitution.ts';
import { inspectionRef, type InspectionRef } from '../../../domain/inspection-ref.ts';
import { type Preview, preview } from '../../../domain/preview/preview.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Inspection } from '../../../domain/schemas/inspection.ts';
import { wholeFile } from '../../files/file-problems.ts';
import { loadInspection } from '../../files/load.ts';
import { startOf } from '../../files/load-start.ts';
import { YamlFile } from '../../files/yaml-file.ts';
import { startUnder } from '../../start-inspection.ts';
import { byMail } from '../forms/by-mail.ts';
import { renderTemplate } from '../render.ts';
import type { GuidedName } from './guided.ts';

/** An authority in which somebody may start an inspection: in which role, and by which bank holidays it counts. */
export interface Startable {
  authority: Authority;
  role: string;
  approved: PublishedHolidays | null;
}

/** A file that somebody gave; the authorities are those that they may start one for. */
export interface Upload {
  text: string;
  name: string;
  email: string;
  authorities: Startable[];
  /** UTC. */
  now: string;
  wanted: WantedName;
}

/**
 * What is wanted of a file that somebody gave. No more than that crosses to the thread that serves: to take over a large
 * inspection with every notice of it keeps that one as busy as to read it.
 */
export interface Wanted {
  /** Whether it can be started. */
  nothing: null;
  /** What it is started from. */
  start: LifecycleStart;
  /** A line of a list. */
  line: WhatFollows & { next: CivilDate | undefined };
  /** All that a page says of it. */
  page: WhatFollows &
    Pick<Preview, 'approvals' | 'until'> & {
      said: Readonly<Record<GuidedName, string>>;
      /** The promises that it makes, a line each. */
      promised: string;
      /** The table of its duties by date, written out. */
      table: string;
      /** How many duties are in it, and how many of them are planned later than at the start. */
      listed: number;
      later: number;
    };
}
export type WantedName = keyof Wanted;

interface WhatFollows extends Pick<Preview, 'title' | 'warnings'> {
  id: InspectionRef;
  authority: Pick<Authority, 'id' | 'name'>;
  /** Its own, within the authority. */
  reference: string;
  duties: number;
  /** When its owners hear of a start, in words. */
  ownersHear: string;
}

/**
 * Reads an inspection file that came by the web. Its authority is the one on record here: what the file itself says of
 * roles and addresses does not count, so that nobody can make themselves something by a file.
 *
 * @throws FileProblems naming every part that is wrong; Refusal where the lifecycle would refuse it
 */
export function readUpload({ text, name, email, authorities, now, wanted }: Upload): Wanted[WantedName] {
  const file = YamlFile.of(text, name);
  const { authority, role, approved } = startableOf(file, authorities);
  const loaded = startOf(loadInspection(file.without('authority'), authority, { now }));
  const start = startUnder(loaded, { id: email, role }, approved, now);
  return WANTED[wanted](start, preview(start.facts, calendarOf(start), { today: localDate(now) }), now);
}

const WANTED: {
  readonly [Name in WantedName]: (start: LifecycleStart, preview: Preview, now: string) => Wanted[Name];
} = {
  nothing: () => null,
  start: (start) => start,
  line: (start, preview, now) => ({
    ...whatFollows(start, preview, now),
    next: preview.milestones.map(({ due }) => due).toSorted()[0],
  }),
  page: (start, preview, now) => {
    const { milestones, later } = listedAtStart(start, preview, now);
    return {
      ...whatFollows(start, preview, now),
      ...{ approvals: preview.approvals, until: preview.until, said: saidIn(start.facts.inspection) },
      promised: promisedIn(start.facts),
      ...{ listed: milestones.length, later },
      table: renderTemplate('start-duties.html', {
        milestones: milestones.map((each) => ({
          ...each,
          ownerTitle: roleTitle(start.facts.authority, each.owner),
          reminders: each.notices.filter((notice) => !notice.onlyIfMissed).length,
        })),
      }),
    };
  },
};

/**
 * What a page lists before the start: all that is planned at once, also beyond the day up to which cycles are shown, and their
 * later rounds up to it.
 */
export function listedAtStart(
  start: LifecycleStart,
  shown: Preview,
  now: string,
): { milestones: Preview['milestones']; later: number } {
  const begun = openLifecycle(start, now);
  const atOnce = new Set([...Object.keys(begun.kept), ...Object.keys(begun.ended)]);
  const known = new Set(shown.milestones.map(({ id }) => id));
  const beyond = milestonesOf(begun).filter(({ id }) => !known.has(id));
  const last = beyond
    .map(({ due }) => due)
    .toSorted()
    .at(-1);
  const all =
    last === undefined
      ? shown.milestones
      : preview(start.facts, calendarOf(start), { today: localDate(now), until: last }).milestones.filter(
          ({ id }) => known.has(id) || atOnce.has(id),
        );
  return { milestones: all, later: all.filter(({ id }) => !atOnce.has(id)).length };
}

function whatFollows(start: LifecycleStart, { title, warnings, milestones }: Preview, now: string): WhatFollows {
  const { authority, inspection } = start.facts;
  return {
    id: inspectionRef(authority.id, inspection.reference),
    authority: { id: authority.id, name: authority.name },
    reference: inspection.reference,
    title,
    warnings: [...(start.facts.constitution === null ? [noConstitutionYet(authority)] : []), ...warnings],
    duties: milestones.length,
    ownersHear: byMail(firstMailAt(start, now), now),
  };
}

/** A decision that can be called in can't be recorded without one: better known before the start than after Cabinet has met. */
const noConstitutionYet = ({ name }: Pick<Authority, 'name'>): string =>
  `No constitution is chosen for ${name} yet: a decision that can be called in can’t be recorded until it is. You can start all the same. ${CHOOSE_CONSTITUTION}`;

/** The promises that a start makes, by what they are called and the body that they go to. */
function promisedIn({ inspection, authority, rules }: LifecycleStart['facts']): string {
  const lines = inspection.commitments.map(({ title, rule, body }) => {
    const to = authority.bodies.find(({ id }) => id === body);
    const called = title ?? asCalledHere(rules.find(({ id }) => id === rule)?.title ?? rule ?? '', authority, to);
    return to === undefined ? called : `${called}, at the meetings of ${to.name}`;
  });
  return lines.join('\n') || 'nothing';
}

/** What the file says of the inspection, by the fields of the guided form. */
function saidIn(inspection: Inspection): Record<GuidedName, string> {
  const { fieldwork, report, judgements, recommendations } = inspection;
  const day = (date: string | undefined): string => (date === undefined ? 'not said' : formatDate(date));
  return {
    title: inspection.title,
    reference: inspection.reference,
    inspectorate: inspection.inspectorate,
    fieldworkFrom: day(fieldwork.from),
    fieldworkUntil: day(fieldwork.until),
    received: day(report.received),
    published: day(report.published),
    judgements: judgements.map(({ area, grade }) => `${area}: ${grade}`).join('\n') || 'none',
    recommendations: recommendations.length === 0 ? 'none yet' : String(recommendations.length),
  };
}

function startableOf(file: YamlFile, authorities: readonly Startable[]): Startable {
  const written = file.at(['authority']);
  const writtenOut = file.at(['authority', 'id']);
  const named =
    typeof written === 'string'
      ? basename(written.replaceAll('\\', '/')).replace(/\.ya?ml$/, '')
      : typeof writtenOut === 'string'
        ? writtenOut
        : undefined;
  const only = authorities.length === 1 ? authorities[0] : undefined;
  const found = named === undefined ? only : authorities.find((each) => each.authority.id === named);
  if (found !== undefined) return found;
  throw wholeFile(
    file.file,
    named === undefined ? 'no authority' : `the authority "${named.slice(0, 80)}"`,
    `expected one of yours: ${authorities.map((each) => each.authority.id).join(', ')}`,
  );
}
