import type { SharedPart } from '../../domain/schemas/key-meta.ts';
import type { FileKind } from './file-kind.ts';

/** How each kind of file is introduced: where it stands, who writes it, how it is checked. */
export const INTRODUCTIONS: Record<FileKind, { title: string; text: string }> = {
  inspection: {
    title: 'An inspection',
    text: `One inspection, notice or direction under one framework. A manager writes it when the report arrives, looks at what would follow
(\`duecourse preview FILE\`) and starts it (\`duecourse start FILE\`). It can stand anywhere; its authority's file is found from its own
folder on. Six keys are enough to begin: \`reference\`, \`title\`, \`authority\`, \`framework\`, \`fieldwork\`, and a date under \`report\`.

Example with every key: [examples/every-key/inspection.yaml](../examples/every-key/inspection.yaml).`,
  },
  instrument: {
    title: 'An instrument',
    text: 'A notice, a direction or a further report that comes to an inspection which runs: `duecourse add-instrument REF FILE` shows what follows from it, and takes it in. It is one entry of `instruments` above.',
  },
  authority: {
    title: 'An authority',
    text: `The council: its roles and who holds them, its bodies and their meetings, when mail goes out. Inspection files name it by its path, so
that one file serves all of a council's inspections. After a change, \`duecourse authority apply FILE\` tells every inspection that is open.

Example with every key: [examples/every-key/authority.yaml](../examples/every-key/authority.yaml).`,
  },
  constitution: {
    title: 'A constitution',
    text: `What a council's own constitution says about call-in and key decisions: there is no statutory call-in period, so that without it call-in
windows are not worked out. It stands in \`rules/constitutions/\`, in a file named after its id, and the authority's file names it:
\`constitution: anyborough\` for \`rules/constitutions/anyborough.yaml\`.

**Your own**: copy one that is like it, give it your id, \`version: 1\`, the years in which it is in force and a citation that says what was
read, and check it with \`duecourse check rules/constitutions/anyborough.yaml\`. When the constitution changes, end the old one
(\`valid.until\`) only by a new version of it; running inspections keep what they began with. A constitution out of its years is refused.

Example with every key: [examples/every-key/constitution.yaml](../examples/every-key/constitution.yaml).`,
  },
  'rule-pack': {
    title: 'A rule pack',
    text: `The dated duties of one framework, each with its source. It stands in \`rules/packs/\`, in a file named after its id, and inspection files
name it: \`framework: ilacs-2018\`. \`duecourse rules list\` shows those there are, \`duecourse rules show ID\` one of them in sentences.

**Your own**: copy one that is like it, give it your id and \`version: 1\`, and write a rule for each duty. The wording decides the day:
"within n days of" is \`convention: after\`, "beginning with the day" is \`beginning-with\`, "n clear days before" is \`clear-before\`. Say in
\`citation\` where each number was read and how sure that is. Check it with \`duecourse check rules/packs/ID.yaml\`. A version that is in use is
never edited: the next one is \`ID.v2.yaml\` with \`version: 2\`.

Example with every key: [examples/every-key/rule-pack.yaml](../examples/every-key/rule-pack.yaml).`,
  },
  'working-days': {
    title: 'Working days',
    text: `What instruments call a working day: one file, \`rules/working-days.yaml\`. A rule names one of its definitions (\`workingDays\`); a rule that
names none counts the council's own working days, which leave out its closure days as well.

Example with every key: [examples/every-key/working-days.yaml](../examples/every-key/working-days.yaml).`,
  },
  'bank-holidays': {
    title: 'Bank holidays',
    text: `The list that GOV.UK publishes (https://www.gov.uk/bank-holidays.json), as it is: what is not named here is left alone. \`duecourse calendar
diff FILE\` says what is new in one, \`duecourse calendar approve FILE\` brings it to every open inspection. It is JSON.`,
  },
  'sign-offs': {
    title: 'What was signed off',
    text: `Who in the council has read a pack or a constitution and stands behind it: \`signed-off.yaml\` in the council's own rules. \`duecourse rules
sign-off ID --by ROLE\` writes it, \`duecourse rules book\` shows it beside each, and says where the file is another since.

Example with every key: [examples/every-key/signed-off.yaml](../examples/every-key/signed-off.yaml).`,
  },
};

/** What stands in many places and has no part of the page of its own. */
export const SHARED_PARTS: Record<Exclude<SharedPart, 'authority'>, { title: string; text: string }> = {
  event: {
    title: 'An event',
    text: 'What starts a clock. Each is on file in the place named, as the date of a decision, call-in or question, or under `events`.',
  },
  due: {
    title: 'A due date',
    text: 'By when: a date, `2027-01-29`; a latest day with the words of a paper that names none, `{ by: 2026-11-30, words: by November }`; or a period counted from an event, `{ n: 3, unit: month }`.',
  },
  period: {
    title: 'A period',
    text: 'How long a clock runs: `{ n: 70, unit: working-day }`, `{ n: 3, unit: month }`, `{ n: 56, unit: calendar-day, convention: beginning-with }`.',
  },
  cycle: {
    title: 'A cycle',
    text: `How something comes round, in one of five ways: \`{ n: 6, unit: week }\`; \`{ weekday: tuesday, which: third }\`, in some \`months\` alone where they are
named; \`{ months: [march, september], day: 15 }\`; \`{ dates: [2026-09-15, 2026-12-08] }\`; \`{ meetings: 1 }\`, at each meeting of the body.`,
  },
  citation: {
    title: 'A citation',
    text: 'Where something was read, and how sure that is: a number is never without it.',
  },
  example: {
    title: 'A worked example',
    text: 'A date of a rule, counted by hand or stated by a real document: `{ on: 2016-02-19, due: 2016-06-30, why: … }`. A pack whose rule does not come to it is refused.',
  },
  'window-example': {
    title: 'A worked example of a window',
    text: 'The same of a call-in window: `{ published: 2017-08-03, closes: 2017-08-11, effective: 2017-08-11, why: … }`.',
  },
  ladder: {
    title: 'A ladder',
    text: `The dated notices of one duty. Before the due day its owner is reminded; after it, what is late goes up, step by step, until it is met.
Whatever a ladder leaves out has the default below; a duty without any ladder is reminded 20, 10, 5, 2 and 0 working days before, goes to the
manager at 1 working day late, the director at 5, the chief executive at 10 and again every 5, and is told to the lead member at 15.`,
  },
};

/** What needs more than a line in a table. */
export const WORDS = `**\`happened\`** tells what has been done before the file is started, so that nobody is reminded of it: a plan submitted, a later date granted, a
duty passed on. Each entry names a duty by its id, as \`duecourse preview\` shows it, and the role that did it, which must have been allowed to.
The entries are entered one after the other; what makes no sense is refused with its line. After the start, commands and pages do this.

**\`approvals\`** asks a question: which meeting of a body is the last that leaves time, if the body must approve something before a duty can be
met? \`preview\` works back from the duty's date through the call-in window, the publication of the decision, the agenda and, for a key
decision, the 28 clear days' notice. It warns where no meeting leaves time, and says what would.

**\`papers\`** of a body makes duties of what must be ready before each meeting that something goes to: the report with the officer
(\`reportDays\`), the agenda out (\`agendaClearDays\`), the notice of a key decision given. They move with the meeting.

**\`writtenRoute\`** of a commitment is what takes a meeting's place where it was cancelled and no other is left before the next round.

**Promises** stand under \`commitments\`. One that follows a rule of the framework says only what differs from it; one in its own words says its
title, what is to be done, and \`every\` or \`due\`. What somebody outside the council has set, a notice or a direction, says who under
\`setBy\`: its date stays on its day, and nobody in the council can grant a later one. A cycle that is changed or paused keeps its numbers; what
was due before a change stays as it was.

**\`events\`** are the other facts that start clocks: a focused visit's letter, a notice, a coroner's report. The framework says what follows.

**\`closureDays\`** are days on which the council is closed beside bank holidays. The council's own periods leave them out; a statutory period
counts them as working days where its instrument does, and the explanation of its date says so.

**\`summary\`**, a time of day, gives the administrator a mail on working days on which something is overdue, due this week, held past its review
date or undeliverable.

**\`plans\`** keeps which version of a plan was drafted, commented on, agreed, scrutinised and submitted, and when. **\`questions\`** of members
are duties until they are answered; who asked stays out of the permanent record. **\`training\`** makes two duties of a session: inviting, and
recording who came.`;
