import { calendarOf } from '../../domain/lifecycle/state.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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

  it('Middlesbrough’s plan of 2011 is due on 28 November', () => {
    const due = dueDates('middlesbrough-2011');
    expect(due.get('plan-submission/written-action-plan')).toBe('2011-11-28');
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
      'commitments',
      'coroner-regulation-28',
      'cqc',
      'hmicfrs-2017',
      'ilacs-2018',
      'jtai-2016',
      'lgsco',
      'send-2016',
      'send-2023',
      'si-2007-462',
      'sif-2013',
      'slac-2009',
    ]);
    expect(listConstitutions()).toEqual([
      'bracknell-forest',
      'central-bedfordshire',
      'east-sussex',
      'gloucestershire',
      'isle-of-wight',
      'middlesbrough',
      'stockton-on-tees',
      'worcestershire',
    ]);
  });

  it.each(listRulePacks())('pack %s loads, and says "Not verified" wherever it is not', (id) => {
    const pack = loadRulePack(id);
    const citations = resolveRules(pack).flatMap((rule) => [
      rule.citation,
      ...rule.alternatives.map((each) => each.citation),
    ]);
    expect(
      citations.filter(({ confidence, note = '' }) => confidence === 'L' && !note.startsWith('Not verified')),
    ).toEqual([]);
  });

  const OBSERVED = ['middlesbrough', 'stockton-on-tees', 'worcestershire'];

  it.each(OBSERVED)('constitution %s: five working days to the end of the day, not verified', (id) => {
    const { callIn, citation } = loadConstitution(id);
    expect(callIn).toMatchObject({ window: { n: 5, unit: 'working-day', convention: 'after' }, closes: '24:00' });
    expect(citation.note).toContain('Not verified');
  });

  it('has the other constitutions from the councils’ own words, and says what of them was not seen', () => {
    const read = listConstitutions().filter((id) => !OBSERVED.includes(id));
    expect(read.length).toBeGreaterThanOrEqual(4);
    for (const id of read) {
      const { citation } = loadConstitution(id);
      expect([id, citation.confidence]).toEqual([id, 'H']);
      expect(citation.note).toMatch(/was read|were read/);
    }
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
      'rules/packs/sif-2013.yaml:6:11  include[0]: the packs commitments → sif-2013 → commitments include each other in a circle',
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
