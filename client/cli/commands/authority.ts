import { Command } from 'commander';
import { untilInWords } from '../../../domain/authority/absence.ts';
import { newStandInsAway, standInsAway } from '../../../domain/authority/stand-ins-away.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { loadAuthorityFile } from '../../files/load.ts';
import { mayApply } from '../../apply-authority.ts';
import { keepSummary, tellOpen, tellStandIns } from '../../tell-council.ts';
import { renderTold, tellMany } from '../tell-many.ts';
import { byOption } from '../options.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';

interface ApplyOptions extends PrintOptions {
  new?: boolean;
  renamed?: boolean;
  as?: string;
  by: string;
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
      print(loadAuthorityFile(file), options, (authority) => render(authority, localDate(new Date().toISOString())));
    });
  authority
    .command('apply')
    .description('tell every open inspection of a council that its file has changed: new holders, absences, meetings')
    .argument('<file>', 'the authority file (YAML); look at it first with: duecourse authority check FILE')
    .option('--new', 'it is a council of which nothing is known here yet: keep its file')
    .option('--renamed', 'the council itself has another name now')
    .option('--as <role>', 'the role you act in (default: the administrator of before the change)')
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action((file: string, options: ApplyOptions) => apply(loadAuthorityFile(file), options));
  return authority;
}

async function apply(authority: Authority, options: ApplyOptions): Promise<void> {
  const results = await withServices(async ({ engine, register }) => {
    const actor = await mayApply(register, {
      authority,
      isNew: options.new === true,
      isRenamed: options.renamed === true,
      role: options.as ?? process.env['DUECOURSE_AS'],
      by: options.by,
    });
    const now = new Date().toISOString();
    const { authority: before = authority } = (await register.board.keptAuthority(authority.id)) ?? {};
    const told = await tellOpen({ engine, register }, authority, actor, tellMany);
    for (const text of newStandInsAway(before, authority, localDate(now)))
      process.stderr.write(`${colours.yellow(text)}\n`);
    const isTold = told.some(({ outcome }) => outcome === 'told');
    if (told.length === 0 || isTold) {
      await register.board.keepAuthority(authority, now, options.by);
      await tellStandIns({ engine, register }, before, authority);
    }
    if (isTold) await keepSummary({ engine, register }, authority);
    return told;
  });
  print(results, options, (rows) =>
    rows.length === 0
      ? `No inspection of ${authority.name} is open; the next one that is started reads the file anew.`
      : renderTold(rows),
  );
}

function render(authority: Authority, today: CivilDate): string {
  const { name, roles, people = [], bodies } = authority;
  const unheld = roles.filter((role) => role.email === undefined);
  return [
    `${colours.green('Good:')} ${name}, ${roles.length} roles, ${bodies.length} bodies.`,
    ...unheld.map((role) => colours.yellow(`  Nobody holds ${role.title}: its notices go to the administrator.`)),
    ...people.flatMap((person) =>
      person.away.map(
        (each) =>
          `  ${person.email} is away from ${each.from} ${untilInWords(each.until, (day) => day)}: ${each.delegate}`,
      ),
    ),
    ...standInsAway(authority, today).map(({ text }) => colours.yellow(`  ${text}`)),
  ].join('\n');
}
