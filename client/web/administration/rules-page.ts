import { constitutionGoneBy } from '../../../domain/authority/demonstration.ts';
import { bodyPapersInWords, laterDatesInWords, sustainedInWords } from '../../../domain/authority/change/words.ts';
import { cycleInWords, periodInWords } from '../../../domain/plan/counting.ts';
import { eventInWords } from '../../../domain/facts/events.ts';
import type { Citation, Period } from '../../../domain/schemas/common.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { ConstitutionFile } from '../../../domain/schemas/constitution.ts';
import { readableConstitutions, readablePacks } from '../../files/readable-rules.ts';
import { linesOfConstitution, type RuleLine } from '../../files/rule-words.ts';
import { validityInWords } from '../../files/rule-book.ts';
import type { Council } from './council.ts';
import { isInForce } from './rules-forms.ts';
import { SECTIONS } from './sections.ts';
import type { TablePage } from './tables.ts';

/** The constitution by which decisions of the council can be called in. */
interface ChosenConstitution {
  title: string;
  /** 'version 2, in force from 1 May 2024 on; comes with duecourse' */
  heading: string;
  lines: RuleLine[];
  /** Every version of it, with the page that has it whole. */
  versions: { name: string; text: string }[];
}

/** What holds in a council beside the law: its constitution, what it has set itself in its file, the rules that it has written. */
export function rulesPage({ authority, today }: Council): TablePage & { constitution: ChosenConstitution | undefined } {
  const { constitution: id } = authority;
  const constitutions = readableConstitutions();
  const packs = readablePacks();
  const versions = constitutions.read.filter(({ constitution }) => constitution.id === id);
  const own = [
    ...packs.read.map(({ pack, name, own: isOwn }) => ({ ...pack, name, own: isOwn, kind: 'Framework', at: '' })),
    ...constitutions.read.map(({ constitution, name, own: isOwn }) => ({
      ...{ ...constitution, name, own: isOwn, kind: 'Constitution', at: 'constitutions/' },
    })),
  ].filter((each) => each.own);
  return {
    title: SECTIONS.rules.title,
    sentence:
      'An inspection keeps the rules that it began with: what is changed here goes for what is started from now on, but for what the check page says.',
    buttons: [{ path: 'do/constitution', text: 'Choose the constitution' }],
    constitution: chosenOf(versions, today, authority),
    tables: [
      {
        caption: 'What the council has set itself',
        heads: ['Rule', 'What it says', 'Where from'],
        links: true,
        rows: setByTheCouncil(authority),
        empty: '',
      },
      {
        caption: 'Rules of which sources differ',
        heads: ['Rule', 'Counts by', 'Other readings, which an inspection may choose with a reason'],
        links: false,
        rows: readingsOf(packs.read, today),
        empty: 'None.',
      },
      {
        caption: 'Rules that the council has written',
        heads: ['Name', 'Kind', 'In force'],
        links: true,
        rows: [
          ...own.map(({ title, kind, version, valid, name, at }) => ({
            cells: [title, kind, `version ${version}, ${validityInWords(valid)}`],
            links: [{ path: `/rules/${at}${name}`, text: 'Read it' }],
          })),
          ...[...packs.broken, ...constitutions.broken].map((each) => ({
            cells: [each.id, 'can’t be used', each.problem],
            links: [],
          })),
        ],
        empty:
          'None: the council goes by those that come with duecourse. The operator adds them, as files in the folder that DUECOURSE_RULES names. A version that is in use is never edited: what changes is a version of its own.',
      },
    ],
    links: [{ path: '/rules', text: 'Every rule, with its source' }],
  };
}

type Version = { constitution: ConstitutionFile; name: string; own: boolean };

/** The version that is in force, else the newest; undefined where none is chosen, or its file can't be used. */
function chosenOf(versions: readonly Version[], today: string, authority: Authority): ChosenConstitution | undefined {
  const chosen = versions.find(({ constitution }) => isInForce(constitution, today)) ?? versions[0];
  if (chosen === undefined) return undefined;
  const { constitution, own } = chosen;
  return {
    title: constitutionGoneBy(constitution.title, authority),
    heading: `Version ${constitution.version}, ${validityInWords(constitution.valid)}; ${own ? 'the council has written it' : 'it comes with duecourse'}.`,
    lines: linesOfConstitution(constitution),
    versions: versions.map(({ constitution: { version, valid }, name }) => ({
      ...{ name, text: `Version ${version}, ${validityInWords(valid)}` },
    })),
  };
}

const FILE = 'the council’s file';
const USUAL = 'usual: the council’s file says nothing of it';

function setByTheCouncil(authority: Authority): TablePage['tables'][number]['rows'] {
  const row = (what: string, says: string | null, usual: string, path: string) => ({
    cells: [what, says ?? usual, says === null ? USUAL : FILE],
    links: [{ path, text: 'Change' }],
  });
  return [
    row('Later dates', laterDatesInWords(authority), 'as often as those above the owner agree to', 'do/later-dates'),
    row('Whether what was done still holds is asked', sustainedInWords(authority), 'never', 'do/sustained'),
    ...authority.bodies.map((body) =>
      row(
        `Papers of ${body.name}`,
        bodyPapersInWords(body, authority),
        'nobody is reminded of agendas and reports',
        `do/change-body/${body.id}`,
      ),
    ),
  ];
}

/** The rules of frameworks in force that have another reading than the one that counts unless an inspection chooses it. */
function readingsOf(
  packs: ReturnType<typeof readablePacks>['read'],
  today: string,
): TablePage['tables'][number]['rows'] {
  return packs
    .filter(({ pack: { valid } }) => isInForce({ valid }, today))
    .flatMap(({ pack }) =>
      pack.rules
        .filter(({ readings }) => readings.length > 0)
        .map(({ title, period, repeats, trigger, readings, citation }) => {
          const said = (of: Period, { cite }: Citation) =>
            `${repeats ? cycleInWords(of) : `${periodInWords(of)} on which ${eventInWords(trigger.event)}`}: ${cite}`;
          const others = readings.map((each) => said(each.period, each.citation));
          return { cells: [`${title} (${pack.title})`, said(period, citation), others.join('; ')], links: [] };
        }),
    );
}
