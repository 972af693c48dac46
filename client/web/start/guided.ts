import { ONE_OF_TWO_DATES } from '../../../domain/commands/fields.ts';
import { stringify } from 'yaml';
import { executiveOf } from '../../../domain/authority/executive-name.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { PackRule } from '../../../domain/schemas/rule-pack.ts';
import { loadRulePack, listRulePacks, resolveRules } from '../../files/rules.ts';
import type { FormField, Values } from '../forms/form.ts';

export type GuidedName =
  | 'title'
  | 'reference'
  | 'inspectorate'
  | 'fieldworkFrom'
  | 'fieldworkUntil'
  | 'received'
  | 'published'
  | 'judgements'
  | 'recommendations';

/** A field of the guided form, with the place in an inspection's file that it fills. */
export interface GuidedField extends FormField {
  name: GuidedName;
  path: string;
  /** What is said of it in place of the file's own words, which name keys and give examples of other keys. */
  wrong?: string;
}

/** The frameworks there are, newest first, with the years in which each is in force. */
export function frameworks(): { value: string; text: string }[] {
  return listRulePacks()
    .map((id) => loadRulePack(id))
    .filter((pack) => resolveRules(pack).length > 0)
    .sort((a, b) => (a.valid.from < b.valid.from ? 1 : -1))
    .map(({ id, title, valid }) => ({
      value: id,
      text: `${title} (${valid.from.slice(0, 4)}${valid.until === undefined ? ' on' : `–${valid.until.slice(0, 4)}`})`,
    }));
}

/** What the council may promise under a framework: its rules that count only where they are promised. */
export const promises = (framework: string): { value: string; text: string }[] =>
  promisable(framework).map(({ id, title }) => ({ value: id, text: title }));

const promisable = (framework: string): PackRule[] =>
  listRulePacks().includes(framework)
    ? resolveRules(loadRulePack(framework)).filter(({ strength }) => strength === 'commitment')
    : [];

/** The promises that were ticked, as a file has them: what goes to the executive goes to its meetings. */
function promisesIn(ticked: readonly string[], framework: string, authority: Authority) {
  const executive = executiveOf(authority)?.id;
  const toExecutive = new Set(
    promisable(framework)
      .filter(({ strand }) => strand === 'cabinet-updates')
      .map(({ id }) => id),
  );
  return ticked.map((rule) =>
    executive === undefined || !toExecutive.has(rule) ? { rule } : { rule, body: executive },
  );
}

const FIELDS: GuidedField[] = [
  {
    name: 'title',
    path: 'title',
    kind: 'line',
    label: 'Title',
    hint: 'For example Inspection of children’s services, June 2026',
  },
  {
    name: 'reference',
    path: 'reference',
    wrong: 'use small letters and digits, joined by hyphens, at most 80 in all, for example 2026-ilacs',
    kind: 'line',
    label: 'Reference',
    hint: 'Small letters, digits and hyphens, for example 2026. It is used in addresses.',
  },
  {
    name: 'inspectorate',
    path: 'inspectorate',
    kind: 'line',
    label: 'Inspectorate',
    hint: 'Who inspected. Left empty: Ofsted.',
    optional: true,
  },
  {
    name: 'fieldworkFrom',
    path: 'fieldwork.from',
    kind: 'date',
    label: 'First day of the inspection',
    mostlyPast: true,
  },
  {
    name: 'fieldworkUntil',
    path: 'fieldwork.until',
    kind: 'date',
    label: 'Last day of the inspection',
    mostlyPast: true,
  },
  {
    name: 'received',
    path: 'report.received',
    kind: 'date',
    label: 'Report received',
    mostlyPast: true,
    hint: 'Most dates count from it. Left empty, they count from the day of publication where the rules allow that; what has no date then is named before you start.',
    optional: true,
    oneOf: ONE_OF_TWO_DATES,
  },
  {
    name: 'published',
    path: 'report.published',
    kind: 'date',
    label: 'Report published',
    hint: 'Leave this empty if it has not been published yet.',
    mostlyPast: true,
    optional: true,
    oneOf: ONE_OF_TWO_DATES,
  },
  {
    name: 'judgements',
    path: 'judgements',
    wrong: 'write the area and the grade with a colon between them, for example Overall: Good',
    kind: 'text',
    label: 'Judgements',
    hint: 'One a line, the area and the grade with a colon between them, for example Overall: Good',
    optional: true,
  },
  {
    name: 'recommendations',
    path: 'recommendations',
    kind: 'text',
    label: 'Recommendations',
    hint: 'One a line, in the report’s own words. They can be added later as well.',
    optional: true,
  },
];

export const guidedFields = (): GuidedField[] => FIELDS;

const lines = (text: unknown): string[] =>
  typeof text === 'string'
    ? text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
    : [];

/** The inspection file that a guided form stands for: the same file that an upload would be. */
export function fileOf(
  values: Values,
  { authority, framework, promised }: { authority: Authority; framework: string; promised: string[] },
): string {
  const { title, reference, inspectorate, fieldworkFrom, fieldworkUntil, received, published } = values;
  return stringify({
    reference: typeof reference === 'string' ? reference : '',
    title,
    authority: authority.id,
    framework,
    ...(inspectorate === undefined ? {} : { inspectorate }),
    fieldwork: { from: fieldworkFrom, until: fieldworkUntil },
    report: { ...(received === undefined ? {} : { received }), ...(published === undefined ? {} : { published }) },
    judgements: lines(values['judgements']).map((line) => {
      const [area = '', ...grade] = line.split(':');
      return { area: area.trim(), grade: grade.join(':').trim() };
    }),
    recommendations: lines(values['recommendations']).map((text, index) => ({ id: `r${index + 1}`, text })),
    commitments: promisesIn(promised, framework, authority),
  });
}
