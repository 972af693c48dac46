import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { askFirstAnswers } from '../../client/cli/ask-first-answers.ts';
import { councilShortName } from '../../domain/authority/first-authority.ts';
import { cli } from '../support/cli.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'duecourse-init-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const ALL = [
  ...['--council', 'Anyborough Council', '--division', 'england-and-wales'],
  ...['--email', 'democratic-services@anyborough.example.org', '--reference', '2026'],
  ...['--title', "Ofsted's inspection: June 2026", '--framework', 'ilacs-2018'],
  ...['--fieldwork-from', '2026-06-01', '--fieldwork-until', '2026-06-19', '--received', '2026-08-03'],
];

test('with everything given, both files pass check as they are, and follow to dates', async () => {
  const to = join(folder(), 'our council');
  const made = await cli(['init', to, ...ALL]);
  expect([made.code, made.err]).toEqual([0, '']);
  expect(made.out).not.toContain('Still to be done');
  const checked = await cli(['check', join(to, 'authority.yaml'), join(to, 'inspection-2026.yaml')]);
  expect([checked.code, checked.out]).toEqual([0, expect.stringContaining("Ofsted's inspection: June 2026")]);
  const preview = await cli(['preview', join(to, 'inspection-2026.yaml'), '--json']);
  expect(JSON.parse(preview.out)).toMatchObject({
    reference: 'anyborough/2026',
    milestones: expect.arrayContaining([
      expect.objectContaining({ id: 'plan-submission/written-action-plan', due: '2026-11-10' }),
    ]) as unknown,
  });
  for (const name of ['authority.yaml', 'inspection-2026.yaml'])
    expect(readFileSync(join(to, name), 'utf8')).toMatch(/^# yaml-language-server: \$schema=\S+\.schema\.json\n#/);
});

test('each part that is commented out is right as it stands: taken in, it passes check too', async () => {
  const to = folder();
  await cli(['init', to, ...ALL]);
  for (const name of ['authority.yaml', 'inspection-2026.yaml']) {
    const path = join(to, name);
    const lines = readFileSync(path, 'utf8').split('\n');
    const open = lines.map((line) =>
      /^\s*# +([a-zA-Z]+:|- \{|- id:| {2,}[a-z]+:)/.test(line) && !/[.)]$/.test(line) ? line.replace('# ', '') : line,
    );
    // Of two ways to write one key, the one that was there goes; leadMember is a role that the file does not have.
    const once = open.filter((line) => !/^ {4}meetings: \[\]$|leadMember/.test(line));
    writeFileSync(path, once.join('\n'));
  }
  const { out, code } = await cli(['check', join(to, 'authority.yaml'), join(to, 'inspection-2026.yaml')]);
  expect([out.match(/Wrong.*|.*:\d+:\d+ {2}\S.*(expected|YAML).*/g), code]).toEqual([null, 0]);
  const preview = await cli(['preview', join(to, 'inspection-2026.yaml'), '--short']);
  expect(preview.out).toContain('Put one supervision standard in place');
  expect(preview.out).toContain('Update on the improvement plan to Cabinet');
});

test('with --yes nothing is asked, and what is left to be filled in is named with its line, by init and by check', async () => {
  const to = folder();
  const made = await cli(['init', to, '--yes', '--council', 'Anyborough Council', '--division', 'scotland', '--json']);
  expect(made.code).toBe(0);
  const { written, left } = JSON.parse(made.out) as { written: string[]; left: string[] };
  expect(written).toEqual([join(to, 'authority.yaml'), join(to, 'inspection.yaml')]);
  const LEFT = [
    'reference',
    'title',
    'framework',
    'fieldwork.from',
    'fieldwork.until',
    'report.received',
    'roles[4].email',
  ];
  expect(left.map((each) => /:\d+ {2}(\S+): still to be filled in$/.exec(each)?.[1])).toEqual(LEFT);
  const { code, out } = await cli(['check', join(to, 'inspection.yaml')]);
  expect([code, out.match(/still to be filled in/g)]).toEqual([1, LEFT.map(() => 'still to be filled in')]);
  expect((await cli(['preview', join(to, 'inspection.yaml')])).code).toBe(1);
});

test('where nobody can be asked, all that is missing is named at once, and nothing is written', async () => {
  const to = folder();
  const { code, err } = await cli(['init', to, '--council', 'Anyborough Council']);
  expect([code, err]).toEqual([
    2,
    expect.stringContaining(
      'give --division, --email, --title, --reference, --framework, --fieldwork-from, --fieldwork-until, --received; or --yes',
    ),
  ]);
  expect(existsSync(join(to, 'authority.yaml'))).toBe(false);
});

test.each([
  [['--email', 'nobody'], '--email: "nobody": expected an email address'],
  [['--reference', 'Juni 2026'], '--reference: "Juni 2026": expected lower-case letters'],
  [
    ['--fieldwork-until', '2026-05-01'],
    '--fieldwork-until: "2026-05-01": it can’t be before the first day (2026-06-01)',
  ],
  [['--received', '2026-06-18'], '--received: "2026-06-18": it can’t be before the last day of the inspection'],
  [['--framework', 'ilacs'], 'ilacs-2018'],
])('%j is refused', async (wrong, sentence) => {
  const to = folder();
  const { code, err } = await cli(['init', to, ...ALL, ...wrong]);
  expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  expect(existsSync(join(to, 'authority.yaml'))).toBe(false);
});

test.each(['authority.yaml', 'inspection-2026.yaml'])('never writes over %s', async (name) => {
  const to = folder();
  writeFileSync(join(to, name), 'mine');
  const { code, err } = await cli(['init', to, ...ALL]);
  expect([code, err]).toEqual([1, expect.stringContaining('is there already, and is not written over')]);
  expect(readFileSync(join(to, name), 'utf8')).toBe('mine');
  expect(['authority.yaml', 'inspection-2026.yaml'].filter((each) => existsSync(join(to, each)))).toEqual([name]);
});

describe('asked on a terminal', () => {
  /** Answers each question as it comes up. */
  async function asked(given: Parameters<typeof askFirstAnswers>[0], answers: [question: string, keys: string][]) {
    const [input, output] = [new PassThrough(), new PassThrough()];
    Object.assign(output, { columns: 200, rows: 50 });
    const waiting = [...answers];
    let seen = '';
    output.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      const [next] = waiting;
      if (next === undefined || !seen.includes(next[0])) return;
      waiting.shift();
      seen = '';
      setImmediate(() => {
        for (const key of next[1]) input.write(key);
      });
    });
    const result = await askFirstAnswers(given, { input, output });
    expect(waiting).toEqual([]);
    return result;
  }

  test('what was not given is asked for, what is wrong is asked for again, what is empty stays open', async () => {
    const answers = await asked({ council: 'Anyborough Council', framework: 'ilacs-2018' }, [
      ['bank holidays', '\r'],
      ['administrator', 'dem@anyborough.example.org\r'],
      ['inspection called', 'June: an inspection\r'],
      ['short name', '\r'],
      ['first day', '01/06/2026\r'],
      ['write 2026-06-01', `${'\u007f'.repeat(10)}2026-06-01\r`],
      ['last day', '2026-06-19\r'],
      ['received', '2026-08-03\r'],
      ['published', '\r'],
    ]);
    expect(answers).toEqual({
      council: 'Anyborough Council',
      framework: 'ilacs-2018',
      division: 'england-and-wales',
      email: 'dem@anyborough.example.org',
      title: 'June: an inspection',
      fieldworkFrom: '2026-06-01',
      fieldworkUntil: '2026-06-19',
      received: '2026-08-03',
    });
  });

  test('Ctrl-C breaks it off', async () => {
    await expect(asked({}, [['council called', '\u0003']])).rejects.toThrow('Nothing was written.');
  });
});

test.each([
  ['Middlesbrough Council', 'middlesbrough'],
  ['London Borough of Barking and Dagenham', 'barking-and-dagenham'],
  ['King’s Lynn & West Norfolk Borough Council', 'kings-lynn-west-norfolk'],
  ['Ynys Môn County Council', 'ynys-mon'],
  ['City of London', 'city-of-london'],
])('%s has the short name %s', (council, short) => {
  expect(councilShortName(council)).toBe(short);
});
