import { calendarOf } from '../../domain/lifecycle/state.ts';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkFile } from '../../client/files/check-file.ts';
import { filesAt } from '../../client/files/files-at.ts';
import { jsonSchemas, jsonSchemasFolder } from '../../client/files/json-schemas.ts';
import { loadInspectionFile } from '../../client/files/load.ts';
import { loadStart } from '../../client/files/load-start.ts';
import {
  listConstitutions,
  listRulePacks,
  loadConstitution,
  loadRulePack,
  resolveRules,
} from '../../client/files/rules.ts';
import { plan } from '../../domain/plan/plan.ts';
import { packageRoot } from '../../platform/package-root.ts';

const root = packageRoot();
const filesIn = (...folder: string[]) => readdirSync(join(root, ...folder)).filter((name) => name.endsWith('.yaml'));
const load = (name: string) => loadInspectionFile(join(root, 'examples', `${name}.yaml`));
const EXAMPLES = filesIn('examples').map((name) => name.replace(/\.yaml$/, ''));
const FOLDERS = [['examples'], ['examples', 'authorities'], ['rules', 'packs'], ['rules', 'constitutions']];
const ALL = FOLDERS.flatMap((folder) => filesIn(...folder).map((name) => join(...folder, name)));

/** The due dates of an example's milestones by their ids, cycles up to a date. */
function dueDates(name: string, until = '2018-12-31'): Map<string, string> {
  const loaded = loadStart(join(root, 'examples', `${name}.yaml`));
  return new Map(plan(loaded.facts, calendarOf(loaded), { cycles: { until } }).map(({ id, due }) => [id, due]));
}

describe('the examples', () => {
  it('are these five', () => {
    expect(EXAMPLES.toSorted()).toEqual([
      'middlesbrough-2011',
      'middlesbrough-2016',
      'middlesbrough-2020',
      'stockton-on-tees-2010',
      'worcestershire-2016',
    ]);
  });

  it.each(EXAMPLES)('%s loads, with its sources and its constitution', (name) => {
    const { inspection, authority, constitution, rules } = load(name);
    expect(inspection.sources.length).toBeGreaterThan(0);
    expect(constitution?.id).toBe(authority.constitution);
    const own: Record<string, string[]> = {
      'slac-2009': [],
      'sif-2013': ['report-publication'],
      'ilacs-2018': ['focused-visit-draft', 'focused-visit-plan', 'monitoring-visit', 'report-publication'],
    };
    expect(rules.map((rule) => rule.id).toSorted()).toEqual(
      [
        'cabinet-update',
        'member-briefing',
        'member-question',
        'written-action-plan',
        ...(own[inspection.framework] ?? ['an unknown framework']),
      ].toSorted(),
    );
  });

  it.each(EXAMPLES)('%s has a theme with an officer for every recommendation', (name) => {
    const { recommendations, themes } = load(name).inspection;
    const covered = themes.flatMap((theme) => theme.recommendations);
    expect(covered.toSorted()).toEqual(recommendations.map(({ id }) => id).toSorted());
  });

  it.each([
    ['middlesbrough-2016', 16, 8],
    ['worcestershire-2016', 14, 8],
  ])('%s has its %i recommendations and %i themes', (name, recommendations, themes) => {
    const { inspection } = load(name);
    expect(inspection.recommendations).toHaveLength(recommendations);
    expect(inspection.themes).toHaveLength(themes);
  });

  it('has an action for each of Middlesbrough’s sixteen recommendations', () => {
    const { actions, recommendations } = load('middlesbrough-2016').inspection;
    expect(new Set(actions.flatMap((action) => action.recommendations))).toEqual(
      new Set(recommendations.map(({ id }) => id)),
    );
  });

  it.each(ALL)('%s names no address outside example.org', (name) => {
    const addresses = readFileSync(join(root, name), 'utf8').match(/[\w.+-]+@[\w.-]+/g) ?? [];
    expect(addresses.filter((address) => !/@([a-z-]+\.)?example\.org$/.test(address))).toEqual([]);
  });

  it.each(['middlesbrough', 'stockton-on-tees', 'worcestershire'])(
    '%s has a chain that ends at its chief executive',
    (name) => {
      const example = EXAMPLES.find((each) => each.startsWith(name)) ?? '';
      const { roles, chain } = load(example).authority;
      const above = (id: string): string => roles.find((role) => role.id === id)?.reportsTo ?? id;
      const owners = roles.filter((role) => role.capacity === 'owner').map((role) => role.id);
      expect(owners.length).toBeGreaterThan(5);
      for (const owner of owners) expect(above(above(above(above(owner))))).toBe(chain.chiefExecutive);
    },
  );
});

describe('the dates that are known', () => {
  it('Middlesbrough’s plan of 2016 is due on 30 June, by the stricter reading on 2 June', () => {
    const loaded = loadStart(join(root, 'examples', 'middlesbrough-2016.yaml'));
    const submission = plan(loaded.facts, calendarOf(loaded), { cycles: { until: '2016-12-31' } }).find(
      ({ strand }) => strand === 'plan-submission',
    );
    expect(submission).toMatchObject({
      id: 'plan-submission/written-action-plan',
      due: '2016-06-30',
      stricter: { due: '2016-06-02' },
      extendable: false,
    });
    expect(submission?.explanation.join(' ')).toContain('Middlesbrough Council');
  });

  it.each(['worcestershire-2016', 'middlesbrough-2011', 'middlesbrough-2016'])(
    '%s says that another date stands in for the receipt',
    (name) => {
      const loaded = loadStart(join(root, 'examples', `${name}.yaml`));
      const [submission] = plan(loaded.facts, calendarOf(loaded), { cycles: { until: '2011-12-31' } }).filter(
        ({ strand }) => strand === 'plan-submission',
      );
      expect(submission?.explanation.join(' ')).toContain('this date stands in for it');
    },
  );

  it('Stockton’s call-in window closes on 5 November 2010', () => {
    expect(dueDates('stockton-on-tees-2010').get('call-in-window/inspection-outcome')).toBe('2010-11-05');
  });

  it('Middlesbrough’s plan of 2011 is due on 31 October', () => {
    const due = dueDates('middlesbrough-2011');
    expect(due.get('plan-submission/written-action-plan')).toBe('2011-10-31');
    expect(due.get('improvement-actions/board-18-august')).toBe('2011-08-18');
  });

  it('Worcestershire’s Cabinet hears every three months', () => {
    const due = [...dueDates('worcestershire-2016', '2017-12-31')].filter(([id]) => id.startsWith('cabinet-updates/'));
    expect(due.map(([, date]) => date)).toEqual(['2017-04-24', '2017-07-24', '2017-10-24']);
  });

  it('Middlesbrough’s briefings of 2020 come every month, moved past weekends and holidays', () => {
    const due = [...dueDates('middlesbrough-2020', '2020-09-30')].filter(([id]) => id.startsWith('member-briefings/'));
    expect(due.map(([, date]) => date)).toEqual(['2020-06-01', '2020-06-30', '2020-07-30', '2020-09-01', '2020-09-30']);
  });
});

describe('the rules', () => {
  it('are these packs and constitutions', () => {
    expect(listRulePacks()).toEqual([
      'adult-complaints-2009',
      'best-value-notice',
      'children-complaints-2006',
      'commitments',
      'coroner-regulation-28',
      'cqc',
      'cqc-assessment',
      'dfe-improvement-notice',
      'eir-2004',
      'external-audit-2014',
      'foi-2000',
      'hmicfrs-2017',
      'hmicfrs-fire',
      'housing-ombudsman-2024',
      'ilacs-2018',
      'jtai-2016',
      'lga-peer-challenge',
      'lgsco',
      's114-reports',
      's114a-reports',
      's5-reports',
      's5a-reports',
      'schools-causing-concern',
      'scrutiny-response',
      'send-2016',
      'send-2023',
      'send-accelerated-progress',
      'si-2007-462',
      'sif-2013',
      'slac-2009',
      'subject-access',
      'youth-justice-plans',
    ]);
    expect(listConstitutions()).toEqual([
      'bracknell-forest',
      'central-bedfordshire',
      'cheshire-east',
      'east-sussex',
      'gloucestershire',
      'greenwich',
      'isle-of-wight',
      'merton',
      'middlesbrough',
      'peterborough',
      'salford',
      'southwark',
      'stockton-on-tees',
      'torbay',
      'trafford',
      'uttlesford',
      'wiltshire',
      'worcestershire',
    ]);
  });

  it.each(listRulePacks())('pack %s loads, and says "Not verified" wherever it is not', (id) => {
    const pack = loadRulePack(id);
    const citations = resolveRules(pack).flatMap((rule) => [
      rule.citation,
      ...rule.readings.map((each) => each.citation),
    ]);
    expect(
      citations.filter(({ confidence, note = '' }) => confidence === 'L' && !note.startsWith('Not verified')),
    ).toEqual([]);
  });

  const files = filesAt(join(packageRoot(), 'rules', 'packs')).concat(
    filesAt(join(packageRoot(), 'rules', 'constitutions')),
  );

  it.each(files.map((file) => [basename(file), file]))(
    '%s: each rule has an example, and each comes out',
    (_name, file) => {
      const { problems, warnings, examples } = checkFile(file, new Date().toISOString());
      expect(problems).toEqual([]);
      expect(
        warnings.map((each) => each.expected).filter((text) => /no worked example|should be named/.test(text)),
      ).toEqual([]);
      expect(examples).toBeGreaterThan(0);
    },
  );

  it('an example that does not come out is refused with its line: of a rule, a reading, a round, a window', () => {
    const broken = [
      ['packs/sif-2013.yaml', 'due: 2015-04-14', 'due: 2015-04-15', 'the rule comes to Tuesday 14 April 2015'],
      ['packs/ilacs-2018.yaml', 'due: 2024-09-06', 'due: 2024-09-09', 'the rule comes to Friday 6 September 2024'],
      [
        'constitutions/central-bedfordshire.yaml',
        'closes: 2017-08-11',
        'closes: 2017-08-14',
        'closes on Friday 11 August 2017',
      ],
      [
        'constitutions/wiltshire.yaml',
        'effective: 2024-11-27',
        'effective: 2024-11-26',
        'from Wednesday 27 November 2024 on',
      ],
    ] as const;
    const folder = mkdtempSync(join(tmpdir(), 'duecourse-examples-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const [name, good, bad, said] of broken) {
      const file = join(folder, basename(name));
      const text = readFileSync(join(packageRoot(), 'rules', name), 'utf8');
      expect(text).toContain(good);
      writeFileSync(file, text.replace(good, bad));
      const { problems } = checkFile(file, new Date().toISOString());
      expect(problems.map((each) => each.expected).join()).toContain(said);
    }
  });

  it('has windows of 3, 4, 5 and 8 days, to midday, 16:00, 17:00 and midnight, from the councils’ own words where they were read', () => {
    const all = listConstitutions().map((id) => loadConstitution(id));
    expect(all.length).toBeGreaterThanOrEqual(12);
    expect(new Set(all.map(({ callIn }) => callIn.window.n))).toEqual(new Set([3, 4, 5, 8]));
    expect(new Set(all.map(({ callIn }) => callIn.closes))).toEqual(new Set(['12:00', '16:00', '17:00', '24:00']));
    for (const { id, citation } of all)
      expect([id, citation.note ?? '']).toEqual([id, expect.stringMatching(/read|seen|Not verified|observed/i)]);
    const stated = all.filter(({ examples }) => examples.some(({ source }) => source !== undefined));
    expect(stated.length).toBeGreaterThanOrEqual(12);
  });

  it('takes the version of a pack or a constitution that was in force', () => {
    expect(loadConstitution('east-sussex', '2024-05-01').callIn.window.n).toBe(4);
    expect(loadConstitution('east-sussex', '2026-05-01').callIn.window.n).toBe(5);
    expect([
      loadRulePack('ilacs-2018', '2026-03-31').version,
      loadRulePack('ilacs-2018', '2026-04-01').version,
    ]).toEqual([1, 2]);
    // Where none was in force, whoever reads it finds the newest, and refuses it by its years.
    expect(loadConstitution('isle-of-wight', '2026-05-01').valid.until).toBe('2012-09-09');
  });

  it('lets a pack’s own rule stand before an included one', () => {
    const pack = loadRulePack('sif-2013');
    const own = { ...loadRulePack('commitments').rules[0], title: 'Its own' } as (typeof pack.rules)[number];
    const rules = resolveRules({ ...pack, rules: [...pack.rules, own] });
    expect(rules.filter(({ id }) => id === own.id).map(({ title }) => title)).toEqual(['Its own']);
  });

  it('refuses packs that include each other in a circle', () => {
    const pack = { ...loadRulePack('sif-2013') };
    expect(() => resolveRules(pack, ['commitments'])).toThrow(
      'rules/packs/sif-2013.yaml:7:11  include[0]: the packs commitments → sif-2013 → commitments include each other in a circle',
    );
  });

  it('refuses a pack that is not there', () => {
    expect(() => loadRulePack('../packs/sif-2013')).toThrow('found no such file');
  });
});

describe('the JSON Schemas', () => {
  it('are up to date: if not, run node --import tsx client/files/json-schemas.ts', () => {
    for (const [name, text] of Object.entries(jsonSchemas()))
      expect(readFileSync(join(jsonSchemasFolder(), name), 'utf8')).toBe(text);
    expect(readdirSync(jsonSchemasFolder()).toSorted()).toEqual(Object.keys(jsonSchemas()).toSorted());
  });

  it.each(ALL)('%s names its own in its first line', (name) => {
    const [first = ''] = readFileSync(join(root, name), 'utf8').split('\n');
    const schema = /^# yaml-language-server: \$schema=(?<path>\S+)$/.exec(first)?.groups?.['path'] ?? '';
    expect(Object.keys(jsonSchemas()).map((each) => join('rules', 'schemas', each))).toContain(
      join(name, '..', schema),
    );
  });
});
