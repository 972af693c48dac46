import { type Block, type Document, heading, list, paragraph } from '../../domain/documents/document.ts';
import { provedConstitution, provedPack } from './proved.ts';
import { type CivilDate, formatDate } from '../../domain/calendar/civil-date.ts';
import type { SignOff } from '../../domain/schemas/sign-offs.ts';
import { releaseOf } from '../../platform/release.ts';
import { linesOfConstitution, linesOfRule, isUnverified, type RuleLine } from './rule-words.ts';
import {
  isOwn,
  listConstitutions,
  listRulePacks,
  loadWorkingDays,
  versionsOfConstitution,
  versionsOfPack,
} from './rules.ts';
import { hashOfFile, loadSignOffs } from './sign-offs.ts';

interface BookRule {
  title: string;
  id: string;
  lines: RuleLine[];
}

/** A pack or a constitution in the book. */
export interface BookPart {
  title: string;
  id: string;
  /** 'Version 1, in force from 1 January 2018 on.' */
  heading: string;
  /** Who has signed it off, and when; or that nobody has, or that the file is another since. */
  signedOff: { text: string; stands: boolean };
  rules: BookRule[];
}

/** Everything that duecourse believes about deadlines, to be read and signed off. */
export interface RuleBook {
  program: string;
  made: string;
  /** The same day, in figures. */
  on: CivilDate;
  packs: BookPart[];
  constitutions: BookPart[];
  /** 'si-2013: Written action plan to Ofsted', of each rule whose number nobody has verified. */
  unverified: string[];
}

/** @param today the day on which it is made */
export function ruleBook(today: CivilDate): RuleBook {
  const definitions = loadWorkingDays();
  const signed = loadSignOffs();
  const packs = listRulePacks().flatMap(versionsOfPack);
  const constitutions = listConstitutions().flatMap(versionsOfConstitution);
  return {
    program: releaseOf(),
    made: formatDate(today),
    on: today,
    packs: packs.map(({ read, path }) => ({
      ...partOf(provedPack(read), path, signed, isOwn('packs', read.id)),
      rules: read.rules.map((rule) => ({ title: rule.title, id: rule.id, lines: linesOfRule(rule, definitions) })),
    })),
    constitutions: constitutions.map(({ read, path }) => ({
      ...partOf(provedConstitution(read), path, signed, isOwn('constitutions', read.id)),
      rules: [{ title: '', id: '', lines: linesOfConstitution(read) }],
    })),
    unverified: packs.flatMap(({ read }) =>
      read.rules.flatMap(({ title, citation }) =>
        isUnverified(citation) ? [`${read.title}, version ${read.version}: ${title}`] : [],
      ),
    ),
  };
}

interface Dated {
  id: string;
  version: number;
  title: string;
  valid: { from: string; until?: string | undefined };
}

function partOf(
  { id, version, title, valid }: Dated,
  path: string,
  signed: readonly SignOff[],
  own: boolean,
): Omit<BookPart, 'rules'> {
  return {
    ...{ title, id },
    heading: `${id}, version ${version}, ${validityInWords(valid)}${own ? '; the council’s own' : ''}.`,
    signedOff: signOffOf({ id, version }, path, signed),
  };
}

/** 'in force from Monday 1 January 2018 on' */
export const validityInWords = ({ from, until }: Dated['valid']): string =>
  `in force from ${formatDate(from)} ${until === undefined ? 'on' : `to ${formatDate(until)}`}`;

function signOffOf(
  { id, version }: Pick<Dated, 'id' | 'version'>,
  path: string,
  signed: readonly SignOff[],
): BookPart['signedOff'] {
  const last = signed.findLast((each) => each.rules === id && each.version === version);
  if (last === undefined) return { text: 'Not signed off by the council.', stands: false };
  const { by, on, note, hash } = last;
  const said = `Signed off by ${by} on ${formatDate(on)}${note === undefined ? '' : `: ${note}`}.`;
  return hash === hashOfFile(path)
    ? { text: said, stands: true }
    : { text: `${said} The file is another since: it has to be read again.`, stands: false };
}

/** The same as a document. */
export function bookDocument({ program, made, on, packs, constitutions, unverified }: RuleBook): Document {
  const part = ({ title, heading: said, signedOff, rules }: BookPart): Block[] => [
    heading(3, title),
    paragraph(said),
    { ...paragraph(signedOff.text), strong: true },
    ...rules.flatMap((rule): Block[] => [
      ...(rule.title === '' ? [] : [{ ...heading(4, rule.title), code: rule.id }]),
      { kind: 'list', items: rule.lines },
    ]),
  ];
  return {
    title: 'What duecourse believes about deadlines',
    under: `Of duecourse ${program}, made on ${made}`,
    on,
    contents: true,
    blocks: [
      paragraph(
        'Each date is worked out by these rules and no others; each example is worked out anew whenever the file is checked.',
      ),
      heading(2, 'Not verified'),
      list(unverified, 'Every number is verified.'),
      heading(2, 'Instruments and their duties'),
      ...packs.flatMap(part),
      heading(2, 'Constitutions: call-in and key decisions'),
      ...constitutions.flatMap(part),
    ],
  };
}
