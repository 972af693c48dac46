import { describe, expect, test } from 'vitest';
import { endlessDoubts } from '../../../client/web/administration/bodies-forms.ts';
import { calendarIn, meetingsIn } from '../../../client/web/administration/meeting-file.ts';
import { COUNCIL_FORMS } from '../../../client/web/administration/forms.ts';
import { standInsFor } from '../../../client/web/administration/people-forms.ts';
import { newInThePast, withMeeting } from '../../../domain/authority/change/meetings.ts';
import { authority as authoritySchema } from '../../../domain/schemas/authority.ts';
import { subjectOf } from '../../support/council-form.ts';
import { council } from '../../support/facts.ts';

const calendar = (rule: string): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:a',
    'SUMMARY:Cabinet',
    'DTSTART;VALUE=DATE:20260106',
    ...(rule === '' ? [] : [`RRULE:${rule}`]),
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');

describe('meetings', () => {
  test.each([
    ['FREQ=WEEKLY;INTERVAL=6', true],
    ['FREQ=WEEKLY;COUNT=3', false],
    ['FREQ=WEEKLY;UNTIL=20260301', false],
    ['', false],
  ])(
    'of a calendar whose rule is %s come round without an end: %s, and that is said before they count',
    (rule, isEndless) => {
      const file = { text: calendar(rule), only: '', from: '2026-01-01', until: '2027-12-31' };
      const found = meetingsIn(file);
      expect([found.isEndless === true, calendarIn(file).isEndless === true]).toEqual([isEndless, isEndless]);
      const said = endlessDoubts({ dates: found.dates.join(' '), endless: found.isEndless === true ? 'yes' : '' });
      expect(said.length).toBe(isEndless ? 1 : 0);
      if (isEndless) expect(said[0]).toMatch(/without an end\. Those up to \w+ \d+ \w+ 2027 are taken over/);
    },
  );

  test('that a change puts into the past are told, and no others', () => {
    const today = '2016-05-20';
    const moved = (movedTo: string) => withMeeting(council, 'cabinet', '2016-06-14', { on: '2016-06-14', movedTo });
    expect(newInThePast(council, moved('2016-05-19'), today)).toEqual([{ body: 'Cabinet', on: '2016-05-19' }]);
    expect(newInThePast(council, moved('2016-05-20'), today)).toEqual([]);
    // The one of 10 May was there before.
    expect(newInThePast(council, council, today)).toEqual([]);
    const called = withMeeting(council, 'cabinet', '2016-06-14', { on: '2016-06-14', cancelled: 'No business' });
    expect(newInThePast(council, called, today)).toEqual([]);
  });
});

describe('who stands in for an officer', () => {
  const away = (delegate: string, of = 'director') => ({
    ...council,
    people: [{ email: `${of}@anyborough.example.org`, away: [{ from: '2026-12-01', until: '2026-12-11', delegate }] }],
  });
  const said = (file: object) => authoritySchema.safeParse(file).error?.issues.map(({ message }) => message);

  test('is no councillor: the file is refused', () => {
    expect(said(away('scrutiny-chair'))).toEqual([
      '"scrutiny-chair" is a councillor, and no councillor stands in for an officer',
    ]);
    expect(said(away('assistant-director'))).toBeUndefined();
    expect(said(away('assistant-director', 'scrutiny-chair'))).toBeUndefined();
  });

  test.each(['away', 'stand-in'] as const)(
    '%s: of whom no role lets them act, it is said where they are chosen',
    (name) => {
      const fields = COUNCIL_FORMS[name].fields(subjectOf(council, 'head-of-service')) ?? [];
      const choices = Object.entries(fields.find(({ name: each }) => each === 'delegate')?.choices ?? {});
      const readers = choices.flatMap(([id, text]) => (text.endsWith(': reads the mail, can’t act') ? [id] : []));
      const owners = council.roles
        .filter((role) => role.capacity === 'owner' && role.email !== undefined)
        .map(({ id }) => id);
      expect(readers).toEqual(owners.filter((id) => id !== 'head-of-service'));
      expect(readers).not.toEqual([]);
      expect(choices.length).toBeGreaterThan(readers.length);
    },
  );

  test('no councillor is offered, for a councillor everybody is', () => {
    const ids = (role: string) => standInsFor(council, role).map(([id]) => id);
    expect(ids('director')).toContain('assistant-director');
    expect(ids('director')).not.toContain('scrutiny-chair');
    expect(ids('scrutiny-chair')).toContain('director');
  });
});
