import type { Context } from 'hono';
import type { CommandName } from '../../../domain/commands/commands.ts';
import type { Subject as SubjectKind } from '../../../domain/commands/definition.ts';
import { type CommandForm, formFor, formNamed } from '../forms/command-form.ts';
import type { RunningInspection, SeenInspection } from '../inspections.ts';
import type { Env } from '../parts.ts';
import { notFound } from '../problems.ts';

/** What a form is about, and where somebody goes when it is done. */
export interface Subject {
  form: CommandForm;
  about: string;
  /** The milestone, decision or question in words. */
  subject: string;
  action: string;
  back: string;
}

/** Where what a command about the inspection has done is to be seen, where that is not its first page. */
const SHOWN_ON: Partial<Record<CommandName, string>> = {
  decide: '/decisions',
  ask: '/questions',
  writePart: '/reports',
};

/** What a command can be about: its words, and the page to go back to, below that of its inspection. */
interface SubjectPage {
  /** Undefined where there is no such thing. */
  titleOf(about: string, running: RunningInspection): string | undefined;
  back(about: string, form: CommandForm): string;
}

const SUBJECT_PAGES: Record<SubjectKind, SubjectPage> = {
  milestone: {
    titleOf: (about, { view }) => view.milestones.find((each) => each.id === about)?.title ?? view.ended[about]?.title,
    back: (about) => `/milestones/${about}`,
  },
  decision: {
    titleOf: (about, { facts }) => facts.inspection.decisions.find((each) => each.id === about)?.title,
    back: (about) => `/decisions/${about}`,
  },
  question: {
    titleOf: (about, { view }) => (view.questions.some((each) => each.id === about) ? `Question ${about}` : undefined),
    back: () => '/questions',
  },
  session: {
    titleOf: (about, { view }) => view.improvement.training?.find((each) => each.id === about)?.title,
    back: () => '',
  },
  inspection: {
    titleOf: (about, { view }) => (about === '' ? view.title : undefined),
    back: (_about, { name }) => SHOWN_ON[name] ?? '',
  },
};

/** What an address asks to be done, and to what. @throws PageProblem 404 */
export function subjectOf(context: Context<Env>, { id }: SeenInspection, running: RunningInspection): Subject {
  const { strand, name, form: named, ...rest } = context.req.param() as Partial<Record<string, string>>;
  const about = strand === undefined || name === undefined ? (rest['about'] ?? '') : `${strand}/${name}`;
  const form = formNamed(named);
  const kind = strand === undefined ? form?.subject : 'milestone';
  if (form === undefined || form.subject !== kind) throw notFound();
  const subjectPage = SUBJECT_PAGES[form.subject];
  const subject = subjectPage.titleOf(about, running);
  if (subject === undefined) throw notFound();
  const base = `/inspections/${id}`;
  const back = `${base}${subjectPage.back(about, form)}`;
  const action =
    form.subject === 'milestone'
      ? `${back}/do/${form.name}`
      : `${base}/do/${form.name}${about === '' ? '' : `/${about}`}`;
  return { form: formFor(form, running.state, about), about, subject, back, action };
}
