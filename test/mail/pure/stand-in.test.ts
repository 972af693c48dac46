import { describe, expect, test } from 'vitest';
import { composeStandIn } from '../../../activities/mail/compose-stand-in.ts';
import { standInMails } from '../../../domain/authority/stand-in-mail.ts';
import { withAway, withAwayEnded } from '../../../domain/authority/change/people.ts';
import { council } from '../../support/facts.ts';
import { htmlValidator } from '../../support/html-validator.ts';
import { FROM, HOSTILE } from '../messages.ts';

const html = htmlValidator({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  // Mail programs drop style sheets; an authority's name may be long.
  rules: { 'no-inline-style': 'off', 'long-title': 'off' },
});

const NOW = '2026-11-30T09:00:00.000Z';
const at = (role: string): string => `${role}@anyborough.example.org`;
const away = { from: '2026-12-07', until: '2026-12-11', delegate: 'team-manager' };
const named = withAway(council, at('head-of-service'), away);

/** The one mail of a changed file. */
function mailOf(before: typeof council, after: typeof council) {
  const [mail, ...others] = standInMails(before, after, NOW, 7);
  if (mail === undefined || others.length > 0) throw new Error('one mail was expected');
  return composeStandIn(mail, { from: FROM });
}

describe('what a stand-in is told', () => {
  test('names for whom, from when to when, what comes, and whom to tell where they can’t', () => {
    const mail = mailOf(council, named);
    expect([mail.to, mail.subject]).toEqual([at('team-manager'), 'You stand in for somebody: Anyborough Council']);
    expect(mail.text).toContain('You stand in for Head of Service: Monday 7 December 2026 to Friday 11 December 2026.');
    expect(mail.text).toMatch(/comes by mail for\s+whoever is away comes to you: reminders, and what is late/);
    expect(mail.text).toContain(`Democratic Services Manager (${at('democratic-services')})`);
    expect(mail.html).toContain('You stand in for Head of Service: Monday 7 December 2026');
  });

  test('says that they read and can’t act, where no role of theirs lets them; not to somebody who may', () => {
    expect(mailOf(council, named).text.replaceAll(/\s+/g, ' ')).toContain(
      'You read the mail of Head of Service, and can’t act on their duties: those above Head of Service, managers and administrators can.',
    );
    const above = withAway(council, at('head-of-service'), { ...away, delegate: 'director' });
    expect(mailOf(council, above).text).not.toContain('can’t act');
  });

  test('says that it is over, and nothing of what would come', () => {
    const mail = mailOf(named, withAwayEnded(named, at('head-of-service'), away.from, '2026-12-01'));
    expect(mail.subject).toBe('You no longer stand in: Anyborough Council');
    expect(mail.text).toContain(
      'You no longer stand in for Head of Service: it was to be Monday 7 December 2026 to Friday 11 December 2026.',
    );
    expect(mail.text).not.toContain('comes to you');
  });

  test('has no name twice: the same file is the same mail', () => {
    expect(mailOf(council, named).messageId).toBe(mailOf(council, named).messageId);
  });
});

test.each(Object.entries(HOSTILE))(
  'a mail to a stand-in full of %s is valid HTML that runs nothing of it',
  async (_name, text) => {
    const titled = (of: typeof council) => ({
      ...of,
      name: text,
      roles: of.roles.map((role) => ({ ...role, title: text })) as typeof of.roles,
    });
    const mail = mailOf(titled(council), titled(named));
    const report = await html.validateString(mail.html);
    expect(
      report.results.flatMap((result) => result.messages.map((each) => `${each.ruleId}: ${each.message}`)),
    ).toEqual([]);
    expect(mail.html).not.toMatch(/<script|<img|onmouseover="/i);
    expect(mail.subject).not.toMatch(/[\r\n]|=\?/);
    expect(mail.text).not.toMatch(/^Bcc:/m);
  },
);
