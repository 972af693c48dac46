import type { Engine } from '../../client/engine.ts';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import type { Known } from '../checker.ts';
import type { EngineFiles, Site } from '../site.ts';
import { backUpOf } from './database.ts';
import { inAnOffice, type Office } from './office.ts';
import type { Scenario } from './scenario.ts';

const INSPECTIONS = 12;
const LATER = 4;
const DUTY = 'improvement-actions/one';
const director = { id: 'faults', role: 'director' };

const engineFiles = ({ engineFiles: files }: Site): EngineFiles => {
  if (files === undefined) throw new Error('the engine has no files of its own');
  return files;
};
const unavailable = ({ engineFiles: files }: Site): string | undefined =>
  files === undefined ? 'the engine’s database is not ours alone to lose' : undefined;

/** One of the two stores lost, or each restored to a minute of its own; then `recover`, as docs/deploy.md says. */
export const LOST_AND_RESTORED = {
  'engine-dropped': {
    proves: `the engine’s database gone: setup and recover bring the clocks of ${INSPECTIONS} inspections back from the register; nobody is told twice, and all goes on`,
    unavailable,
    run: (site, { worker }) =>
      inAnOffice(site, { worker, inspections: INSPECTIONS, later: LATER }, async (office) => {
        await begun(office);
        await goneOn(office);
        await engineFiles(site).lose();
        await office.well(['setup']);
        return recovered(office, 'clock-recovered');
      }),
  },
  'restored-engine-older': {
    proves:
      'engine and register restored, the engine to an earlier minute: what the register knows holds, nobody is told twice, and all goes on',
    unavailable,
    run: (site, { worker }) =>
      inAnOffice(site, { worker, inspections: INSPECTIONS, later: LATER }, async (office) => {
        await begun(office);
        const engine = await engineFiles(site).backUp();
        await goneOn(office);
        const register = await backUpOf(office.databaseUrl);
        await engine();
        await register();
        return recovered(office, 'clock-recovered');
      }),
  },
  'restored-register-older': {
    proves:
      'engine and register restored, the register to an earlier minute: entries and mails are made up from the engine, nobody is told twice, and all goes on',
    unavailable,
    run: (site, { worker }) =>
      inAnOffice(site, { worker, inspections: INSPECTIONS, later: LATER }, async (office) => {
        await begun(office);
        const register = await backUpOf(office.databaseUrl);
        await goneOn(office);
        const engine = await engineFiles(site).backUp();
        await register();
        await engine();
        return recovered(office, 'record-recovered');
      }),
  },
} satisfies Record<string, Scenario>;

/** What both know: the first inspections, with their mails. */
async function begun({ folder, inspections, well, mailed }: Office): Promise<void> {
  await well(['import', folder]);
  await mailed(inspections.slice(0, -LATER));
}

/** What only the newer of the two knows, with its mails: more inspections, and a later date for each duty. */
async function goneOn({ later, engine, inspections, well, mailed }: Office): Promise<void> {
  await well(['import', later]);
  for (const each of inspections)
    await engine.command(each, 'extend', { milestone: DUTY, to: laterDate(), reason: 'more to do' }, director);
  await mailed(inspections);
}

const laterDate = (): string => addDays(localDate(new Date().toISOString()), 430);

/** New workers, `recover`, and one change more of each; then the checker's word. */
async function recovered(office: Office, kind: string): ReturnType<Office['checked']> {
  const { well, engine, inspections } = office;
  await office.otherWorkers();
  await well(['recover', '--all', '--yes']);
  await well(['recover', '--all']);
  for (const each of inspections) await completed(engine, each);
  await well(['register', 'verify']);
  const stands: NonNullable<Known['stands']> = new Map(
    inspections.map((each) => [`${each} ${DUTY}`, { due: laterDate(), status: 'completed' }]),
  );
  return office.checked({ once: ['inspection-started', 'milestone-extended', 'milestone-completed', kind], stands });
}

const completed = (engine: Engine, inspection: InspectionRef): Promise<unknown> =>
  engine.command(inspection, 'complete', { milestone: DUTY }, director);
