import { Command } from 'commander';
import { formatDate } from '../../../domain/calendar/civil-date.ts';
import { asOption, byOption, dateOption, parseWholeNumber } from '../options.ts';
import { carryOut, type ActingOptions } from '../acting.ts';
import { colours } from '../terminal.ts';

interface DecideOptions extends ActingOptions {
  title: string;
  taken: string;
  published?: string;
  resolved?: string;
  cost?: number;
  wards?: number;
  officer?: string;
  consent?: string;
  body?: string;
  key?: boolean;
  urgent?: boolean;
  reasons?: string;
  alternatives?: string;
  conflicts?: string;
  dispensations?: string;
}

/** `duecourse decide`, `call-in` and `close`. */
export function decisionCommands(): Command[] {
  const decide = new Command('decide')
    .description('record an executive decision: its call-in window starts')
    .argument('<ref>', 'the inspection')
    .argument('<id>', 'a short name for the decision, for example agree-improvement-plan')
    .requiredOption('--title <text>', 'what was decided')
    .addOption(dateOption('--taken <date>', 'when it was taken').makeOptionMandatory())
    .addOption(dateOption('--published <date>', 'when the record of it was published, where it has been'))
    .option('--resolved <text>', 'what was resolved')
    .option('--cost <pounds>', 'spending or savings that it brings', parseWholeNumber)
    .option('--wards <n>', 'how many wards it affects', parseWholeNumber)
    .option('--officer <role>', 'the proper officer who signs the record')
    .option('--consent <text>', 'who agreed that it is urgent')
    .option('--body <id>', 'the body that took it')
    .option('--key', 'it is a key decision')
    .option('--urgent', 'it is urgent and exempt from call-in; needs --reasons')
    .option('--reasons <text>', 'the reasons for it')
    .option('--alternatives <text>', 'alternatives considered and rejected')
    .option('--conflicts <text>', 'declared conflicts of interest')
    .option('--dispensations <text>', 'dispensations')
    .addOption(asOption())
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action(
      async (
        ref: string,
        id: string,
        { as, by, json, taken, published, officer, consent, ...fields }: DecideOptions,
      ) => {
        const decision = {
          id,
          takenOn: taken,
          key: false,
          urgent: false,
          ...fields,
          ...(published === undefined ? {} : { publishedOn: published }),
          ...(officer === undefined ? {} : { properOfficer: officer }),
          ...(consent === undefined ? {} : { urgencyConsent: consent }),
        };
        await carryOut(
          ref,
          'decide',
          { decision },
          { as, by, json },
          () => `${colours.green('Recorded:')} ${fields.title}. See its call-in window with: duecourse show ${ref}`,
        );
      },
    );
  const callIn = new Command('call-in')
    .description('members call a decision in, while its window is open')
    .argument('<ref>', 'the inspection')
    .argument('<decision>', "the decision's short name")
    .requiredOption('--members <text>', 'who calls it in')
    .option('--count <n>', 'how many members they are', parseWholeNumber)
    .requiredOption('--reasons <text>', 'why')
    .addOption(dateOption('--received <date>', 'when the call-in was received (default: today)'))
    .addOption(asOption())
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action(
      async (
        ref: string,
        decision: string,
        {
          as,
          by,
          json,
          members,
          count,
          reasons,
          received,
        }: ActingOptions & { members: string; count?: number; reasons: string; received?: string },
      ) => {
        const callIn = {
          decision,
          by: members,
          reasons,
          ...(count === undefined ? {} : { members: count }),
          ...(received === undefined ? {} : { receivedOn: received }),
        };
        await carryOut(
          ref,
          'callIn',
          { callIn },
          { as, by, json },
          () =>
            `${colours.green('Called in.')} The decision must not be implemented until scrutiny has considered it${received === undefined ? '' : ` (received ${formatDate(received)})`}.`,
        );
      },
    );
  const close = new Command('close')
    .description('end an inspection whose statutory duties are done; what is still open lapses')
    .argument('<ref>', 'the inspection')
    .requiredOption('--reason <text>', 'why, for the record')
    .addOption(asOption())
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action(async (ref: string, { as, by, json, reason }: ActingOptions & { reason: string }) => {
      await carryOut(
        ref,
        'close',
        { reason },
        { as, by, json },
        () => `${colours.green('Closed.')} Its record stays: duecourse history ${ref}`,
      );
    });
  return [decide, callIn, close];
}
