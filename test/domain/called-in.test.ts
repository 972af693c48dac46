import { describe, expect, test } from 'vitest';
import { composeMail } from '../../activities/mail/compose.ts';
import { namedIn } from '../../domain/lifecycle/digest.ts';
import { standingOf } from '../../domain/lifecycle/urgency.ts';
import { Story } from '../../domain/preview/story.ts';
import { example } from '../support/example.ts';

// What people read once a decision was called in, under a constitution that says by when scrutiny considers it, and one that does not.

const ADMINISTRATOR = { id: 'x', role: 'democratic-services' };

/** Called in two days after its record was published; with the mails that tell of it, as they are sent. */
function calledIn(scrutinyWithin?: object) {
  const start = example('middlesbrough-2016', { received: '2016-02-19' });
  const { constitution } = start.facts;
  if (constitution === null) throw new Error('it has a constitution');
  const callIn = { ...constitution.callIn, ...(scrutinyWithin === undefined ? {} : { scrutinyWithin }) };
  const facts = { ...start.facts, constitution: { ...constitution, callIn } };
  const story = new Story({ ...start, facts } as never, '2016-02-22T10:00:00.000Z');
  const taken = { id: 'd1', title: 'Approve the plan', body: 'executive', takenOn: '2016-02-22', key: true };
  const give = (name: string, payload: object) => story.command({ name, payload } as never, ADMINISTRATOR);
  give('decide', { ...taken, urgent: false });
  give('publishDecision', { decision: 'd1' });
  story.until('2016-02-24T10:00:00.000Z');
  const before = story.mails.length;
  give('callIn', { decision: 'd1', by: 'five members', members: 5, reasons: 'cost' });
  const digests = story.until('2016-02-24T18:00:00.000Z').mails.slice(before);
  const mails = digests.map((each) => composeMail(each, { from: 'duecourse <duecourse@anyborough.example.org>' }));
  return { story, digests, mails };
}
const SAID =
  /Called in by five members: cost\. The decision must not be implemented until\s+scrutiny has considered it\./;

describe('a decision that was called in', () => {
  test('whose constitution names no days for scrutiny: its window is over, and nothing of it is left to wait for', () => {
    const { mails } = calledIn();
    expect(mails.length).toBeGreaterThan(2);
    for (const { subject, text } of mails) {
      expect(subject).toMatch(/^Called in: Call-in window: Approve the plan/);
      expect(text).toMatch(SAID);
      expect(text).toMatch(/^Called in$/m);
      expect(text).toContain('Its call-in window was to close on Monday 29 February 2016.');
      expect(text).not.toMatch(/working days? left|late after/);
    }
  });

  test('whose constitution names them: the duty that follows is told, with what has happened', () => {
    const { mails } = calledIn({ n: 10, unit: 'working-day', convention: 'after' });
    for (const { subject, text } of mails) {
      expect(subject).toContain('Scrutiny considers the call-in: Approve the plan');
      expect(text).toMatch(SAID);
    }
  });

  test.each([undefined, { n: 10, unit: 'working-day', convention: 'after' }])(
    'no calendar has the window any more, and none is empty (%j)',
    (within) => {
      const { mails, digests, story } = calledIn(within);
      for (const [index, { attachments, text }] of mails.entries()) {
        const published = attachments
          .filter(({ filename }) => filename === 'due-dates.ics')
          .map(({ content }) => String(content));
        for (const content of published) expect(content).toContain('BEGIN:VEVENT');
        expect(published.join('')).not.toContain('Call-in window');
        const { finished = [] } = digests[index] ?? {};
        for (const { title } of finished) expect(text.replaceAll(/\s+/g, ' ')).toContain(`“${title}”`);
      }
      expect(digests.some(({ finished = [] }) => finished.length > 0)).toBe(true);
      for (const { calendar = {} } of Object.values(story.state.mail))
        expect(calendar).not.toHaveProperty('call-in-window/d1');
    },
  );
});

test('of what has ended no mail says that there is time left, whatever it tells', () => {
  const { story } = calledIn();
  story.until('2016-07-31T18:00:00.000Z');
  const coming = story.mails.flatMap((mail) =>
    namedIn(mail).filter((each) => each.ended === true && standingOf(each, mail.day) === 'coming'),
  );
  expect(coming).toEqual([]);
});
