import type { Client } from '@temporalio/client';
import { type EngineArchives, engineArchives } from './engine/archives.ts';
import { type EngineClocks, engineClocks } from './engine/clocks.ts';
import { engineClient, type EngineOptions, workflowId } from './engine/engine-client.ts';
import { type EngineCouriers, engineCouriers } from './engine/couriers.ts';
import { type EngineFanOut, engineFanOut } from './engine/fan-out.ts';
import { type EngineLifecycles, engineLifecycles } from './engine/lifecycles.ts';
import { type EngineStandIns, engineStandIns } from './engine/stand-ins.ts';
import { type EngineSchedules, engineSchedules } from './engine/schedules.ts';

export { workflowId };

const PING_MS = 2000;

/**
 * The one typed way in to running lifecycles. An inspection is named by its whole ref, for example `middlesbrough/2016`.
 * Everything that goes in is checked here, and again by the lifecycle itself. What each member does stands in `engine/`.
 */
export class Engine
  implements
    EngineLifecycles,
    EngineSchedules,
    EngineFanOut,
    EngineCouriers,
    EngineArchives,
    EngineClocks,
    EngineStandIns
{
  readonly start: EngineLifecycles['start'];
  readonly restart: EngineLifecycles['restart'];
  readonly command: EngineLifecycles['command'];
  readonly newest: EngineLifecycles['newest'];
  readonly view: EngineLifecycles['view'];
  readonly inspect: EngineLifecycles['inspect'];
  readonly facts: EngineLifecycles['facts'];
  readonly moves: EngineLifecycles['moves'];
  readonly result: EngineLifecycles['result'];
  readonly cancel: EngineLifecycles['cancel'];
  readonly standing: EngineLifecycles['standing'];

  readonly keepMorningSummary: EngineSchedules['keepMorningSummary'];
  readonly changeSummaryCalendar: EngineSchedules['changeSummaryCalendar'];
  readonly keepCalendarWatch: EngineSchedules['keepCalendarWatch'];

  readonly replanAll: EngineFanOut['replanAll'];

  readonly nudgeCourier: EngineCouriers['nudgeCourier'];

  readonly tellStandIns: EngineStandIns['tellStandIns'];

  readonly archive: EngineArchives['archive'];

  readonly pulse: EngineClocks['pulse'];
  readonly running: EngineClocks['running'];
  readonly stateOf: EngineClocks['stateOf'];
  readonly mended: EngineClocks['mended'];
  readonly stop: EngineClocks['stop'];
  readonly deliveries: EngineClocks['deliveries'];

  /** Does the engine answer, within two seconds? Never fails. */
  readonly answers: () => Promise<boolean>;

  constructor(client: Client, options: EngineOptions) {
    const engine = engineClient(client, options);
    const schedules = engineSchedules(engine);
    const lifecycles = engineLifecycles(engine, schedules);
    ({
      start: this.start,
      restart: this.restart,
      command: this.command,
      newest: this.newest,
      view: this.view,
      inspect: this.inspect,
      facts: this.facts,
      moves: this.moves,
      result: this.result,
      cancel: this.cancel,
      standing: this.standing,
    } = lifecycles);
    ({
      keepMorningSummary: this.keepMorningSummary,
      changeSummaryCalendar: this.changeSummaryCalendar,
      keepCalendarWatch: this.keepCalendarWatch,
    } = schedules);
    ({ replanAll: this.replanAll } = engineFanOut(engine));
    ({ nudgeCourier: this.nudgeCourier } = engineCouriers(engine));
    ({ tellStandIns: this.tellStandIns } = engineStandIns(engine));
    ({ archive: this.archive } = engineArchives(engine));
    ({
      pulse: this.pulse,
      running: this.running,
      stateOf: this.stateOf,
      mended: this.mended,
      stop: this.stop,
      deliveries: this.deliveries,
    } = engineClocks(engine));
    this.answers = () => answers(client);
  }
}

async function answers(client: Client): Promise<boolean> {
  try {
    await client.withDeadline(Date.now() + PING_MS, () => client.workflowService.getSystemInfo({}));
    return true;
  } catch {
    return false;
  }
}
