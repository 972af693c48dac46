import { submittedAt } from '../../../domain/commands/submitted.ts';
import { laterDateAsked } from '../../../domain/commands/asked.ts';
import type { CommandName } from '../../../domain/commands/commands.ts';
import { findRole, roleTitle } from '../../../domain/authority/roles.ts';
import { formatDate } from '../../../domain/calendar/civil-date.ts';
import { formatInstant } from '../../../domain/calendar/london.ts';
import { callInOf } from '../../../domain/decisions/counted.ts';
import type { ViewedMilestone } from '../../../domain/lifecycle/view.ts';
import type { Register } from '../../../register/register.ts';
import { questionTexts } from '../../question-texts.ts';
import type { RunningInspection } from '../inspections.ts';
import type { CommandForm } from './command-form.ts';
import { dateTyped } from './form.ts';

/** A part of what was asked, for whoever is to answer it. */
export interface AskedInWords {
  label: string;
  text: string;
}

/** What a command answers: where that stands, in words; and by which instant it is known again. */
interface Answering {
  inWords(duty: ViewedMilestone, running: RunningInspection): AskedInWords[];
  at(duty: ViewedMilestone): string | undefined;
}

const LATER_DATE: Answering = { inWords: laterDateInWords, at: laterDateAsked };
const SUBMISSION: Answering = { inWords: submissionInWords, at: submittedAt };

/** The commands by which something is answered that was asked about a duty. */
const ABOUT_DUTIES: Partial<Record<CommandName, Answering>> = {
  extend: LATER_DATE,
  declineExtension: LATER_DATE,
  accept: SUBMISSION,
  sendBack: SUBMISSION,
  release: { inWords: holdInWords, at: () => undefined },
};

/** Those by which something else is. */
const ABOUT_QUESTIONS: ReadonlySet<CommandName> = new Set(['answer', 'withdrawQuestion']);
const ABOUT_CALL_INS: ReadonlySet<CommandName> = new Set(['resolveCallIn', 'withdrawCallIn']);

const dutyOf = (about: string, { view }: RunningInspection) => view.milestones.find(({ id }) => id === about);

/** What somebody is asked who opens the form of a command: who asks, when, why, and for what; none of what answers nothing. */
export async function askedOf(
  register: Pick<Register, 'texts'>,
  name: CommandName,
  about: string,
  running: RunningInspection,
): Promise<AskedInWords[]> {
  if (ABOUT_QUESTIONS.has(name)) return questionInWords(register, about, running);
  if (ABOUT_CALL_INS.has(name)) return callInInWords(about, running);
  const duty = dutyOf(about, running);
  return duty === undefined ? [] : (ABOUT_DUTIES[name]?.inWords(duty, running) ?? []);
}

/**
 * What stands in a form before somebody types: the date that was asked for, what it is that they answer, and they themselves.
 *
 * @param role in which they give the command
 */
export function suggested(
  { name, fields }: Pick<CommandForm, 'name' | 'fields'>,
  about: string,
  running: RunningInspection,
  role: string,
): Record<string, string> {
  const { authority } = running.facts;
  const own = fields.filter(
    ({ themselves }) => themselves !== undefined && themselves === findRole(authority, role)?.capacity,
  );
  const duty = dutyOf(about, running);
  const asked = duty === undefined ? undefined : ABOUT_DUTIES[name]?.at(duty);
  return {
    ...Object.fromEntries(own.map((field) => [field.name, roleTitle(authority, role)])),
    ...(asked === undefined ? {} : { asked }),
    ...(name === 'extend' ? dateTyped('to', duty?.extensionRequested?.to) : {}),
  };
}

function laterDateInWords({ due, extensionRequested }: ViewedMilestone, { facts }: RunningInspection): AskedInWords[] {
  if (extensionRequested === undefined) return [];
  const { by, at, to, reason } = extensionRequested;
  return [
    { label: 'Who asks', text: `${roleTitle(facts.authority, by)}, ${formatInstant(at)}` },
    { label: 'What they ask for', text: `${formatDate(to)} in place of ${formatDate(due)}` },
    { label: 'Why they ask for it', text: reason },
  ];
}

function submissionInWords({ submitted, completed }: ViewedMilestone, { facts }: RunningInspection): AskedInWords[] {
  const { by, at, evidence } = submitted ?? completed ?? {};
  if (by === undefined || at === undefined) return [];
  return [
    { label: 'Who submitted it', text: `${roleTitle(facts.authority, by)}, ${formatInstant(at)}` },
    ...(evidence === undefined ? [] : [{ label: 'With which evidence', text: evidence }]),
  ];
}

function holdInWords({ hold }: ViewedMilestone): AskedInWords[] {
  if (hold === undefined) return [];
  const { reason, awaiting, since, reviewOn } = hold;
  return [
    { label: 'On hold since', text: `${formatInstant(since)}, to be reviewed on ${formatDate(reviewOn)}` },
    { label: 'Why it is on hold', text: reason },
    ...(awaiting === undefined ? [] : [{ label: 'What it waits for', text: awaiting }]),
  ];
}

async function questionInWords(
  register: Pick<Register, 'texts'>,
  about: string,
  { view }: RunningInspection,
): Promise<AskedInWords[]> {
  const found = await questionTexts(
    register,
    view.reference,
    view.questions.filter(({ id }) => id === about),
  );
  return found.flatMap(({ by, askedOn, text }) => [
    { label: 'Who asks', text: `${by}, ${formatDate(askedOn)}` },
    { label: 'What they ask', text },
  ]);
}

function callInInWords(about: string, { facts }: RunningInspection): AskedInWords[] {
  const called = callInOf(facts.inspection, about);
  if (called === undefined) return [];
  const { by, members, receivedOn, reasons } = called;
  return [
    {
      label: 'Who called it in',
      text: `${by}${members === undefined ? '' : `, ${members} ${members === 1 ? 'member' : 'members'}`}, ${formatDate(receivedOn)}`,
    },
    { label: 'Why it was called in', text: reasons },
  ];
}
