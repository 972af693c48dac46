import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { cli } from '../support/cli.ts';
import { exampleFile } from '../support/example.ts';

test('a rehearsal plays a year on a real engine: the story on the screen, every mail in a folder, the escalation of what is missed', async () => {
  const out = mkdtempSync(join(tmpdir(), 'duecourse-rehearsal-test-'));
  try {
    const result = await cli([
      'rehearse',
      exampleFile('middlesbrough-2016'),
      '--miss',
      'written-action-plan',
      '--out',
      out,
    ]);
    expect(result.err).not.toContain('Error');
    expect(result.code).toBe(0);
    expect(result.out).toMatch(
      /Fri 1 July 2016\n\s+00:00 {2}Written action plan to Ofsted: not met by Thursday 30 June 2016\.\n\s+09:00 {2}mail to Chief Executive: Written action plan to Ofsted \(1 working day late\)/,
    );
    const files = readdirSync(out).sort();
    expect(result.out).toContain(`${files.length} mails are in`);
    const escalation = files.find((name) => name.startsWith('2016-07-01') && name.includes('chief-executive'));
    const mail = await simpleParser(readFileSync(join(out, escalation ?? 'none')));
    expect(mail.subject).toContain('Overdue since Thu 30 June 2016: Written action plan to Ofsted');
    expect(mail.date?.toISOString().slice(0, 16)).toBe('2016-07-01T08:00');
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
