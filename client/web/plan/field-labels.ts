import { capitalised } from '../../../domain/words.ts';
import { entryOf } from '../../../domain/closed-table.ts';
import { fieldInWords } from '../../../domain/revisions/change-words.ts';
import type { PlanItemKind, PlanItems } from '../../../domain/revisions/plan-items.ts';

/** What a reader calls each field of what is in a plan. */
const FIELDS: { [K in PlanItemKind]: Record<keyof PlanItems[K], string> } = {
  recommendation: {
    id: 'Number',
    text: 'Text',
    instrument: 'Made by',
    answeredIn: 'Answered in other inspections by',
    replaces: 'In place of',
  },
  theme: {
    id: 'Short name',
    title: 'Title',
    officer: 'Accountable officer',
    with: 'Who works on its actions as well',
    until: 'To be reached by',
    recommendations: 'Recommendations',
    acceptedBy: 'Who must accept its actions',
    replaces: 'In place of',
  },
  action: {
    id: 'Short name',
    title: 'What is to be done',
    theme: 'Theme',
    recommendations: 'Recommendations that it answers',
    owner: 'Owner',
    with: 'Who works on it as well',
    due: 'Due',
    setBy: 'Who has set the date',
    measure: 'What shows that it is done',
    acceptedBy: 'Who must accept it',
    sustained: 'When it is asked whether it still holds',
    replaces: 'In place of',
  },
  measure: {
    id: 'Short name',
    title: 'What is measured',
    unit: 'Unit',
    baseline: 'Where it stands now',
    target: 'Target',
    direction: 'Which way is better',
    source: 'Where the number comes from',
    themes: 'Themes',
    actions: 'Actions',
    recommendations: 'Recommendations',
    values: 'Values',
  },
  promise: {
    id: 'Short name',
    rule: 'Rule that it follows',
    instrument: 'Made under',
    strand: 'Kind of duty',
    title: 'What is promised',
    act: 'What its owner is asked to do',
    body: 'Which body it goes to',
    to: 'Who outside the council it goes to',
    due: 'Due',
    every: 'How often',
    from: 'Counted from',
    first: 'The first one',
    until: 'The last one by',
    changes: 'What has changed of how often it comes',
    setBy: 'Who has set it',
    key: 'It asks for a key decision',
    generalException: 'Why 28 clear days’ notice can’t be given',
    inPrivate: 'It is decided in private',
    writtenRoute: 'In writing, where a meeting is cancelled',
    owner: 'Owner',
    with: 'Who works on it as well',
    source: 'Where it was promised',
    round: 'Owners are asked for progress before it',
    ladder: 'Its reminders',
  },
  approval: { rule: 'What is approved', body: 'Which body approves it', key: 'It is a key decision' },
  owner: { strand: 'Kind of duty', role: 'Whose duties they are' },
};

export function fieldLabel(what: PlanItemKind, field: string): string {
  return entryOf(FIELDS[what], field) ?? capitalised(fieldInWords(field));
}
