import { Command } from 'commander';
import { withPublished } from '../../../domain/calendar/published-holidays.ts';
import { withClosureDays } from '../../../domain/calendar/working-calendar.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { inspectionRef } from '../../../domain/inspection-ref.ts';
import type { Register } from '../../../register/register.ts';
import { loadAuthorityFile } from '../../files/load.ts';
import { loadBankHolidays } from '../../files/rules.ts';
import { EngineProblem } from '../../engine-problem.ts';
import { BadRequest } from '../../bad-request.ts';
import { knownAuthority } from '../../known-authority.ts';
import { EXIT } from '../failures.ts';
import { byOption } from '../options.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions, progress } from '../terminal.ts';

interface ApplyOptions extends PrintOptions {
  new?: boolean;
  as?: string;
  by: string;
}

interface Applied {
  inspection: string;
  ok: boolean;
  why: string | null;
}

/** `duecourse authority check|apply`. */
export function authorityCommand(): Command {
  const authority = new Command('authority').description('the council itself: who holds which role, who is away');
  authority
    .command('check')
    .description('check an authority file, without changing anything')
    .argument('<file>', 'the authority file (YAML)')
    .option('--json', 'print JSON')
    .action((file: string, options: PrintOptions) => {
      print(loadAuthorityFile(file), options, render);
    });
  authority
    .command('apply')
    .description('tell every open inspection of a council that its file has changed: new holders, absences, meetings')
    .argument('<file>', 'the authority file (YAML); look at it first with: duecourse authority check FILE')
    .option('--new', 'it is a council of which nothing is known here yet: keep its file')
    .option('--as <role>', "the role you act in (default: the file's administrator)")
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action((file: string, options: ApplyOptions) => apply(loadAuthorityFile(file), options));
  return authority;
}

async function apply(authority: Authority, options: ApplyOptions): Promise<void> {
  const actor = { id: options.by, role: options.as ?? process.env['DUECOURSE_AS'] ?? authority.chain.administrator };
  const results = await withServices(async ({ engine, register }) => {
    if (options.new !== true) await mustBeKnown(register, authority.id);
    const inspections = await register.list(new Date().toISOString());
    const open = inspections.filter((each) => each.authority === authority.id && each.status === 'open');
    const done: Applied[] = [];
    for (const [index, { reference }] of open.entries()) {
      const inspection = inspectionRef(authority.id, reference);
      progress(`${index + 1} of ${open.length}: ${inspection}`);
      try {
        await engine.command(inspection, 'changeAuthority', { authority }, actor);
        done.push({ inspection, ok: true, why: null });
      } catch (error) {
        // One that refuses must not keep the others from hearing of it.
        if (!(error instanceof Refusal) && !(error instanceof EngineProblem)) throw error;
        done.push({ inspection, ok: false, why: error.message });
      }
    }
    if (open.length === 0 || done.some((each) => each.ok))
      await register.board.keepAuthority(authority, new Date().toISOString());
    if (done.some((each) => each.ok)) {
      const calendar = withClosureDays(loadBankHolidays(authority.division), authority.closureDays);
      const approved = await register.approvedHolidays(authority.id);
      const inForce = approved === null ? calendar : withPublished(calendar, approved);
      await engine.keepMorningSummary({ authority, calendar: inForce }, 'updated');
    }
    return done;
  });
  print(results, options, (rows) =>
    rows.length === 0
      ? `No inspection of ${authority.name} is open; the next one that is started reads the file anew.`
      : rows
          .map((row) =>
            row.ok
              ? `${colours.green('Told')}     ${row.inspection}`
              : `${colours.red('Refused')}  ${row.inspection}: ${row.why ?? ''}`,
          )
          .join('\n'),
  );
  if (results.some((each) => !each.ok)) process.exitCode = EXIT.failed;
}

/** Another id is another council, with people of its own: one that is written wrong must not come to be by that. */
async function mustBeKnown(register: Pick<Register, 'authorities'>, id: string): Promise<void> {
  try {
    await knownAuthority(register, id);
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    throw new BadRequest(`${error.message} If it is a new council, say --new.`);
  }
}

function render({ name, roles, people = [], bodies }: Authority): string {
  const unheld = roles.filter((role) => role.email === undefined);
  return [
    `${colours.green('Good:')} ${name}, ${roles.length} roles, ${bodies.length} bodies.`,
    ...unheld.map((role) => colours.yellow(`  Nobody holds ${role.title}: its notices go to the administrator.`)),
    ...people.flatMap((person) =>
      person.away.map((each) => `  ${person.email} is away from ${each.from} until ${each.until}: ${each.delegate}`),
    ),
  ].join('\n');
}
