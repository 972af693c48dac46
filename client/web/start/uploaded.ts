import { basename } from 'node:path';
import type { PublishedHolidays } from '../../../domain/calendar/published-holidays.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { calendarOf, type LifecycleStart } from '../../../domain/lifecycle/state.ts';
import { type Preview, preview } from '../../../domain/preview/preview.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { wholeFile } from '../../files/file-problems.ts';
import { loadInspection } from '../../files/load.ts';
import { startOf } from '../../files/load-start.ts';
import { YamlFile } from '../../files/yaml-file.ts';
import { startUnder } from '../../start-inspection.ts';

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
}

/** An inspection file that somebody gave, ready to be started. */
export interface Uploaded {
  start: LifecycleStart;
  preview: Preview;
}

/**
 * Reads an inspection file that came by the web. Its authority is the one on record here: what the file itself says of
 * roles and addresses does not count, so that nobody can make themselves something by a file.
 *
 * @throws FileProblems naming every part that is wrong; Refusal where the lifecycle would refuse it
 */
export function readUpload({ text, name, email, authorities, now }: Upload): Uploaded {
  const file = YamlFile.of(text, name);
  const { authority, role, approved } = startableOf(file, authorities);
  const loaded = startOf(loadInspection(file.without('authority'), authority, { now }));
  const start = startUnder(loaded, { id: email, role }, approved, now);
  return { start, preview: preview(start.facts, calendarOf(start), { today: localDate(now) }) };
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
