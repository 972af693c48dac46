import { standsOn } from '../facts/one-a-day.ts';
import { dateAt, listAt, partAt, type Say, textAt } from './part.ts';

/** Of a kind there is one event a day, as the command that records one says as well. */
export function checkEvents(part: unknown, say: Say): void {
  for (const kind of Object.keys(partAt(part, 'events') ?? {})) {
    const events = listAt(part, 'events', kind).map((each) => ({
      on: dateAt(each, 'on'),
      withdrawn: textAt(each, 'withdrawn'),
    }));
    events.forEach(({ on, withdrawn }, index) => {
      if (on !== undefined && withdrawn === undefined && standsOn(events.slice(0, index), on))
        say(['events', kind, index], `there is one of this kind on ${on} already: of a kind there is one a day`);
    });
  }
}
