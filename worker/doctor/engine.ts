import { isGrpcServiceError, ScheduleNotFoundError } from '@temporalio/client';
import { finding, type Finding } from '../../domain/doctor/finding.ts';
import { atMost } from '../../platform/at-most.ts';
import { checkSearchAttributes } from '../../platform/embedded/namespace.ts';
import { unreachableSentence } from '../../platform/temporal-trouble.ts';
import { CALENDAR_WATCH, morningSummaryId } from '../../workflows/schedule-ids.ts';
import { asked, type DoctorEngine } from './parts.ts';

/** What the look at the engine found; without its namespace nothing else of it can be asked. */
export interface EngineLook {
  findings: Finding[];
  /** The server's version; undefined where it does not answer. */
  version: string | undefined;
  /** Whether inspections, workers and schedules can be asked for. */
  usable: boolean;
}

/** gRPC's numbers. */
const NOT_FOUND = 5;
const DENIED = new Set([7, 16]);
const SCHEDULES_AT_ONCE = 8;

/** Does the engine answer, and is all there that lifecycles need? */
export async function lookAtEngine(engine: DoctorEngine): Promise<EngineLook> {
  const { client, namespace } = engine;
  let version: string | undefined;
  try {
    ({ serverVersion: version } = await asked(engine, () => client.workflowService.getSystemInfo({})));
    await asked(engine, () => client.workflowService.describeNamespace({ namespace }));
    const { missing, wrong } = await asked(engine, () => checkSearchAttributes(client.connection, namespace));
    const findings = [
      ...missing.map((name) => finding('search-attribute-missing', name)),
      ...wrong.map((name) => finding('search-attribute-wrong', name)),
    ];
    return { findings, version, usable: true };
  } catch (error) {
    return { findings: [await engineTrouble(engine, error)], version, usable: false };
  }
}

async function engineTrouble({ namespace, address }: DoctorEngine, error: unknown): Promise<Finding> {
  const code = isGrpcServiceError(error) ? error.code : undefined;
  if (code === NOT_FOUND) return finding('namespace-missing', namespace);
  if (code !== undefined && DENIED.has(code))
    return finding(
      'engine-denied',
      `Temporal at ${address} does not let us in: see TEMPORAL_API_KEY, or the client certificate.`,
    );
  return finding('engine-unreachable', await unreachableSentence(address));
}

/** The engine could not be opened at all; its error's sentence says why. */
export const notOpened = (error: Error): Finding =>
  finding('code' in error && error.code === 'access-denied' ? 'engine-denied' : 'engine-unreachable', error.message);

/**
 * Are the daily tasks scheduled, and not paused?
 *
 * @param authorities those with open inspections: each has a morning summary
 */
export async function lookAtSchedules(
  engine: DoctorEngine,
  authorities: readonly string[],
  bankHolidays: string | undefined,
): Promise<Finding[]> {
  const few = atMost(SCHEDULES_AT_ONCE);
  const wanted = [...authorities.map(morningSummaryId), ...(bankHolidays === undefined ? [] : [CALENDAR_WATCH])];
  return (await Promise.all(wanted.map((id) => few(() => lookAtSchedule(engine, id))))).flat();
}

async function lookAtSchedule(engine: DoctorEngine, id: string): Promise<Finding[]> {
  try {
    const { state } = await asked(engine, () => engine.client.schedule.getHandle(id).describe());
    return state.paused ? [finding('schedule-paused', id)] : [];
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return [finding('schedule-missing', id)];
    throw error;
  }
}
