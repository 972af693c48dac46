import { freshId, nameOfNumber } from '../../domain/revisions/fresh-id.ts';
import { oneLine } from '../plan-book/read-cell.ts';
import { plainWords } from './own-fields.ts';

/** Something of the plan that a workbook names: it is there, or was not until now. */
export interface NamedItem {
  id: string;
  text: string;
  isNew: boolean;
}

/** '1.2 Improve …', '(iv) Improve …', 'R3: Improve …': a number before words. */
const NUMBERED =
  /^(?:recommendation\s+|theme\s+|priority\s+|r)?\(?(\d+(?:\.\d+)*|[ivxl]+|[a-z])(?:[.):]+\s*|\s+[-–—]\s+|\s+)(\S.{5,})$/is;
/** Up to 39: reports of inspections have no more recommendations. */
const ROMAN = ['', 'x', 'xx', 'xxx']
  .flatMap((tens) => ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'].map((ones) => `${tens}${ones}`))
  .slice(1);
const BARE = /^(?:recommendations?|recs?|r)?[\s.]*/i;

/** Things of one kind, by the names and words with which cells name them; what is new gets a name as it comes. */
export class OwnNames {
  readonly added: NamedItem[] = [];
  private readonly byWords = new Map<string, NamedItem>();
  private readonly byId = new Map<string, NamedItem>();

  constructor(items: readonly { id: string; text: string }[]) {
    for (const each of items) this.put({ ...each, isNew: false });
  }

  /** All that a cell names by their numbers alone: '1, 3 and 4', 'R2'; undefined where it says something else. */
  numbered(text: string): NamedItem[] | undefined {
    const pieces = text.split(/[,;&\n]+|\s+and\s+/i).filter((each) => each.trim() !== '');
    const found = pieces.map((each) => this.ofNumber(each) ?? this.ofNumber(each.trim().replace(BARE, '')));
    return found.length > 0 && found.every((each) => each !== undefined) ? found : undefined;
  }

  /** What is called so; new where nothing was until now. */
  called(text: string): NamedItem {
    const words = oneLine(text);
    const known = this.byWords.get(plainWords(words));
    if (known !== undefined) return known;
    const [, number = '', rest = ''] = NUMBERED.exec(words) ?? [];
    const same = rest === '' ? undefined : (this.byWords.get(plainWords(rest)) ?? this.ofNumber(number));
    if (same !== undefined) return same;
    const named = nameOfNumber(number);
    const item: NamedItem = {
      id: rest !== '' && !this.byId.has(named) ? named : freshId(words, new Set(this.byId.keys())),
      text: rest === '' ? words : rest,
      isNew: true,
    };
    this.added.push(item);
    this.put(item);
    // The same words with their number stand in other rows.
    this.byWords.set(plainWords(words), item);
    return item;
  }

  /** By a number however it is written: 4 is iv. */
  private ofNumber(number: string): NamedItem | undefined {
    const name = nameOfNumber(number);
    const digits = ROMAN.indexOf(name) + 1;
    const found = [name, ROMAN[Number(name) - 1], digits === 0 ? undefined : String(digits)];
    return found.flatMap((each) => (each === undefined ? [] : (this.byId.get(each) ?? []))).at(0);
  }

  private put(item: NamedItem): void {
    this.byId.set(item.id, item);
    if (!this.byWords.has(plainWords(item.text))) this.byWords.set(plainWords(item.text), item);
  }
}
