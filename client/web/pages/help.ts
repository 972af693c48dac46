import { Hono } from 'hono';
import { type CommandName, definitionOf } from '../../../domain/commands/commands.ts';
import { page } from '../page.ts';
import type { Env } from '../parts.ts';
import { isAny, type Person } from '../people.ts';

/** One thing that somebody wants to do, and how. */
export interface HelpTask {
  /** Where it is on the page. */
  id: string;
  title: string;
  /** What to press, in order, or what it means. */
  steps: readonly string[];
  /** Where it begins. */
  link?: { href: string; text: string };
}

/** What the link or button of a command says. */
const press = (name: CommandName): string => `“${definitionOf(name).title}”`;

/** For whom a part of the help is. */
type Reader = 'owner' | 'manager' | 'member' | 'administrator' | 'everybody';

const TASKS: Record<Reader, { title: string; tasks: readonly HelpTask[] }> = {
  owner: {
    title: 'If you own duties',
    tasks: [
      {
        id: 'see-what-is-mine',
        title: 'See what I have to do',
        steps: [
          'Open My duties. What is late comes first, then what is due this week.',
          'Choose a duty to see why its date is what it is, and who will be told if it is late.',
        ],
        link: { href: '/my-duties', text: 'My duties' },
      },
      {
        id: 'report-progress',
        title: 'Say how an action is going',
        steps: [
          'Open the link in the mail that asks for progress, or My duties.',
          'Give a rating, and a sentence. If nothing has changed, say so: one press is enough.',
          `A day later than the due date does not move the due date. To ask for a later one, use ${press('requestExtension')} on the duty’s page.`,
        ],
        link: { href: '/my-duties', text: 'My duties' },
      },
      {
        id: 'mark-as-done',
        title: 'Say that something is done',
        steps: [
          `Open the duty, and choose ${press('complete')}; where somebody has to accept it, ${press('submit')} stands there in its place.`,
          `What goes to an inspectorate has both: ${press('submit')} says that it was sent, and waits for their word; ${press('complete')} says that nothing is awaited from them any more.`,
          'Add the evidence: a link, or a file.',
          'Whoever has to accept it is told. They accept it, or send it back with a reason and a new date. Until they do, it is not done.',
          `Pressed by mistake? Open the duty, and choose ${press('reopen')}. You can until somebody has accepted it or sent it back.`,
        ],
      },
      {
        id: 'later-date',
        title: 'Ask for a later date',
        steps: [
          `Open the duty, and choose ${press('requestExtension')}. Say which day, and why.`,
          'Your manager is told, and agrees or declines. A date that the law sets can’t be moved by anybody here.',
        ],
      },
      {
        id: 'stop-mail',
        title: 'Get less mail',
        steps: [
          'Mail comes once a day at most for each inspection, on working days. It stops by itself once a duty is done.',
          'Copies for information can be stopped by the link at the end of each of them.',
        ],
      },
    ],
  },
  manager: {
    title: 'If you are a manager',
    tasks: [
      {
        id: 'start-an-inspection',
        title: 'Start an inspection when the report has arrived',
        steps: [
          'Choose Start an inspection, and give the inspectorate’s report (PDF, Word, or its text): it fills in the form. Or choose the council and the framework, and fill it in yourself.',
          'Look at the dates and what was judged: beside each stands where it was found in the report. What the report does not say is empty.',
          'Tick the recommendations that are to be kept, and put right what was misread. The plan can come later.',
          'Look at everything that follows, with the reason for each date. Nothing is started, and nobody gets mail, before you confirm.',
        ],
        link: { href: '/start', text: 'Start an inspection' },
      },
      {
        id: 'change-the-plan',
        title: 'Write the plan, or change it',
        steps: [
          'Open the inspection, then Plan.',
          'What you change is a draft until you have looked at what changes, what moves and who will be told, and have carried it out with a reason.',
          'Nothing is ever deleted: what is withdrawn stays on record.',
        ],
        link: { href: '/inspections', text: 'Inspections' },
      },
      {
        id: 'plan-in-excel',
        title: 'Change the plan, or report on it, in Excel',
        steps: [
          'Open the inspection, then Plan, then Excel workbook, and download it. Its first sheet says how it is used.',
          'Bring it back on the same page. You see line by line, each with its cell, what was changed since it went out, and what others have changed meanwhile.',
          'Choose what is carried out, and give a reason. Ratings, words and values of measures that were written in it go on record as reports by you.',
        ],
        link: { href: '/inspections', text: 'Inspections' },
      },
      {
        id: 'ask-for-progress',
        title: 'Ask everybody for progress',
        steps: [
          `Open the inspection, and choose ${press('openRound')}. Say by when.`,
          'Owners of open actions are asked, and reminded. The inspection’s Progress page shows who has not answered.',
        ],
        link: { href: '/inspections', text: 'Inspections' },
      },
      {
        id: 'write-for-the-reports',
        title: 'Write what only officers can say in a report',
        steps: [
          'Open the inspection, then Reports. Under “What officers write” stand the summary, financial, legal and equality implications, and risks.',
          `Choose Write or Change, or ${press('writePart')} on the inspection’s first page. Your words stand in every update and board pack until they are changed.`,
        ],
        link: { href: '/inspections', text: 'Inspections' },
      },
      {
        id: 'freeze-a-pack',
        title: 'Keep a board pack as it was handed out',
        steps: [
          'Open the inspection, then Reports, then Frozen documents. Choose the document, and Freeze it: its file is kept to the letter.',
          'Its foot has a fingerprint. Whoever has a file can check there whether it is one that was frozen.',
        ],
        link: { href: '/inspections', text: 'Inspections' },
      },
      {
        id: 'close-an-inspection',
        title: 'Close an inspection when the work has ended',
        steps: [
          `Open the inspection, and choose ${press('close')}. It is there once nothing is open that the law or somebody outside the council has set, nothing of that waits to be accepted, no call-in window is open, and scrutiny has considered what was called in.`,
          'Say of each unfinished action where it goes: under another inspection, on as business as usual with a named owner, or dropped, with the reason.',
          'Before it counts you see what is no longer to be done, and who will be told. It can’t be taken back.',
        ],
        link: { href: '/inspections', text: 'Inspections' },
      },
      {
        id: 'undo',
        title: 'Undo a slip',
        steps: [
          `A duty that was ended by mistake: open it, and choose ${press('reopen')}. Say why.`,
          `An inspection that was started by mistake: open it, and choose ${press('withdraw')}. Its people are told once, and its record is kept.`,
        ],
      },
    ],
  },
  member: {
    title: 'If you are a councillor',
    tasks: [
      {
        id: 'call-in',
        title: 'See which decisions can still be called in',
        steps: [
          'Open Decisions. Each shows the last day of its call-in window.',
          `To call one in, open it and choose ${press('callIn')}. Say who asks for it, and why.`,
        ],
        link: { href: '/decisions', text: 'Decisions' },
      },
      {
        id: 'ask-a-question',
        title: 'Ask a question',
        steps: [
          `Open the inspection, and choose ${press('ask')}. The answer has a date, and its owner is reminded of it.`,
        ],
        link: { href: '/questions', text: 'Questions' },
      },
    ],
  },
  administrator: {
    title: 'If you are an administrator',
    tasks: [
      {
        id: 'overdue-now',
        title: 'See what is overdue',
        steps: [
          'Open Overdue. Sort it by any column, narrow it by kind of duty or by role, and keep what you look at often under a name.',
        ],
        link: { href: '/', text: 'Overdue' },
      },
      {
        id: 'set-the-council-up',
        title: 'Get the council ready for its first inspection',
        steps: [
          'Open Administration: as long as no inspection is on record, “Before your first inspection” says what is left to do.',
          'Under People and roles, add a role for every accountable officer, say whom it answers to, and give the address of whoever holds it.',
          'Under Bodies and meetings, add the meetings of Cabinet and of scrutiny: by a cycle, from a file, or one by one.',
          'Under Constitution and own rules, choose the constitution. Until then, call-in windows are not worked out.',
        ],
        link: { href: '/administration', text: 'Administration' },
      },
      {
        id: 'how-mail-reaches-somebody',
        title: 'Have somebody told by GOV.UK Notify, or in Teams as well',
        steps: [
          'Open Administration, People and roles, and choose “Change how mail reaches them” in the person’s row.',
          'For Teams, open Integrations, add an address, and choose whose duties it is told of. Mail comes all the same: a card in Teams is no notice.',
        ],
        link: { href: '/administration', text: 'Administration' },
      },
      {
        id: 'word-template',
        title: 'Have reports under the council’s own letterhead',
        steps: [
          'Open Administration, then Word template, and download the one to begin with.',
          'Give it the council’s letterhead in Word, and put it in place. What is wrong with it is said first.',
        ],
        link: { href: '/administration', text: 'Administration' },
      },
      {
        id: 'mail-that-nobody-got',
        title: 'Put a wrong address right',
        steps: [
          'Mail that can’t be delivered is listed under Undeliverable, and the manager is told of what it said.',
          'Correct the address under Administration, People and roles. Then send it again from Undeliverable.',
        ],
        link: { href: '/undeliverable', text: 'Undeliverable' },
      },
      {
        id: 'mark-somebody-away',
        title: 'Mark somebody away',
        steps: [
          'Choose “Somebody is away” on your first page, then “Mark away” beside one of their roles; People and roles in Administration is the same page.',
          'Say from when until when, and who stands in. Everybody can do the same for themselves under My settings.',
        ],
        link: { href: '/administration', text: 'Administration' },
      },
      {
        id: 'somebody-leaves',
        title: 'Pass on the work of somebody who leaves',
        steps: [
          'Where another person takes the same role, choose “Change” beside it under People and roles, and give the new address.',
          'Where the work goes to other roles, choose “Pass on work”. All of it is shown before it changes hands.',
        ],
        link: { href: '/administration', text: 'Administration' },
      },
      {
        id: 'meetings-of-a-body',
        title: 'Add, move or cancel meetings',
        steps: [
          'Open Administration, Bodies and meetings, and choose “Meetings” beside the body.',
          'Add them by a cycle, one by one, or from a file. What moves with them is shown first.',
        ],
        link: { href: '/administration', text: 'Administration' },
      },
      {
        id: 'put-a-change-back',
        title: 'Put a change back',
        steps: ['Open Administration, History: who changed what, when. Choose “Put back” beside the change.'],
        link: { href: '/administration', text: 'Administration' },
      },
      {
        id: 'is-all-well',
        title: 'See whether all is well',
        steps: ['Open Health. It says in plain words what is not as it should be, and what to do.'],
        link: { href: '/health', text: 'Health' },
      },
    ],
  },
  everybody: {
    title: 'Words on these pages',
    tasks: [
      {
        id: 'duty',
        title: 'Duty',
        steps: [
          'One thing that has to be done by a day: by law, by what others have set, or because the council has promised it.',
        ],
      },
      {
        id: 'statutory',
        title: 'By law, or promised',
        steps: ['A date of law can’t be moved here. A date that the council has promised itself can, with a reason.'],
      },
      {
        id: 'why-this-date',
        title: 'Why this date',
        steps: [
          'Every date says how it was counted, which days were left out, and where the rule stands. Rules lists them all.',
        ],
      },
      {
        id: 'provisional',
        title: 'Provisional',
        steps: ['The bank holidays of that year are not published yet; the date may move by a day once they are.'],
      },
      {
        id: 'stand-in',
        title: 'Counted from a stand-in',
        steps: [
          'The day from which it should be counted is not known here, so a later one stands in for it. Say the real one as soon as you know it: the date will be earlier.',
        ],
      },
      {
        id: 'on-hold',
        title: 'On hold',
        steps: [
          'Work waits for a decision, with a day on which that is looked at again. A date of law does not move with it.',
        ],
      },
      {
        id: 'told-to-the-manager',
        title: 'Told to the manager',
        steps: [
          'What is late is told to its owner’s manager, and later to those above. Each duty’s page shows when, and to whom.',
        ],
      },
    ],
  },
};

const READERS = ['owner', 'manager', 'member', 'administrator', 'everybody'] as const;

/** What somebody is asks first for their own part; all of it is there for everybody. */
function inOrder(person: Person): readonly Reader[] {
  const mine = READERS.filter((each) => each !== 'everybody' && isAny(person, [each]));
  return [...mine, ...READERS.filter((each) => !mine.includes(each))];
}

/** Help by task: what somebody wants to do, and what to press. */
export function helpRoutes(): Hono<Env> {
  return new Hono<Env>().get('/help', (context) =>
    page(context, 'help.html', {
      title: 'Help',
      parts: inOrder(context.get('session').person).map((reader) => ({ id: reader, ...TASKS[reader] })),
    }),
  );
}
