import { Command } from 'commander';
import { openLifecycle } from '../../../domain/lifecycle/open-lifecycle.ts';
import { partsOf } from '../../../domain/inspection-ref.ts';
import { mustBeNew, readyToStart, startFromFile } from '../../start-inspection.ts';
import { longOverdue } from '../../late-start.ts';
import { milestoneTable } from '../duties.ts';
import { byOption, dateOption } from '../options.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';
import { confirm } from '../confirm.ts';
import { patientLoad } from '../patient-load.ts';

interface StartOptions extends PrintOptions {
  received?: string;
  as?: string;
  by: string;
  yes?: boolean;
}

const RECORDED_WITHIN_MS = 10_000;

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
      const loaded = patientLoad(file, options);
      const startedBy = {
        id: options.by,
        role: options.as ?? process.env['DUECOURSE_AS'] ?? loaded.facts.authority.chain.administrator,
      };
      const now = new Date().toISOString();
      // Said before anything is asked of a server, where nothing can be started anyway.
      openLifecycle({ ...loaded, startedBy }, now);
      await withServices(async (services) => {
        const { engine, register } = services;
        const start = await readyToStart(loaded, startedBy, services, now);
        await mustBeNew(services, start);
        const late = longOverdue(openLifecycle(start, now), now);
        if (late !== undefined && options.yes !== true) await confirm(late, 'Start it all the same?');
        const inspection = await startFromFile(services, start);
        const view = await engine.view(inspection);
        const { authority, reference } = partsOf(inspection);
        await register.reached(authority, reference, view.seq, RECORDED_WITHIN_MS);
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
