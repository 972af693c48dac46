import { localDate } from '../../../domain/calendar/london.ts';
import { loadStartFor, startWarnings } from '../../files/load-start.ts';
import { Command } from 'commander';
import { openLifecycle } from '../../../domain/lifecycle/open-lifecycle.ts';
import { mustBeNew, readyToStart, startFromFile, recordedSoFar } from '../../start-inspection.ts';
import { milestoneTable } from '../duties.ts';
import { byOption, dateOption } from '../options.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions, progress } from '../terminal.ts';
import { confirm } from '../confirm.ts';
import { countedAsApproved } from '../../as-approved.ts';
import { patientLoad } from '../patient-load.ts';

interface StartOptions extends PrintOptions {
  received?: string;
  as?: string;
  by: string;
  yes?: boolean;
}

const RECORDED_WITHIN_MS = 10_000;

/** What would happen at once where duties are late from the first day. */
const TOLD = 'Started, the owners and those above them are told at the next sending time.';

/** `duecourse start`: an inspection file becomes a running lifecycle. */
export function startCommand(): Command {
  return new Command('start')
    .description('start the lifecycle of an inspection file')
    .argument('<file>', 'the inspection file (YAML); look at it first with: duecourse preview FILE')
    .addOption(dateOption('--received <date>', 'the report was received on this date'))
    .option('--as <role>', 'the role you act in (default: the administrator)')
    .addOption(byOption())
    .option('--yes', 'start it also where duties would be long overdue from the first day')
    .option('--json', 'print JSON')
    .action(async (file: string, options: StartOptions) => {
      const now = new Date().toISOString();
      const read = patientLoad(file, { ...options, now });
      const startedBy = ({ facts }: typeof read) => ({
        id: options.by,
        role: options.as ?? process.env['DUECOURSE_AS'] ?? facts.authority.chain.administrator,
      });
      // Said before anything is asked of a server, where nothing can be started anyway.
      openLifecycle({ ...read, startedBy: startedBy(read) }, now);
      const { loaded, otherCouncil } = await countedAsApproved(read, (council) =>
        loadStartFor(file, council, { ...options, now }),
      );
      const { odd, late } = startWarnings(loaded, localDate(now));
      const asked = late?.long === true && options.yes !== true;
      const noted = [...(otherCouncil === undefined ? [] : [otherCouncil]), ...odd];
      if (late !== undefined && !asked) noted.push(`${late.text} ${late.inFile}`);
      for (const warning of noted) progress(`Look at this: ${warning}`);
      await withServices(async (services) => {
        const { engine } = services;
        const start = await readyToStart(loaded, startedBy(loaded), services, now);
        await mustBeNew(services, start);
        if (asked) await confirm(`${late.text} ${late.inFile} ${TOLD}`, 'Start it all the same?');
        const inspection = await startFromFile(services, start);
        if (!(await recordedSoFar(services, inspection, RECORDED_WITHIN_MS)))
          progress(
            `${inspection} is started; its record is not there yet. See it later with: duecourse show ${inspection}`,
          );
        const view = await engine.view(inspection);
        print(view, options, (data) =>
          [
            `${colours.green('Started:')} ${data.title}  ${colours.dim(inspection)}`,
            '',
            milestoneTable(data.milestones),
            '',
            colours.dim(`Next: duecourse show ${inspection}, duecourse overdue`),
          ].join('\n'),
        );
      });
    });
}
