import { OWN_FIELD_NAMES, OWN_FIELDS, type OwnField } from '../../own-book/own-fields.ts';
import type { OwnChoices } from '../../own-book/own-choices.ts';
import type { OwnReading } from '../../plan-book/book-read.ts';

/** Names that a page asks about: more are asked about once these are known. */
const MAX_NAMES = 40;

/** A list to choose from, as a page shows it. */
interface AskedOfBook {
  name: string;
  label: string;
  items: { value: string; text: string; selected?: boolean }[];
}

/** What somebody can say of a council's own workbook: which column is what, and whom its names stand for. */
export function askedOf(
  { sheet, heads, columns, unknown }: OwnReading,
  people: readonly { id: string; title: string }[],
): {
  sheet: string;
  columns: AskedOfBook[];
  people: (AskedOfBook & { said: string })[];
  officers: AskedOfBook['items'];
} {
  const titles = people.map(({ id, title }) => ({ value: id, text: title }));
  return {
    sheet,
    columns: OWN_FIELD_NAMES.map((field) => ({
      name: columnName(field),
      label: OWN_FIELDS[field].label,
      items: [
        { value: '', text: 'No column' },
        ...[...new Set(heads)].map((head) => ({ value: head, text: head, selected: head === columns[field] })),
      ],
    })),
    people: unknown.slice(0, MAX_NAMES).map((said, n) => ({
      ...{ name: `person-${n}`, label: said, said },
      items: [{ value: '', text: 'Nobody here' }, ...titles],
    })),
    officers: [{ value: '', text: 'Whoever leads its first action' }, ...titles],
  };
}

const columnName = (field: OwnField): string => `column-${field}`;

/** The same as it was sent with a workbook; nothing is chosen where it was not asked. */
export function choicesIn(fields: Readonly<Record<string, string>>): OwnChoices {
  const columns: OwnChoices['columns'] = {};
  for (const field of OWN_FIELD_NAMES) {
    const head = fields[columnName(field)];
    if (head !== undefined) columns[field] = head === '' ? null : head;
  }
  const people: Record<string, string> = {};
  for (let n = 0; n < MAX_NAMES; n++) {
    const [said, role = ''] = [fields[`said-${n}`], fields[`person-${n}`]];
    if (said !== undefined && role !== '') people[said] = role;
  }
  const { sheet = '', officer = '' } = fields;
  return { columns, people, sheet: sheet === '' ? undefined : sheet, officer: officer === '' ? undefined : officer };
}
