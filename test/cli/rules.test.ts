import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cli } from '../support/cli.ts';

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-rules-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'pack.yaml');
  writeFileSync(file, text);
  return file;
}

const PACK = `id: own
version: 1
title: Our own
valid: { from: 2020-01-01 }
include: [commitments]
rules:
  - id: own-duty
    strand: other-reporting
    title: Our duty
    act: Do it.
    trigger: { event: report-received }
    period: { n: 10, unit: working-day }
    workingDays: si-2007-462
    strength: guidance
    citation: { cite: Our own, confidence: L, note: Not verified }
`;

test('list: every pack with its years and how many of its rules are not verified', async () => {
  const packs = JSON.parse((await cli(['rules', 'list', '--json'])).out) as { id: string; unverified: number }[];
  expect(packs.map((pack) => pack.id)).toContain('hmicfrs-2017');
  expect(packs.find((pack) => pack.id === 'hmicfrs-2017')?.unverified).toBe(0);
  expect((await cli(['rules', 'list'])).out).toContain('Local area SEND inspections, 2016 to 2022');
});

test('show: each rule in sentences, with its source and how sure that is', async () => {
  const { code, out } = await cli(['rules', 'show', 'lgsco']);
  expect(code).toBe(0);
  expect(out).toContain('Due 3 months beginning with the day on which the report was received');
  expect(out).toContain('(the primary text was read)');
  expect((await cli(['rules', 'show', 'send-2023'])).out).toContain('NOT VERIFIED');
  const unknown = await cli(['rules', 'show', 'nothing']);
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('expected one of')]);
});

test.each([
  ['duty', 'Due 10 working days after the day on which the report was received; late after the end of the day.'],
  [
    'right',
    'May be done up to 10 working days after the day on which the report was received; it closes at the end of the day, and nothing is late.',
  ],
  [
    'of-others',
    'Expected 10 working days after the day on which the report was received; others do it, so that the date is for being ready, and nothing is late.',
  ],
])('show: the date of a rule whose nature is %s is told as that', async (nature, said) => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-own-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'packs'));
  writeFileSync(join(folder, 'packs', 'own.yaml'), `${PACK}    nature: ${nature}\n`);
  expect((await cli(['rules', 'show', 'own'], { DUECOURSE_RULES: folder })).out).toContain(said);
});

test('check: a good pack is good, and says what in it is not verified', async () => {
  const { code, out } = await cli(['rules', 'check', fileOf(PACK)]);
  expect(code).toBe(0);
  expect(out).toMatch(/^Good: .*pack\.yaml is a rule pack: Our own$/m);
  expect(out).toMatch(/pack\.yaml:7:5 .*it has no worked example/);
  expect(out).toMatch(/pack\.yaml:15:15 .*Not verified/);
});

test('check: an example that comes out is counted, and one that does not is named with its line', async () => {
  const example = (due: string) => `    examples:\n      - { on: 2023-10-17, due: ${due}, why: two weeks }\n`;
  const good = await cli(['rules', 'check', fileOf(`${PACK}${example('2023-10-31')}`)]);
  expect([good.code, good.out]).toEqual([0, expect.stringContaining('Our own; its example comes out')]);
  const wrong = await cli(['rules', 'check', fileOf(`${PACK}${example('2023-11-01')}`)]);
  expect([wrong.code, wrong.out]).toEqual([
    1,
    expect.stringMatching(
      /pack\.yaml:17:32 .*the rule comes to Tuesday 31 October 2023, and the example says Wednesday 1 November 2023/,
    ),
  ]);
});

test('check: a folder is gone through, and says what kind of file each is', async () => {
  const file = fileOf(PACK);
  writeFileSync(
    join(file, '..', 'ours.yaml'),
    `id: ours
version: 1
title: Our call-in
valid: { from: 2020-01-01 }
callIn: { window: { n: 5, unit: working-day }, closes: '12:00', takesEffect: same-day }
citation: { cite: Our own, confidence: U }
examples:
  - { published: 2024-03-22, closes: 2024-04-02, effective: 2024-04-02, why: two holidays in between }
`,
  );
  const { code, out } = await cli(['rules', 'check', join(file, '..')]);
  expect(code).toBe(0);
  expect(out).toMatch(/ours\.yaml is a constitution: Our call-in; its example comes out/);
  expect(out).toMatch(/pack\.yaml is a rule pack: Our own/);
});

describe('a council’s own rules', () => {
  const ownRules = (pack = PACK, name = 'own.yaml'): Record<string, string> => {
    const folder = mkdtempSync(join(tmpdir(), 'duecourse-own-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, 'packs'));
    writeFileSync(join(folder, 'packs', name), pack.replace('workingDays: si-2007-462', 'workingDays: our-days'));
    writeFileSync(
      join(folder, 'working-days.yaml'),
      'definitions:\n  - id: our-days\n    title: our own\n    wording: any day but Fridays\n    division: england-and-wales\n    closureDays: true\n    citation: { cite: ours, confidence: U }\n',
    );
    return { DUECOURSE_RULES: folder };
  };

  test('stand beside those of the program, and are shown as theirs', async () => {
    const env = ownRules();
    expect((await cli(['rules', 'list'], env)).out).toMatch(/own +Our own \(the council’s own\)/);
    const shown = await cli(['rules', 'show', 'own'], env);
    expect(shown.out).toContain('version 1  (the council’s own)');
    expect(shown.out).toContain('Working days as in our own: any day but Fridays');
    expect((await cli(['rules', 'show', 'sif-2013'], env)).code).toBe(0);
  });

  test('are found in the folder that the process works in', async () => {
    const { DUECOURSE_RULES: folder = '' } = ownRules();
    const work = mkdtempSync(join(tmpdir(), 'duecourse-work-'));
    onTestFinished(() => rmSync(work, { recursive: true, force: true }));
    cpSync(folder, join(work, 'rules'), { recursive: true });
    expect((await cli(['rules', 'show', 'own'], {}, work)).out).toContain('(the council’s own)');
  });

  test('one that is called like one of the program’s is refused with its line, and takes no other away', async () => {
    const env = ownRules(PACK.replace('id: own\n', 'id: sif-2013\n'), 'sif-2013.yaml');
    const refused = /sif-2013\.yaml:1:5 .*"sif-2013" comes with duecourse/;
    const { code, out } = await cli(['rules', 'list'], env);
    expect([code, out]).toEqual([0, expect.stringMatching(/sif-2013 +can't be used/)]);
    expect(out).toContain('ilacs-2018.v1');
    const shown = await cli(['rules', 'show', 'sif-2013'], env);
    expect([shown.code, shown.err]).toEqual([1, expect.stringMatching(refused)]);
    expect((await cli(['rules', 'show', 'ilacs-2018'], env)).code).toBe(0);
  });

  test('one that is called like one of the program’s is wrong when it is checked, too', async () => {
    const env = ownRules(PACK.replace('id: own\n', 'id: sif-2013\n'), 'sif-2013.yaml');
    const { code, out } = await cli(
      ['rules', 'check', join(env['DUECOURSE_RULES'] ?? '', 'packs', 'sif-2013.yaml')],
      env,
    );
    expect([code, out]).toEqual([1, expect.stringContaining('"sif-2013" comes with duecourse')]);
  });

  test('that do not come to their examples are used nowhere', async () => {
    const wrong = `${PACK}    examples:\n      - { on: 2023-10-17, due: 2023-11-01, why: two weeks }\n`;
    const env = ownRules(wrong);
    const failed = /own\.yaml:17:32 .*comes to Tuesday 31 October 2023/;
    const folder = mkdtempSync(join(tmpdir(), 'duecourse-own-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    cpSync('examples', folder, { recursive: true });
    const inspection = join(folder, 'middlesbrough-2016.yaml');
    const text = readFileSync(inspection, 'utf8');
    expect(text).toContain('framework: sif-2013');
    writeFileSync(inspection, text.replace('framework: sif-2013', 'framework: own'));
    for (const args of [
      ['preview', inspection],
      ['rules', 'sign-off', 'own', '--by', 'Monitoring Officer'],
      ['rules', 'book'],
    ]) {
      const { code, err, out } = await cli(args, env);
      expect([args[0], code, `${err}${out}`]).toEqual([args[0], 1, expect.stringMatching(failed)]);
    }
  });
});

test.each([
  ['an unknown strand', 'strand: other-reporting', 'strand: other', /pack\.yaml:8:13 .*strand/],
  [
    'an unknown definition',
    'workingDays: si-2007-462',
    'workingDays: ours',
    /pack\.yaml:13:18 .*rules\/working-days\.yaml/,
  ],
  [
    'a definition for days that are not working days',
    'unit: working-day',
    'unit: month',
    /pack\.yaml:13:18 .*counts in months/,
  ],
  [
    'a pack that is not there',
    'include: [commitments]',
    'include: [nothing]',
    /pack\.yaml:5:11 .*expected one of the rule packs/,
  ],
  [
    'an id that an included pack has',
    'id: own-duty',
    'id: cabinet-update',
    /pack\.yaml:7:9 .*the pack commitments has a rule/,
  ],
  [
    'years that end before they begin',
    'from: 2020-01-01 }',
    'from: 2020-01-01, until: 2019-01-01 }',
    /pack\.yaml:4:35 .*expected a date from 2020-01-01 on/,
  ],
  [
    'a source that is not on the web',
    'note: Not verified }',
    'note: Not verified, url: "javascript:alert(1)" }',
    /pack\.yaml:15:\d+ .*expected a web address/,
  ],
  [
    'a period that begins with a day and has none',
    '{ n: 10, unit: working-day }',
    '{ n: 0, unit: working-day, convention: beginning-with }',
    /pack\.yaml:12:\d+ .*a period that begins with a day is at least that day/,
  ],
  [
    'a reading that is called like the rule’s own',
    '    strength: guidance',
    '    readings: [{ id: own, period: { n: 5, unit: working-day }, citation: { cite: ours, confidence: L, note: Not verified } }]\n    strength: guidance',
    /pack\.yaml:14:\d+ .*"own" is the rule's own number/,
  ],
  ['a rule without an act', '    act: Do it.\n', '', /pack\.yaml:7.*act/],
])('check names the line of %s', async (_what, good, bad, message) => {
  const { code, out } = await cli(['rules', 'check', fileOf(PACK.replace(good, bad))]);
  expect([code, out]).toEqual([1, expect.stringMatching(message)]);
});

describe('the rule book', () => {
  test('has every duty with its number, its source and its examples, and says what is not verified', async () => {
    const { code, out } = await cli(['rules', 'book']);
    expect(code).toBe(0);
    for (const part of [
      '# What duecourse believes about deadlines',
      '- Ofsted single inspection framework, 2013 to 2017, version 1: Written action plan to Ofsted',
      '#### Written action plan to Ofsted (`written-action-plan`)',
      '- Due 90 working days after the day on which the report was received',
      '- **Another reading (si-2007-462): 70 working days after the day on which the report was received.**',
      '- Example: Friday 2 January 2015, so due Tuesday 14 April 2015 by the reading of 70 working days',
      'Central Bedfordshire Council: call-in of Executive decisions',
      '- A decision can be called in for 8 days after the day of its publication, until 12:00 on the last day',
      'Not signed off by the council.',
    ])
      expect(out).toContain(part);
    const html = await cli(['rules', 'book', '--format', 'html']);
    expect(html.out).toMatch(/^<!DOCTYPE html>\n<html lang="en-GB">/);
    expect(html.out).toContain('<li class="doubtful" dir="auto">Another reading (si-2007-462)');
  });

  test('says who has signed a pack off, and when the file is another since', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'duecourse-signed-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, 'packs'));
    const file = join(folder, 'packs', 'own.yaml');
    writeFileSync(file, PACK);
    const env = { DUECOURSE_RULES: folder };
    const sign = (...args: string[]) => cli(['rules', 'sign-off', ...args], env);
    const signed = await sign('own', '--by', 'Monitoring Officer', '--on', '2026-03-03', '--note', 'read twice');
    expect([signed.code, signed.out]).toEqual([
      0,
      expect.stringContaining('own, version 1: signed off by Monitoring Officer on Tuesday 3 March 2026'),
    ]);
    const book = async () => (await cli(['rules', 'book'], env)).out;
    expect(await book()).toContain('**Signed off by Monitoring Officer on Tuesday 3 March 2026: read twice.**');
    writeFileSync(file, `${PACK}# changed\n`);
    expect(await book()).toContain('read twice. The file is another since: it has to be read again.**');
    expect((await cli(['rules', 'check', folder])).out).toContain(
      'signed-off.yaml is a file of what was signed off: one sign-off',
    );
    expect((await sign('nothing', '--by', 'x')).err).toContain('There is no pack or constitution "nothing"');
    expect((await sign('own', '--by', 'x', '--on', '2999-01-01')).err).toContain('in the future');
    expect((await cli(['rules', 'sign-off', 'sif-2013', '--by', 'x'])).err).toContain('no folder of the council’s own');
  });
});
