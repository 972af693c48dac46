import { mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BadRequest } from '../../client/bad-request.ts';
import { FileProblems } from '../../client/files/file-problems.ts';
import { loadInspectionFile } from '../../client/files/load.ts';
import { readYaml } from '../../client/files/yaml-file.ts';
import { COUNCIL, folderOf, GOOD, problemsOf } from './good-file.ts';

let folder: ReturnType<typeof folderOf> | undefined;
afterEach(() => folder?.remove());

/** The first problem, as `file:line:column found, expected`. */
function firstProblem(files: { inspection?: string | Uint8Array; council?: string }): string {
  folder = folderOf({ 'inspection.yaml': files.inspection ?? GOOD, 'council.yaml': files.council ?? COUNCIL });
  const path = folder.path('inspection.yaml');
  const [first] = problemsOf(() => loadInspectionFile(path));
  if (first === undefined) return 'nothing';
  return `${basename(first.file)}:${first.line}:${first.column} ${first.path}: ${first.found}, ${first.expected}`;
}

/** Changes one place of a text, which must be there. */
function changed(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`"${from}" is not in the good file`);
  return text.replace(from, () => to);
}

interface Case {
  name: string;
  from: string;
  to: string;
  at: string;
  says: string[];
}

const INSPECTION: Case[] = [
  {
    name: 'a date that does not exist',
    from: '2016-02-19',
    to: '2016-02-30',
    at: '7:14',
    says: ['report.published', '"2016-02-30"', 'expected a date that exists'],
  },
  {
    name: 'a date in another order',
    from: '2016-02-19',
    to: '19/02/2016',
    at: '7:14',
    says: ['"19/02/2016"', 'YYYY-MM-DD'],
  },
  {
    name: 'an unknown key with its likely meaning',
    from: '  published:',
    to: '  publishd:',
    at: '7:3',
    says: ['the key "publishd"', 'expected "published"'],
  },
  {
    name: 'an unknown key like no other',
    from: 'title: A test',
    to: 'title: A test\ncolour: red',
    at: '3:1',
    says: ['the key "colour"', 'expected one of'],
  },
  {
    name: 'an unknown key deep down',
    from: 'title: Act,',
    to: 'title: Act, onwer: director,',
    at: '16:26',
    says: ['actions[0].onwer', 'expected "owner"'],
  },
  {
    name: 'an unknown strand',
    from: '{ plan-submission: director }',
    to: '{ plan-submision: director }',
    at: '17:11',
    says: ['plan-submision', 'expected "plan-submission"'],
  },
  { name: 'a missing key', from: 'title: A test\n', to: '', at: '1:1', says: ['title:', 'nothing', 'expected text'] },
  {
    name: 'a missing key in a list',
    from: '    title: Theme\n',
    to: '',
    at: '11:5',
    says: ['themes[0].title', 'nothing', 'expected text'],
  },
  {
    name: 'an empty value',
    from: 'title: A test',
    to: 'title:',
    at: '2:7',
    says: ['title', 'nothing', 'expected text'],
  },
  {
    name: 'an empty mapping',
    from: 'report:\n  published: 2016-02-19',
    to: 'report: {}',
    at: '6:9',
    says: ['report', 'received, or, failing that, published'],
  },
  {
    name: 'text for a list',
    from: '[i]',
    to: 'i',
    at: '14:22',
    says: ['themes[0].recommendations', '"i"', 'expected a list'],
  },
  {
    name: 'a name that is no slug',
    from: 'framework: sif-2013',
    to: 'framework: SIF 2013',
    at: '4:12',
    says: ['"SIF 2013"', 'lower-case letters'],
  },
  {
    name: 'a framework nobody knows',
    from: 'sif-2013',
    to: 'sif-2031',
    at: '4:12',
    says: [
      '"sif-2031"',
      'coroner-regulation-28, cqc, ',
      'si-2007-462, sif-2013, slac-2009',
      'did you mean "sif-2013"?',
    ],
  },
  {
    name: 'an authority that is missing',
    from: 'authority: council.yaml\n',
    to: '',
    at: '1:1',
    says: ['authority', 'expected the path of an authority file'],
  },
  {
    name: 'an authority file that is not there',
    from: 'council.yaml',
    to: 'counsel.yaml',
    at: '3:12',
    says: ['authority', 'counsel.yaml'],
  },
  {
    name: 'an unknown unit',
    from: 'unit: month',
    to: 'unit: months',
    at: '16:58',
    says: ['actions[0].due.unit', '"months"', 'working-day, calendar-day, week, month'],
  },
  {
    name: 'a number that is no whole one',
    from: 'n: 6',
    to: 'n: 6.5',
    at: '16:49',
    says: ['actions[0].due.n', '6.5', 'a whole number'],
  },
  {
    name: 'a due date that is neither',
    from: 'due: { n: 6, unit: month }',
    to: 'due: [soon]',
    at: '16:44',
    says: ['actions[0].due', 'a list', 'text or a mapping'],
  },
  {
    name: 'a due date that does not exist',
    from: 'due: { n: 6, unit: month }',
    to: 'due: 2016-13-01',
    at: '16:44',
    says: ['actions[0].due', '"2016-13-01"', 'expected a date that exists'],
  },
  {
    name: 'an inspection that ends before it begins',
    from: 'until: 2015-12-17',
    to: 'until: 2015-11-01',
    at: '5:39',
    says: ['ends (2015-11-01) before it begins (2015-11-23)'],
  },
  {
    name: 'a report before the end of the inspection',
    from: 'published: 2016-02-19',
    to: 'published: 2015-12-01',
    at: '7:14',
    says: ["can't have been published on 2015-12-01", '2015-12-17'],
  },
  {
    name: 'a recommendation nobody made',
    from: '[i]',
    to: '[i, ii]',
    at: '14:26',
    says: ['there is no recommendation "ii"'],
  },
  {
    name: 'a theme nobody named',
    from: 'theme: so-1',
    to: 'theme: so-2',
    at: '16:33',
    says: ['there is no theme "so-2"'],
  },
  {
    name: 'an officer nobody is',
    from: 'officer: director',
    to: 'officer: directer',
    at: '13:14',
    says: ['themes[0].officer', 'a role of Anyborough Council', 'did you mean "director"'],
  },
  {
    name: 'an owner of a strand nobody is',
    from: '{ plan-submission: director }',
    to: '{ plan-submission: mayor }',
    at: '17:28',
    says: ['owners.plan-submission', '"mayor"', 'a role of'],
  },
  {
    name: 'an owner of an action nobody is',
    from: 'theme: so-1,',
    to: 'theme: so-1, owner: mayor,',
    at: '16:46',
    says: ['actions[0].owner', '"mayor"'],
  },
  {
    name: 'an owner of a commitment nobody is',
    from: '    body: cabinet\n',
    to: '    owner: mayor\n',
    at: '20:12',
    says: ['commitments[0].owner', '"mayor"'],
  },
  {
    name: 'someone who did something and is nobody',
    from: 'by: director',
    to: 'by: mayor',
    at: '24:92',
    says: ['happened[0].by', '"mayor"'],
  },
  {
    name: 'a body of a commitment that is none',
    from: '    body: cabinet\n',
    to: '    body: executive\n',
    at: '20:11',
    says: ['commitments[0].body', 'a body of Anyborough Council: cabinet'],
  },
  {
    name: 'a body of a decision that is none',
    from: 'body: cabinet,',
    to: 'body: cabinets,',
    at: '22:30',
    says: ['decisions[0].body', 'did you mean "cabinet"'],
  },
  {
    name: 'a rule the pack does not have',
    from: 'rule: cabinet-update',
    to: 'rule: cabinet-updates',
    at: '19:11',
    says: ['commitments[0].rule', 'a rule of sif-2013', 'did you mean "cabinet-update"'],
  },
  {
    name: 'a decision published before it is taken',
    from: 'publishedOn: 2016-05-11',
    to: 'publishedOn: 2016-05-09',
    at: '22:73',
    says: ["can't be published (2016-05-09)"],
  },
  {
    name: 'the same key twice',
    from: 'title: A test',
    to: 'title: A test\ntitle: Again',
    at: '3:1',
    says: ['this key stands here twice'],
  },
  {
    name: 'a key that would be lost without a word',
    from: '{ plan-submission: director }',
    to: '{ __proto__: director }',
    at: '17:11',
    says: ['this key is not a name'],
  },
  {
    name: 'a list for a key',
    from: 'title: A test',
    to: 'title: A test\n? [a, b]\n: c',
    at: '3:3',
    says: ['this key is not a name'],
  },
  { name: 'a tab', from: '  published:', to: '\tpublished:', at: '7:1', says: ['a tab; indent with spaces'] },
  { name: 'a bracket left open', from: '[i]', to: '[i', at: '15:1', says: ['this is not YAML'] },
  {
    name: 'a second document',
    from: 'title: A test',
    to: 'title: A test\n---\nreference: 1',
    at: '3:1',
    says: ['a second document'],
  },
  {
    name: 'a tag of its own',
    from: 'title: A test',
    to: 'title: !secret A test',
    at: '2:8',
    says: ['this is not YAML', '!secret'],
  },
  { name: 'an alias to nothing', from: 'title: A test', to: 'title: *nowhere', at: '2:8', says: ['alias', 'nowhere'] },
];

const AUTHORITY: Case[] = [
  {
    name: 'an address that is none',
    from: 'director@anyborough.example.org',
    to: 'director at anyborough',
    at: '6:45',
    says: ['roles[1].email', 'an email address'],
  },
  {
    name: 'a role that answers to nobody there',
    from: 'reportsTo: chief-executive',
    to: 'reportsTo: mayor',
    at: '6:89',
    says: ['roles[1].reportsTo', '"mayor"', 'chief-executive, director, clerk'],
  },
  {
    name: 'a division nobody knows',
    from: 'england-and-wales',
    to: 'wales',
    at: '3:11',
    says: ['"wales"', 'england-and-wales, scotland, northern-ireland'],
  },
  {
    name: 'a role twice',
    from: '{ id: clerk',
    to: '{ id: director',
    at: '7:11',
    says: ['the role "director" is defined twice'],
  },
  {
    name: 'a constitution that is not there',
    from: 'name: Anyborough Council',
    to: 'name: Anyborough Council\nconstitution: elsewhere',
    at: '3:15',
    says: ['"elsewhere"', 'middlesbrough, peterborough'],
  },
  {
    name: 'a closure day beyond the known years',
    from: 'name: Anyborough Council',
    to: 'name: Anyborough Council\nclosureDays: [{ date: 2051-12-29, title: Closed }]',
    at: '3:23',
    says: ['closureDays[0].date', '2006-01-01 to 2040-12-31'],
  },
  {
    name: 'no administrator',
    from: ', administrator: clerk',
    to: '',
    at: '8:8',
    says: ['chain.administrator', 'nothing'],
  },
];

describe('a bad inspection file is told by line and column', () => {
  it('finds nothing wrong with the good one', () => {
    expect(firstProblem({})).toBe('nothing');
  });

  it.each(INSPECTION)('$name', ({ from, to, at, says }) => {
    const said = firstProblem({ inspection: changed(GOOD, from, to) });
    expect(said).toContain(`inspection.yaml:${at} `);
    for (const part of says) expect(said).toContain(part);
  });

  it.each(AUTHORITY)('in the authority file: $name', ({ from, to, at, says }) => {
    const said = firstProblem({ council: changed(COUNCIL, from, to) });
    expect(said).toContain(`council.yaml:${at} `);
    for (const part of says) expect(said).toContain(part);
  });

  it('in an authority written out in the file', () => {
    const inline = COUNCIL.replace('reportsTo: chief-executive', 'reportsTo: mayor').replaceAll(/^/gm, '  ').trimEnd();
    const said = firstProblem({ inspection: changed(GOOD, 'authority: council.yaml', `authority:\n${inline}`) });
    expect(said).toContain('inspection.yaml:9:91 authority.roles[1].reportsTo: "mayor"');
  });

  it('tells of everything at once, in the order of the lines', () => {
    const inspection = changed(changed(GOOD, '2016-02-19', '2016-02-30'), 'unit: month', 'unit: months');
    folder = folderOf({ 'inspection.yaml': inspection, 'council.yaml': COUNCIL });
    const path = folder.path('inspection.yaml');
    expect(problemsOf(() => loadInspectionFile(path)).map(({ line }) => line)).toEqual([7, 16]);
  });

  it('writes a line for each problem', () => {
    const problem = {
      file: 'examples/x.yaml',
      line: 12,
      column: 15,
      path: 'report.received',
      found: '"2016-02-30"',
      expected: 'expected a date that exists',
    };
    expect(
      new FileProblems([problem, { ...problem, path: '', found: '', expected: 'a tab; indent with spaces' }]).message,
    ).toBe(
      'examples/x.yaml:12:15  report.received: found "2016-02-30", expected a date that exists\nexamples/x.yaml:12:15  a tab; indent with spaces',
    );
  });
});

describe('a file that is no inspection file at all', () => {
  const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefgh'
    .split('')
    .map(
      (name, index) =>
        `${name}: &${name} [${Array(9)
          .fill(`*${'abcdefg'[index] ?? 'a'}`)
          .join(', ')}]`,
    )
    .join('\n')}\n`;

  it.each([
    ['empty', '', '1:1', 'an empty file'],
    ['nothing but a comment', '# to do\n', '1:1', 'an empty file'],
    ['a list', '- one\n', '1:1', 'a list, expected an inspection’s file: keys with their values'],
    ['a text', 'hello\n', '1:1', '"hello", expected an inspection’s file: keys with their values'],
    ['an alias bomb', bomb, '2:8', 'aliases (*) refer to each other too often'],
    ['nested without end', `a: ${'['.repeat(50_000)}`, '1:', 'nested too deeply'],
    ['larger than 8 MiB', `# ${'x'.repeat(8 * 1024 * 1024)}\n${GOOD}`, '1:1', 'expected at most 8 MiB'],
  ])('%s', (_, inspection, at, says) => {
    const said = firstProblem({ inspection });
    expect(said).toContain(`inspection.yaml:${at}`);
    expect(said).toContain(says);
  });

  it('tells the line that is not UTF-8', () => {
    const said = firstProblem({ inspection: Buffer.from(changed(GOOD, 'A test', 'Caf\u00e9'), 'latin1') });
    expect(said).toContain('inspection.yaml:2:1 : bytes that are not UTF-8 text, expected a YAML file saved as UTF-8');
  });

  it('tells a folder and a missing file apart', () => {
    folder = folderOf({});
    const path = folder.path('folder.yaml');
    mkdirSync(path);
    const missing = folder.path('missing.yaml');
    expect(problemsOf(() => loadInspectionFile(path))).toMatchObject([{ found: 'a folder', line: 1, column: 1 }]);
    expect(problemsOf(() => loadInspectionFile(missing))).toMatchObject([
      { found: 'no such file', line: 1, column: 1 },
    ]);
  });
});

describe('what is typed is what is read', () => {
  const schema = z.strictObject({ reference: z.string(), at: z.string().optional(), n: z.number().optional() });
  const read = (text: string) => {
    folder = folderOf({ 'file.yaml': text });
    return readYaml(folder.path('file.yaml'), schema);
  };

  it.each([
    ['a number', 'reference: 2016', '2016'],
    ['a number with a zero before it', 'reference: 007', '007'],
    ['a fraction', 'reference: 1.10', '1.10'],
    ['a truth value', 'reference: true', 'true'],
    ['a date', 'reference: 2016-02-19', '2016-02-19'],
    ['a time, even in YAML 1.1', '%YAML 1.1\n---\nreference: 24:00', '24:00'],
    ['a file that begins with a byte order mark', '\uFEFFreference: 2016', '2016'],
  ])('%s', (_, text, reference) => {
    expect(read(text)).toEqual({ reference });
  });

  it('leaves a number a number where one is wanted', () => {
    expect(read('reference: 1\nn: 2')).toEqual({ reference: '1', n: 2 });
  });
});

describe('a date of receipt given from outside', () => {
  const load = (received: string) => {
    folder = folderOf({ 'inspection.yaml': GOOD, 'council.yaml': COUNCIL });
    return loadInspectionFile(folder.path('inspection.yaml'), { received });
  };

  it('stands in the place of the file’s own', () => {
    expect(load('2016-02-12').inspection.report).toEqual({ received: '2016-02-12', published: '2016-02-19' });
  });

  it('takes the file’s time of receipt away with its date', () => {
    const inspection = changed(GOOD, 'published: 2016-02-19', 'received: 2016-02-12\n  receivedAt: "18:30"');
    folder = folderOf({ 'inspection.yaml': inspection, 'council.yaml': COUNCIL });
    const { report } = loadInspectionFile(folder.path('inspection.yaml'), { received: '2016-02-15' }).inspection;
    expect(report).toEqual({ received: '2016-02-15' });
  });

  it('is refused before the end of the inspection', () => {
    expect(() => load('2015-12-16')).toThrow(BadRequest);
    expect(() => load('2015-12-16')).toThrow(
      "can't have been received on 2015-12-16, before the inspection ended on 2015-12-17",
    );
  });

  it('is refused where it does not exist', () => {
    expect(() => load('2016-02-30')).toThrow('expected a date that exists');
  });
});
