import { addDays, type CivilDate } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { decisionMistakes } from '../../domain/decisions/decision-mistakes.ts';
import { type Authority, authority as authoritySchema } from '../../domain/schemas/authority.ts';
import { division as divisionName } from '../../domain/schemas/common.ts';
import type { Constitution } from '../../domain/schemas/constitution.ts';
import { decision as decisionSchema, inspection as inspectionSchema } from '../../domain/schemas/inspection.ts';
import { refersTo, type RefersTo } from '../../domain/schemas/key-meta.ts';
import { ratingsOf } from '../../domain/progress/ratings.ts';
import { partnersOf } from '../../domain/schemas/partner-checks.ts';
import { nearestHint } from '../../domain/nearest.ts';
import { dateAt, listAt, partAt, textAt } from '../../domain/schemas/part.ts';
import type { Rule, RulePack } from '../../domain/schemas/rule-pack.ts';
import type { LoadedFramework } from './framework.ts';
import { type FileProblem, onePerPlace } from './file-problems.ts';
import { loadBankHolidays } from './bank-holidays.ts';
import { listConstitutions, listRulePacks, loadConstitution } from './rules.ts';
import { type Place, placesOf, valuesAt, written } from './schema-keys.ts';
import type { DataPath, YamlFile } from './yaml-file.ts';

/** An authority as a file has it: whole, or only what is wrong with it, and its data as far as they could be read. */
export interface Council {
  data?: unknown;
  authority?: Authority;
  problems: FileProblem[];
}

/** What a framework that the file names brings, with its pack as it is written. */
export interface FrameworkOfFile extends LoadedFramework {
  whole: RulePack;
}

export interface InstrumentOfFile extends FrameworkOfFile {
  instrument: string;
}

/** What the file's frameworks bring; nothing where it names none that is there. */
interface Frameworks {
  framework: FrameworkOfFile | undefined;
  instruments: InstrumentOfFile[];
}

/** Beyond the schema of an authority's file: its constitution is there, its days lie in years that are known. */
export function checkCouncil(file: YamlFile, at: DataPath): FileProblem[] {
  const data = file.at(at);
  const { from, until } = knownDays(data);
  const known = `expected a date from ${from} to ${until}, for which the bank holidays are known`;
  const outside = (path: (string | number)[]) => {
    const date = dateAt(data, ...path);
    return date !== undefined && (date < from || date > until) ? [file.problem([...at, ...path], known)] : [];
  };
  return [
    ...checkReferences(file, at, authoritySchema, {
      constitution: { what: 'one of rules/constitutions', ids: listConstitutions() },
    }),
    ...listAt(data, 'closureDays').flatMap((_day, index) => outside(['closureDays', index, 'date'])),
    ...listAt(data, 'bodies').flatMap((body, index) =>
      listAt(body, 'meetings').flatMap((meeting, number) =>
        typeof meeting === 'string'
          ? outside(['bodies', index, 'meetings', number])
          : ['on', 'movedTo'].flatMap((key) => outside(['bodies', index, 'meetings', number, key])),
      ),
    ),
  ];
}

/** Beyond the schema of an inspection's file: what it names is there, what it rests on was in force, its days are known. */
export function checkAgainstCouncil(
  file: YamlFile,
  { data, authority }: Council,
  { framework, instruments }: Frameworks,
  { now }: { now?: string },
): FileProblem[] {
  const name = textAt(data, 'name') ?? 'the authority';
  const ids = (key: string) => listAt(data, key).flatMap((each) => textAt(each, 'id') ?? []);
  return [
    ...checkReferences(file, [], inspectionSchema, {
      framework: { what: 'one of the rule packs', ids: listRulePacks() },
      ...(framework === undefined
        ? {}
        : {
            rule: {
              what: `a rule of ${[framework, ...instruments].map(({ pack }) => pack.id).join(' or ')}`,
              ids: [framework, ...instruments].flatMap(({ rules }) => rules.map((rule) => rule.id)),
            },
          }),
      ...(data === undefined
        ? {}
        : {
            role: { what: `a role of ${name}`, ids: ids('roles') },
            owner: {
              what: `a role of ${name} or of a partner`,
              ids: [...ids('roles'), ...partnersOf(data).flatMap((each) => each.roles.map(({ id }) => id))],
            },
            body: { what: `a body of ${name}`, ids: ids('bodies') },
            rating: { what: `a rating of ${name}`, ids: ratingsIn(data) },
          }),
    }),
    ...frameworksOf(file, { framework, instruments }).flatMap((each) => [
      ...checkYears(file, each),
      ...checkDivision(file, each, data),
    ]),
    ...checkConstitutionYears(file, authority),
    ...checkPromises(file, { framework, instruments }),
    ...checkReadings(file, { framework, instruments }),
    ...checkDecisions(file, authority),
    ...onePerPlace(now === undefined ? [] : checkPast(file, localDate(now)), checkKnownDays(file, data)),
  ];
}

/** The ratings of a council, whose file may be wrong elsewhere. */
function ratingsIn(data: unknown): string[] {
  const own = listAt(data, 'ratings').flatMap((each) => textAt(each, 'id') ?? []);
  return own.length > 0 ? own : ratingsOf({ ratings: undefined }).map(({ id }) => id);
}

type Known = Partial<Record<RefersTo, { what: string; ids: readonly string[] }>>;

/** What a text names must be there. Which texts name something, the schema says itself. */
function checkReferences(
  file: YamlFile,
  at: DataPath,
  schema: Parameters<typeof placesOf>[0],
  known: Known,
): FileProblem[] {
  return placesOf(schema).flatMap((place) => {
    const kind = refersTo.safeParse(place.node['refersTo']);
    const among = kind.success ? known[kind.data] : undefined;
    if (among === undefined) return [];
    const { what, ids } = among;
    return valuesAt(file.at(at), place.path).flatMap(({ path, value }) => {
      const id = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
      if (id === undefined || ids.includes(id)) return [];
      const choice = ids.length === 0 ? 'it has none' : ids.join(', ');
      return [file.problem([...at, ...path], `expected ${what}: ${choice}${nearestHint(id, ids)}`)];
    });
  });
}

/** A framework at its place in the file, with the days between which what it is of happened. */
interface PlacedFramework {
  at: DataPath;
  /** Where those days stand. */
  days: DataPath;
  brings: FrameworkOfFile;
  from: CivilDate | undefined;
  until: CivilDate | undefined;
}

function frameworksOf(file: YamlFile, { framework, instruments }: Frameworks): PlacedFramework[] {
  const during = (part: unknown) => ({
    from: dateAt(part, 'fieldwork', 'from'),
    until: dateAt(part, 'fieldwork', 'until'),
  });
  return [
    ...(framework === undefined
      ? []
      : [{ at: ['framework'], days: ['fieldwork'], brings: framework, ...during(file.data) }]),
    ...listAt(file.data, 'instruments').flatMap((each, index) => {
      const brings = instruments.find(({ instrument }) => instrument === textAt(each, 'id'));
      const at = ['instruments', index];
      return brings === undefined
        ? []
        : [{ at: [...at, 'framework'], days: [...at, 'fieldwork'], brings, ...during(each) }];
    }),
  ];
}

/** A framework must have been in force during the inspection: another one's clocks would be started. */
function checkYears(file: YamlFile, { at, days, brings, from, until }: PlacedFramework): FileProblem[] {
  if (from === undefined || until === undefined) return [];
  const { title, valid } = brings.whole;
  if (until >= valid.from && (valid.until === undefined || from <= valid.until)) return [];
  return [
    file.problem(
      at,
      `expected a framework that was in force from ${from} to ${until}; "${title}" is from ${years(valid)}`,
      [
        [...days, 'from'],
        [...days, 'until'],
      ],
    ),
  ];
}

function years({ from, until }: { from: string; until?: string | undefined }): string {
  return `${from}${until === undefined ? ' on' : ` to ${until}`}`;
}

/** A rule that counts by one division's bank holidays can't be followed by a council in another. */
function checkDivision(file: YamlFile, { at, brings }: PlacedFramework, council: unknown): FileProblem[] {
  const { rules, workingDays } = brings;
  const own = divisionName.safeParse(partAt(council, 'division'));
  if (!own.success) return [];
  const divisionOf = (rule: Rule) =>
    rule.workingDays === undefined ? undefined : workingDays[rule.workingDays]?.division;
  const other = rules.find((rule) => (divisionOf(rule) ?? own.data) !== own.data);
  if (other === undefined) return [];
  return [
    file.problem(
      at,
      `expected a framework for ${own.data}; its rule "${other.id}" counts by the bank holidays of ${divisionOf(other) ?? ''}`,
    ),
  ];
}

/** A constitution sets windows for decisions: it must have been in force when they were taken, and when the report came. */
function checkConstitutionYears(file: YamlFile, authority: Authority | undefined): FileProblem[] {
  const id = authority?.constitution;
  if (id === undefined || !listConstitutions().includes(id)) return [];
  const constitution = loadConstitution(id, dayOfConstitution(file.data));
  const decisions = listAt(file.data, 'decisions').flatMap((decision, index) => {
    const taken = dateAt(decision, 'takenOn');
    return taken === undefined || isInForce(constitution, taken)
      ? []
      : [file.problem(['decisions', index, 'takenOn'], outOfForce(constitution, `the decision was taken on ${taken}`))];
  });
  const came = [
    ['report', 'received'],
    ['report', 'published'],
  ].find((path) => dateAt(file.data, ...path) !== undefined);
  const report = came === undefined ? undefined : dateAt(file.data, ...came);
  const { until } = constitution.valid;
  if (came === undefined || report === undefined || until === undefined || report <= until) return decisions;
  return [file.problem(['authority'], outOfForce(constitution, `the report came on ${report}`), [came]), ...decisions];
}

/** What the keys of a promise mean depends on its rule: what comes once has no cycle; and no duty is called like another. */
function checkPromises(file: YamlFile, { framework, instruments }: Frameworks): FileProblem[] {
  return listAt(file.data, 'commitments').flatMap((each, index) => {
    const under = textAt(each, 'instrument');
    const brings = under === undefined ? framework : instruments.find(({ instrument }) => instrument === under);
    const rules = brings?.rules ?? [];
    const named = textAt(each, 'rule');
    const rule = rules.find(({ id }) => id === named);
    const at = ['commitments', index];
    const id = textAt(each, 'id');
    const elsewhere = [framework, ...instruments].some(
      (one) => one?.rules.some((other) => other.id === named) === true,
    );
    if (named !== undefined && rule === undefined && elsewhere && framework !== undefined)
      return [
        file.problem(
          [...at, 'rule'],
          under === undefined
            ? `"${named}" is a rule of an instrument’s framework: say which as \`instrument\``
            : `expected a rule of the framework of "${under}"${nearestHint(
                named,
                rules.map((each) => each.id),
              )}`,
        ),
      ];
    const taken =
      id !== undefined && id !== rule?.id && rules.some((other) => other.id === id)
        ? [file.problem([...at, 'id'], `a rule of the framework is called "${id}": give the promise another name`)]
        : [];
    if (rule === undefined || rule.repeats) return taken;
    const isPeriod = partAt(each, 'every', 'n') !== undefined || partAt(each, 'every') === undefined;
    return [
      ...taken,
      ...['first', 'until', 'changes'].flatMap((key) =>
        partAt(each, key) === undefined
          ? []
          : [file.problem([...at, key], `"${key}" belongs to a cycle: the rule "${rule.id}" comes once`)],
      ),
      ...(isPeriod
        ? []
        : [file.problem([...at, 'every'], `the rule "${rule.id}" comes once: say how long as \`n\` and \`unit\``)]),
    ];
  });
}

/** A reading is one of its rule's, and each rule is counted by one. */
function checkReadings(file: YamlFile, { framework, instruments }: Frameworks): FileProblem[] {
  const seen = new Set<string>();
  return listAt(file.data, 'readings').flatMap((each, index) => {
    const [named, reading, under] = [textAt(each, 'rule'), textAt(each, 'reading'), textAt(each, 'instrument')];
    const brings = under === undefined ? framework : instruments.find(({ instrument }) => instrument === under);
    const at = ['readings', index];
    if (under !== undefined && brings === undefined)
      return [
        file.problem(
          [...at, 'instrument'],
          `expected one of the file’s instruments that have a framework: ${instruments.map(({ instrument }) => instrument).join(', ') || 'it has none'}`,
        ),
      ];
    if (brings === undefined || named === undefined || reading === undefined) return [];
    const ids = brings.rules.map(({ id }) => id);
    const rule = brings.rules.find(({ id }) => id === named);
    if (rule === undefined)
      return [
        file.problem(
          [...at, 'rule'],
          `expected a rule of ${brings.pack.id}${under === undefined ? ', or the `instrument` whose rule it is' : ''}${nearestHint(named, ids)}`,
        ),
      ];
    const place = `${under ?? ''} ${rule.id}`;
    if (seen.has(place)) return [file.problem(['readings', index, 'rule'], `the rule "${rule.id}" is there twice`)];
    seen.add(place);
    const known = rule.readings.map(({ id }) => id);
    if (known.includes(reading)) return [];
    const choice = known.length === 0 ? 'it has no other' : known.join(', ');
    return [
      file.problem(
        ['readings', index, 'reading'],
        `expected one of the readings of "${rule.id}": ${choice}${nearestHint(reading, known)}`,
      ),
    ];
  });
}

/** What would be refused of a decision or a call-in by command is refused in a file. */
function checkDecisions(file: YamlFile, authority: Authority | undefined): FileProblem[] {
  if (authority === undefined) return [];
  const id = authority.constitution;
  const constitution =
    id === undefined || !listConstitutions().includes(id) ? null : loadConstitution(id, dayOfConstitution(file.data));
  const { urgencyConsent, minimumMembers, who } = constitution?.callIn ?? {};
  const decisions = listAt(file.data, 'decisions').flatMap((each, index) => {
    const decision = decisionSchema.safeParse(each);
    if (!decision.success) return [];
    const { urgent, urgencyConsent: consent } = decision.data;
    return [
      ...decisionMistakes(decision.data, { authority, constitution }).map(({ field, sentence, write }) =>
        file.problem(['decisions', index, field], `${sentence}${write === undefined ? '' : `; write \`${write}\``}`),
      ),
      ...(urgent && urgencyConsent !== undefined && consent === undefined
        ? [
            file.problem(
              ['decisions', index, 'urgencyConsent'],
              `an urgent decision is exempt from call-in only with the consent of ${urgencyConsent}`,
            ),
          ]
        : []),
    ];
  });
  const callIns = listAt(file.data, 'callIns').flatMap((each, index) => {
    const members = partAt(each, 'members');
    return typeof members === 'number' && minimumMembers !== undefined && members < minimumMembers
      ? [
          file.problem(
            ['callIns', index, 'members'],
            `a call-in needs ${who ?? `${minimumMembers} members`}; here are ${members}`,
          ),
        ]
      : [];
  });
  return [...decisions, ...callIns];
}

/** The day whose version of a framework counts: when the inspectors left, else when the report came. */
export const dayOfRules = (inspection: unknown): CivilDate | undefined =>
  dateAt(inspection, 'fieldwork', 'until') ?? dayOfReport(inspection);

/** The day whose version of a constitution counts: decisions are taken once the report has come. */
export const dayOfConstitution = (inspection: unknown): CivilDate | undefined =>
  dayOfReport(inspection) ?? dateAt(inspection, 'fieldwork', 'until');

const dayOfReport = (inspection: unknown): CivilDate | undefined =>
  dateAt(inspection, 'report', 'received') ?? dateAt(inspection, 'report', 'published');

function isInForce({ valid }: Constitution, day: CivilDate): boolean {
  return day >= valid.from && (valid.until === undefined || day <= valid.until);
}

function outOfForce({ id, title, valid }: Constitution, when: string): string {
  return `the authority's constitution "${id}" (${title}) was in force ${valid.until === undefined ? `from ${valid.from} on` : `from ${valid.from} to ${valid.until}`}, and ${when}: name the one of that time in the authority's file, or add it to the council’s own rules (docs/rules.md)`;
}

/** The days for which the bank holidays of the council are known; those of England and Wales where its division is not. */
function knownDays(council: unknown): { from: CivilDate; until: CivilDate } {
  const own = divisionName.safeParse(partAt(council, 'division'));
  return loadBankHolidays(own.success ? own.data : 'england-and-wales');
}

/** Where a date may lie beyond what is known: a cycle that goes on is planned as far as holidays are. */
const MAY_LIE_BEYOND = new Set(['commitments[].until', 'commitments[].changes[].until']);

/** Nothing is counted from or to a day whose bank holidays nobody knows. */
function checkKnownDays(file: YamlFile, council: unknown): FileProblem[] {
  const { from, until } = knownDays(council);
  return placesOf(inspectionSchema).flatMap((place) =>
    place.node.format !== 'date' &&
    !place.node.anyOf?.some((each) => typeof each === 'object' && each.format === 'date')
      ? []
      : valuesAt(file.data, place.path).flatMap(({ path }) => {
          const date = dateAt(file.data, ...path);
          if (date === undefined || (date >= from && date <= until) || MAY_LIE_BEYOND.has(written(place.path)))
            return [];
          return [
            file.problem(path, `expected a date from ${from} to ${until}, for which the bank holidays are known`),
          ];
        }),
  );
}

/** Is a day after tomorrow? One day is allowed: the file may be read just after midnight elsewhere. */
export function isInFuture(day: CivilDate, today: CivilDate): boolean {
  return day > addDays(today, 1);
}

/** What the file says has happened can't lie in the future. */
function checkPast(file: YamlFile, today: CivilDate): FileProblem[] {
  const future = placesOf(inspectionSchema).flatMap((place) =>
    valuesAt(file.data, place.path).flatMap(({ path }) => {
      const past = place.node['past'] === true || isPastOption(place);
      const date = past ? dateAt(file.data, ...path) : undefined;
      return date !== undefined && isInFuture(date, today)
        ? [
            file.problem(
              path,
              `expected a day that has been: it is of something that has happened, and today is ${today}`,
            ),
          ]
        : [];
    }),
  );
  const attended = listAt(file.data, 'training').flatMap((session, index) => {
    const on = dateAt(session, 'on');
    return on !== undefined && isInFuture(on, today) && partAt(session, 'attendance') !== undefined
      ? [
          file.problem(
            ['training', index, 'attendance'],
            `nobody can have attended a session that is on ${on}: today is ${today}`,
          ),
        ]
      : [];
  });
  return [...future, ...attended];
}

/** Of what may be written in several ways, the plain date is of something that has happened. */
function isPastOption({ node }: Place): boolean {
  return node.anyOf?.some((each) => typeof each === 'object' && each['past'] === true) === true;
}
