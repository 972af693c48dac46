import { expect, test } from 'vitest';
import { endOfDay } from '../../domain/audit/audit.ts';
import { boardForAll, type Visitor } from '../support/board.ts';
import { council } from '../support/facts.ts';
import { yearOfFigures } from '../support/year-of-figures.ts';

const DAY = '2025-07-15';
const NAMED = { authority: 'anyborough', reference: '2025', inspectionTitle: 'Anyborough 2025' };
const DIRECTOR = 'director@anyborough.example.org';
const story = yearOfFigures();
let director: Visitor;

const board = boardForAll(async (rig) => {
  await rig.register.board.keepAuthority(council, new Date().toISOString());
  await rig.register.append(
    NAMED,
    story.entries.filter((each) => each.at < endOfDay(DAY)),
  );
  director = await rig.signedIn(DIRECTOR);
});

const pageOf = (day: string, path = '/figures', more = '') => {
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  return `${path}?on-day=${dayOfMonth}&on-month=${month}&on-year=${year}${more}`;
};
const mainOf = (html: string): string => /<main[^>]*>([^]*)<\/main>/.exec(html)?.[1] ?? '';
/** Each row of the tables as one line of its cells. */
const rowsOf = (html: string): string[] =>
  [...html.matchAll(/<tr[^>]*>([^]*?)<\/tr>/g)].map(([, cells = '']) =>
    cells
      .replaceAll(/<svg[^]*?<\/svg>/g, '')
      .replaceAll(/<br>/g, ' ')
      .split(/<\/t[dh]>/)
      .map((cell) =>
        cell
          .replaceAll(/<[^>]*>/g, '')
          .replaceAll(/\s+/g, ' ')
          .trim(),
      )
      .filter((cell) => cell !== '')
      .join(' | '),
  );

test('each figure of a past day, counted by hand', async () => {
  const html = mainOf(await director.text(pageOf(DAY, '/figures', '&inspection=2025')));
  const rows = rowsOf(html);
  expect(html).toContain('Figures at the end of Tuesday 15 July 2025');
  // Of the actions: the audit in time, the training late, the consultation not done as far as was known; the posts have a later date.
  expect(rows).toContain('April to June 2025 | 3 | 1 | 1 | 1 | 33% | 25%');
  // The written plan, due on 1 July.
  expect(rows).toContain('July to September 2025 | 1 | 0 | 0 | 1 | 0% | 0%');
  expect(html).toContain('1 duty was granted a later date once, 0 twice, 0 three times or more, of 6 duties.');
  expect(html).toContain('Those that moved are 91 days later on average.');
  expect(rows).toContain('Fill the vacant posts | Fri 30 May 2025 | Fri 29 August 2025 | 91 | 1 | To do');
  expect(rows.find((row) => row.startsWith('A stable workforce'))).toMatch(/Red 0 of 2 done, 1 overdue$/);
  expect(rows.find((row) => row.startsWith('Quality of practice'))).toMatch(/Green 2 of 3 done$/);
  expect(rows.find((row) => row.startsWith('Head of Service'))).toMatch(/^Head of Service \| 3 \| 2 \| 0$/);
});

test('the same on any later day, whatever has been recorded since; and the chain with what stands beside it is whole', async () => {
  const before = mainOf(await director.text(pageOf(DAY)));
  await board().register.append(NAMED, story.entries);
  expect(mainOf(await director.text(pageOf(DAY)))).toBe(before);
  expect(await board().register.verify()).toMatchObject([{ ok: true }]);
  // What was said in September of June counts from September.
  const later = rowsOf(await director.text(pageOf('2025-09-30')));
  expect(later.find((row) => row.startsWith('April to June 2025'))).toMatch(
    /^April to June 2025 \| 3 \| 2 \| 1 \| 0 \| 67% \| 50%$/,
  );
  expect(later).toContain('Fill the vacant posts | Fri 30 May 2025 | Fri 28 November 2025 | 182 | 2 | To do');
});

test('each picture has a title, a description and its table; each figure its definition', async () => {
  const html = mainOf(await director.text(pageOf('2025-11-30', '/figures', '&years=2')));
  const pictures = [...html.matchAll(/<svg class="figure"[^>]*role="img"[^>]*aria-labelledby="([\w-]+) ([\w-]+)"/g)];
  expect(pictures).toHaveLength(3);
  for (const [, title = '', description = ''] of pictures) {
    expect(html).toContain(`<title id="${title}">`);
    expect(html).toContain(`<desc id="${description}">`);
  }
  expect(html.match(/<caption/g)).toHaveLength(6);
  for (const rule of [
    'done before their date was over',
    'as the record stood at its end',
    'how many of its actions were done',
    'First date is',
    'By the role that leads',
  ])
    expect(html).toContain(rule);
});

test('a day that is still to come, or does not exist, is refused beside its field', async () => {
  for (const day of ['2199-01-01', '2025-02-30']) {
    const answer = await director.get(pageOf(day));
    expect(answer.status).toBe(422);
    expect(await answer.text()).toMatch(/href="#on-day"[^]*id="on-error"/);
  }
});

test('of one inspection alone; of a day before there was any; on one page for a board', async () => {
  expect(await director.text(pageOf(DAY, '/figures', '&inspection=2024'))).toContain('Nothing was on record');
  expect(await director.text(pageOf('2024-07-15'))).toContain('Nothing was on record');
  const print = await director.text(pageOf('2025-11-30', '/figures/print', '&inspection=2025'));
  expect(print).toContain('Anyborough 2025: figures at the end of Sunday 30 November 2025');
  expect(print).toContain('A stable workforce');
});

test('nobody finds the figures of another council', async () => {
  expect((await director.get('/figures?authority=middlesbrough')).status).toBe(404);
  expect((await director.get('/figures/print?authority=middlesbrough')).status).toBe(404);
});
