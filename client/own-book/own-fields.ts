import { namesOf } from '../../domain/closed-table.ts';

/** What is taken from a workbook that a council has made itself. */
export type OwnField =
  | 'ref'
  | 'theme'
  | 'recommendation'
  | 'action'
  | 'owner'
  | 'due'
  | 'revised'
  | 'measure'
  | 'rating'
  | 'percent'
  | 'forecast'
  | 'progress';

interface OwnFieldEntry {
  /** What it becomes in the plan, in words. */
  label: string;
  /** What plans call a column of it, in small letters, the likeliest first. */
  heads: readonly string[];
}

/** By what councils call their columns: the heads of published improvement plans, and the words beside them. */
export const OWN_FIELDS: Record<OwnField, OwnFieldEntry> = {
  ref: {
    label: 'the reference',
    heads: ['ref', 'ref no', 'reference', 'action ref', 'action no', 'action number', 'no', 'number', 'id', 'item'],
  },
  theme: {
    label: 'the theme',
    heads: ['theme', 'priority', 'workstream', 'strand', 'objective', 'area', 'outcome area'],
  },
  recommendation: {
    label: 'the recommendation that it answers',
    heads: [
      ...['recommendation', 'recommendations', 'recommendation finding', 'area for improvement', 'area for action'],
      ...['areas for improvement', 'finding', 'what needs to improve', 'inspection finding'],
    ],
  },
  action: {
    label: 'the action',
    heads: [
      ...['action', 'actions', 'action required', 'actions required', 'what we will do', 'what will we do', 'task'],
      ...['key actions', 'key action', 'planned action', 'activity', 'action to be taken', 'improvement action'],
    ],
  },
  owner: {
    label: 'the owner, with those beside them',
    heads: [
      ...['lead', 'lead officer', 'owner', 'action owner', 'responsible officer', 'responsible', 'accountable officer'],
      ...['accountable', 'lead and group', 'lead group', 'by whom', 'who', 'responsibility', 'officer', 'sro'],
    ],
  },
  due: {
    label: 'the date by which it is due',
    heads: [
      ...['due', 'due date', 'end', 'end date', 'deadline', 'target date', 'completion date', 'target completion date'],
      ...['by when', 'date due', 'timescale', 'timescales', 'when', 'complete by', 'finish'],
    ],
  },
  revised: {
    label: 'the later date that counts where there is one',
    heads: [
      'revised',
      'revised date',
      'revised end',
      'revised due date',
      'revised end date',
      'new date',
      'extended to',
    ],
  },
  measure: {
    label: 'what shows that it is done',
    heads: [
      ...[
        'success measure',
        'success measures',
        'measure of success',
        'measures of success',
        'success criteria',
        'measure',
      ],
      ...['how will we know', 'outcome', 'expected outcome', 'outcome measure', 'kpi'],
    ],
  },
  rating: {
    label: 'its rating',
    heads: ['rag', 'brag', 'rag rating', 'brag rating', 'rag status', 'rating', 'status'],
  },
  percent: {
    label: 'how much of it is done',
    heads: ['% complete', 'per cent complete', 'percent complete', '%', '% done'],
  },
  forecast: {
    label: 'when it is expected',
    heads: ['forecast', 'forecast date', 'expected', 'expected date', 'expected by'],
  },
  progress: {
    label: 'a report of progress',
    heads: [
      ...['progress', 'progress update', 'update', 'latest update', 'commentary', 'comments', 'progress to date'],
      ...['latest position', 'current position', 'progress comments'],
    ],
  },
};

export const OWN_FIELD_NAMES: readonly OwnField[] = namesOf(OWN_FIELDS);

/** Words as they are compared: small letters, digits and per cent signs, single spaces. */
export const plainWords = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim();

/** How likely a head is that of a field: a name of it outright, or one that begins or ends with it; 0 where it is none. */
export function likeness(head: string, field: OwnField): number {
  const plain = plainWords(head);
  const { heads } = OWN_FIELDS[field];
  const at = heads.indexOf(plain);
  if (at !== -1) return 100 - at;
  const within = heads.filter((each) => plain.startsWith(`${each} `) || plain.endsWith(` ${each}`));
  return Math.max(0, ...within.map((each) => Math.min(40, each.length)));
}
