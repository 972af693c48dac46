import { textOf } from '../plan-book/choices.ts';
import type { CellProblem } from '../plan-book/book-read.ts';
import { peopleIn, themesIn } from '../plan-book/names.ts';
import { withoutShape } from '../plan-book/ratings.ts';
import { wordsIn } from '../plan-book/read-cell.ts';
import type { BookRow } from '../plan-book/read-rows.ts';
import type { Sent } from '../plan-book/sent.ts';
import type { CellContent } from '../workbook/cells.ts';
import { ownDate } from './own-date.ts';
import { type OwnField, plainWords } from './own-fields.ts';
import { columnsOf } from './our-columns.ts';
import { type NamedItem, OwnNames } from './own-names.ts';
import { type ChosenPeople, ownPeople } from './own-people.ts';
import type { OwnCell, OwnRow } from './own-rows.ts';

/** What a row says, under the columns of ours. */
export interface TakenRow {
  cells: BookRow['cells'];
  problems: CellProblem[];
  /** What it names that may be new, and where. */
  theme?: NamedAt;
  recommendations?: NamedAt[];
  owner?: string;
}

interface NamedAt {
  item: NamedItem;
  at: string;
}

export const textContent = (text: string): CellContent => ({ is: 'text', text });

/** Cells of somebody else's table, taken as those of ours; what it names that is new is gathered. */
export class OwnCells {
  readonly themes: OwnNames;
  readonly recommendations: OwnNames;
  /** What was read as something that it does not say in so many words: a sentence each, without a full stop. */
  readonly readAs = new Set<string>();
  /** Names that are nobody’s whom we know. */
  readonly unknown = new Set<string>();
  private readonly columns = columnsOf('action');
  private readonly sent: Sent;
  private readonly people: ChosenPeople;

  constructor(sent: Sent, people: ChosenPeople) {
    this.sent = sent;
    this.people = people;
    this.themes = new OwnNames(sent.plan.themes.map(({ id, title }) => ({ id, text: title })));
    this.recommendations = new OwnNames(sent.plan.recommendations);
  }

  take({ cells }: OwnRow): TakenRow {
    const taken: TakenRow = { cells: [], problems: [] };
    for (const [field, cell] of cells)
      // Where there is a later date, that counts.
      if (!(field === 'due' && cells.has('revised'))) this.readers[field](cell, taken);
    return taken;
  }

  private readonly readers: Record<OwnField, (cell: OwnCell, taken: TakenRow) => void> = {
    ref: () => undefined,
    action: (cell, taken) => this.put('title', cell, cell.content, taken),
    measure: (cell, taken) => this.put('measure', cell, cell.content, taken),
    percent: (cell, taken) => this.put('percent', cell, cell.content, taken),
    progress: (cell, taken) => this.put('text', cell, cell.content, taken),
    due: (cell, taken) => this.putDate('due', cell, taken),
    revised: (cell, taken) => this.putDate('due', cell, taken),
    forecast: (cell, taken) => this.putDate('forecast', cell, taken),
    rating: (cell, taken) =>
      this.put('rating', cell, textContent(ratingIn(wordsIn(cell.content), this.sent.ratings)), taken),
    owner: (cell, taken) => this.putOwner(cell, taken),
    theme: (cell, taken) => {
      const item = this.themes.called(wordsIn(cell.content));
      taken.theme = { item, at: cell.at };
      const words = item.isNew ? item.text : textOf(themesIn(this.sent.plan), item.id);
      this.put('theme', cell, textContent(words), taken);
    },
    recommendation: (cell, taken) => this.putRecommendations(cell, taken),
  };

  private put(field: string, { at }: OwnCell, content: CellContent, taken: TakenRow): void {
    const column = this.columns.get(field);
    if (column !== undefined) taken.cells.push({ column, content, at });
  }

  private putDate(field: string, cell: OwnCell, taken: TakenRow): void {
    const found = ownDate(cell.content);
    if ('wrong' in found) return void taken.problems.push({ at: cell.at, problem: found.wrong });
    if (found.read !== undefined) this.readAs.add(found.read);
    this.put(field, cell, { is: 'date', date: found.date }, taken);
  }

  private putOwner(cell: OwnCell, taken: TakenRow): void {
    const people = peopleIn(this.sent);
    const found = ownPeople(wordsIn(cell.content), people, this.people);
    if ('wrong' in found) {
      for (const each of found.unknown) this.unknown.add(each);
      taken.problems.push({ at: cell.at, problem: found.wrong });
      return;
    }
    for (const each of found.read) this.readAs.add(each);
    const [owner = '', ...beside] = found.roles;
    taken.owner = owner;
    this.put('owner', cell, textContent(textOf(people, owner)), taken);
    if (beside.length > 0)
      this.put('with', cell, textContent(beside.map((each) => textOf(people, each)).join('; ')), taken);
  }

  private putRecommendations(cell: OwnCell, taken: TakenRow): void {
    const words = wordsIn(cell.content);
    const numbered = this.recommendations.numbered(words);
    if (numbered === undefined && !/\p{L}{3}/u.test(words))
      return void taken.problems.push({ at: cell.at, problem: `there is no recommendation “${words.slice(0, 40)}”` });
    const items = numbered ?? [this.recommendations.called(words)];
    taken.recommendations = items.map((item) => ({ item, at: cell.at }));
    this.put('recommendations', cell, textContent(items.map(({ id }) => id).join(', ')), taken);
  }
}

/** 'R', 'amber', 'Green ' as the council's own scheme calls it; as it is where it is none of it. */
function ratingIn(words: string, ratings: readonly { text: string }[]): string {
  const names = ratings.map((each) => withoutShape(each.text));
  const plain = plainWords(words);
  const exact = names.find((each) => plainWords(each) === plain);
  const [begun, ...others] = names.filter((each) => plain.length === 1 && plainWords(each).startsWith(plain));
  return exact ?? (begun === undefined || others.length > 0 ? words : begun);
}
