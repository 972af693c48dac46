import { expect, test } from 'vitest';
import { figuresFrom, type FiguresQuery } from '../../client/web/figures.ts';
import { council } from '../support/facts.ts';
import { row } from '../support/rows.ts';
import { entry, ownRegister, started } from './support.ts';

const KEY = { authority: council.id, reference: '2016', inspectionTitle: 'Anyborough 2016' };
const DUTY = { milestone: 'improvement-actions/a1', due: '2016-06-30', dueAt: '2016-06-30T23:00:00.000Z' };

const asked = (on: string): FiguresQuery => ({
  ...{ authority: council, inspection: undefined, years: 1, on },
  day: { values: {}, typed: {}, problems: [] },
});

/** A register with one open duty, and a page of figures that notes each time it reads the whole past. */
async function counting() {
  const { register } = await ownRegister();
  await register.append(KEY, [started, entry(2, { milestone: DUTY.milestone, row: row(DUTY) })]);
  let times = 0;
  const { board } = register;
  const pastOf: typeof board.pastOf = (...of) => {
    times++;
    return board.pastOf(...of);
  };
  const read = figuresFrom({ register: { ...register, board: { ...board, pastOf } } });
  return {
    tell: (seq: number, at: string, parts: Partial<Parameters<typeof row>[0]> = {}) =>
      register.append(KEY, [entry(seq, { at, milestone: DUTY.milestone, row: row({ ...DUTY, ...parts }) })]),
    /** What the page shows, the same that nobody has kept anything of, and whether the past was read for it. */
    async look(on: string, now: string) {
      const before = times;
      const shown = await read(asked(on), now);
      const isRead = times > before;
      const anew = await figuresFrom({ register })(asked(on), now);
      const numbers = ({ quarters, moved, load, themes }: typeof shown) => ({ quarters, moved, load, themes });
      expect(numbers(shown)).toEqual(numbers(anew));
      const weeks = (of: typeof shown) => of.weeks.map(({ open, overdue }) => [open, overdue]);
      expect(weeks(shown)).toEqual(weeks(anew));
      return { isRead, late: shown.load[0]?.late ?? 0, open: shown.load[0]?.open ?? 0 };
    },
  };
}

test('a past day is counted once, whatever is recorded later; again where what is recorded happened on it', async () => {
  const { look, tell } = await counting();
  const NOW = '2016-08-01T10:00:00.000Z';
  expect(await look('2016-07-15', NOW)).toEqual({ isRead: true, late: 1, open: 1 });
  expect(await look('2016-07-15', NOW)).toMatchObject({ isRead: false, late: 1 });
  await tell(3, '2016-07-20T10:00:00.000Z', { status: 'completed', endedAt: '2016-07-20T10:00:00.000Z' });
  expect(await look('2016-07-15', '2016-08-02T10:00:00.000Z')).toMatchObject({ isRead: false, late: 1 });
  // Made up again after a backup was restored, or come late: it counts from when it happened.
  await tell(4, '2016-07-01T10:00:00.000Z', { due: '2016-09-30', dueAt: '2016-09-30T23:00:00.000Z' });
  expect(await look('2016-07-15', NOW)).toEqual({ isRead: true, late: 0, open: 1 });
  expect(await look('2016-07-15', NOW)).toMatchObject({ isRead: false });
  expect(await look('2016-07-25', NOW)).toMatchObject({ isRead: true });
});

test('of today it is counted again when something happens, and when a date passes', async () => {
  const { look, tell } = await counting();
  expect(await look('2016-06-30', '2016-06-30T10:00:00.000Z')).toEqual({ isRead: true, late: 0, open: 1 });
  expect(await look('2016-06-30', '2016-06-30T22:59:59.000Z')).toEqual({ isRead: false, late: 0, open: 1 });
  expect(await look('2016-07-01', '2016-06-30T23:00:00.000Z')).toEqual({ isRead: true, late: 1, open: 1 });
  await tell(3, '2016-07-01T08:00:00.000Z', { status: 'completed', endedAt: '2016-07-01T08:00:00.000Z' });
  expect(await look('2016-07-01', '2016-07-01T09:00:00.000Z')).toEqual({ isRead: true, late: 0, open: 0 });
  // The day that is over now was looked at when it was not.
  expect(await look('2016-06-30', '2016-07-01T09:00:00.000Z')).toMatchObject({ isRead: true });
});

test('what a clock ahead of ours has told counts when it has happened', async () => {
  const { look, tell } = await counting();
  await tell(3, '2016-07-01T10:00:05.000Z', { status: 'completed', endedAt: '2016-07-01T10:00:05.000Z' });
  expect(await look('2016-07-01', '2016-07-01T10:00:00.000Z')).toEqual({ isRead: true, late: 1, open: 1 });
  expect(await look('2016-07-01', '2016-07-01T10:00:10.000Z')).toEqual({ isRead: true, late: 0, open: 0 });
});
