import { clientOf } from '../../platform/temporal-client.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { openRegister } from '../../register/register.ts';
import { randomBytes } from 'node:crypto';
import { Engine, workflowId } from '../../client/engine.ts';
import { advanceTo, timeSkippingInterceptors } from '../../client/time-travel.ts';
import type { Checked, Known } from '../checker.ts';
import type { SinkMail } from '../checker/mail-text.ts';
import type { Site } from '../site.ts';
import { actionsOf, councilOf, duesOf, inspectionOf } from './council.ts';
import { startCrew } from './crew.ts';
import { recorded, settled } from './load.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

/** Some lifecycles side by side whose clocks go as fast as the story: weeks in seconds. */
export interface Story {
  references: readonly string[];
  /** All of them go on to an instant (UTC). */
  advanceTo(instant: string): Promise<void>;
  /** Each has a duty finished by its director. */
  finishOne(place: number): Promise<void>;
}

const INSPECTIONS = 6;
const BEGIN = '2030-02-04T10:00:00.000Z';

export interface StoryOptions {
  worker: string;
  /** When it begins (UTC), and when its actions are due; left out, a winter's. */
  begin?: string;
  due?: string;
  environments?: readonly Record<string, string>[];
  /** A mail server, or a folder as an outbox; and how to read what has come there. */
  mail: string;
  received: () => Promise<SinkMail[]>;
}

/** Runs a story in which something strikes, and has it checked up to the instant that it says. */
export async function inAStory(
  site: Site,
  { worker, mail, received, begin = BEGIN, due, environments = [] }: StoryOptions,
  strike: (story: Story) => Promise<Pick<Known, 'outage' | 'mayDouble'> & { end: string }>,
): Promise<Checked> {
  const queue = `story-${randomBytes(4).toString('hex')}`;
  const crew = await startCrew(site, { queue, mail, worker, environments });
  const [address = ''] = site.addresses;
  const interceptors = timeSkippingInterceptors({ id: 'start', durationMs: 1 });
  const connection = await openConnection({ address, interceptors });
  const register = openRegister({ url: site.databaseUrl });
  const client = clientOf({
    connection,
    namespace: site.namespace,
    dataConverter: dataConverterOf([], register.payloads),
  });
  const engine = new Engine(client, { taskQueue: queue, address, patienceMs: 60_000, time: 'skipped' });
  const shiftMs = Date.parse(begin) - Date.now();
  const starts = Array.from({ length: INSPECTIONS }, (_, n) => inspectionOf(n, `${queue}-${n}`, due));
  const references: InspectionRef[] = [];
  try {
    for (const start of starts) references.push(await engine.start(start, { clock: { shiftMs } }));
    const { end, ...known } = await strike({
      references,
      async advanceTo(instant) {
        const at = new Date(Date.parse(instant) - shiftMs);
        await Promise.all(
          references.map((reference) => advanceTo(connection, site.namespace, workflowId(reference), at)),
        );
      },
      async finishOne(place) {
        const by = { id: 'story', role: 'director' };
        for (const [n, reference] of references.entries()) {
          const milestone = actionsOf(starts[n] ?? inspectionOf(n, ''))[place] ?? '';
          await engine.command(reference, 'complete', { milestone }, by);
        }
      },
    });
    await recorded(site, engine, references);
    const dues = new Map(
      references.flatMap((reference, n) => duesOf(reference, starts[n] ?? inspectionOf(n, ''), due)),
    );
    return await settled(site.databaseUrl, received, {
      council: councilOf(INSPECTIONS),
      until: () => end,
      dues,
      only: new Set(references),
      ...known,
    });
  } finally {
    for (const reference of references) await engine.cancel(reference).catch(() => undefined);
    await crew.end();
    await Promise.all([connection.close(), register.close()]);
  }
}
