import { Command } from 'commander';
import { openLifecycle } from '../../../domain/lifecycle/open-lifecycle.ts';
import { partsOf } from '../../../domain/inspection-ref.ts';
import { loadStart } from '../../files/load-start.ts';
import { readyToStart, startFromFile } from '../../start-inspection.ts';
import { milestoneTable } from '../duties.ts';
import { byOption, dateOption } from '../options.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';

interface StartOptions extends PrintOptions {
  received?: string;
  as?: string;
  by: string;
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
    .option('--json', 'print JSON')
    .action(async (file: string, options: StartOptions) => {
      const loaded = loadStart(file, options);
      const startedBy = {
        id: options.by,
        role: options.as ?? process.env['DUECOURSE_AS'] ?? loaded.facts.authority.chain.administrator,
      };
      // Said before anything is asked of a server, where nothing can be started anyway.
      openLifecycle({ ...loaded, startedBy }, new Date().toISOString());
      await withServices(async (services) => {
        const { engine, register } = services;
        const start = await readyToStart(loaded, startedBy, services, new Date().toISOString());
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
