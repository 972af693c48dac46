/** The kinds of report whose words and order are known. */
export type LayoutName =
  | 'single-inspection'
  | 'focused-visit'
  | 'childrens-services'
  | 'area-send'
  | 'local-area-send'
  | 'joint-targeted'
  | 'safeguarding-2009'
  | 'adult-social-care'
  | 'fire'
  | 'police';

/** How the recommendations of a report are written under their headings. */
export type ListStyle =
  /** Bullets or numbers; where there are none, each paragraph. */
  | 'items'
  /** Bullets, and sentences that say what somebody should do; the first other sentence ends them. */
  | 'statements'
  /** Tables: in their cells such sentences, and others that are none. */
  | 'cells';

/** How one kind of report is laid out. Patterns are tried on whole blocks and lines, so that no sentence is taken for a heading. */
export interface Layout {
  /** As people call it. */
  title: string;
  /** Every one of these stands on its first pages. */
  marks: readonly RegExp[];
  inspectorate: string;
  /** The rule pack's id. */
  framework: string;
  /** A block that is the report's title; a group is the authority's name, where the title has it. */
  titles: readonly RegExp[];
  /** A title whose first group is a part of the authority's name, often without “Council”: taken where nothing else names it. */
  inTitle?: RegExp;
  /** Sentences whose first group is the authority's name. */
  authority: readonly RegExp[];
  /** Sentences whose first group names the days of the inspection, beside the labels that all layouts share. */
  fieldwork: readonly RegExp[];
  areas: readonly string[];
  grades: readonly string[];
  /** Sentences that judge an area: their first group is the grade. */
  judged: readonly { area: string; by: RegExp }[];
  /** A heading under which one grade, or one sentence, stands for an area. */
  under?: { heading: string; area: string; sentence?: RegExp };
  list: ListStyle;
  /** Which headings with the role 'recommendations' are none here: they stand over something else. */
  except?: readonly string[];
  /** A sentence after which a list of what must be put right comes, where no heading does. */
  lead?: RegExp;
  /** Parts of the report that are not addressed to the council: what they begin with, and what is said of it. */
  others?: { from: RegExp; unsure: string };
  /** Where the report has no list, this is where it says what to improve. */
  prose?: RegExp;
}

const OFSTED = ['Outstanding', 'Good', 'Requires improvement to be good', 'Requires improvement', 'Inadequate'];
const FIVE = ['Outstanding', 'Good', 'Adequate', 'Requires improvement', 'Inadequate'];
const GRADE = '((?:is|are) (?:outstanding|good|inadequate)|requires? improvement(?: to be good)?)';

/** Every layout, the most telling first: the first whose marks all stand in a text is its layout. */
export const LAYOUTS: Record<LayoutName, Layout> = {
  'single-inspection': {
    title: 'Ofsted’s single inspection framework, 2013 to 2017',
    marks: [
      /inspection of services for children in need of help and\s+protection/i,
      /inspection dates?\s*:|report published\s*:/i,
    ],
    inspectorate: 'Ofsted',
    framework: 'sif-2013',
    titles: [/^(?:re-?)?inspection of services for children in need of help and protection\b.*$/i],
    authority: [],
    fieldwork: [],
    areas: [
      'Children who need help and protection',
      'Children looked after and achieving permanence',
      'Adoption performance',
      'Experiences and progress of care leavers',
      'Leadership, management and governance',
    ],
    grades: OFSTED,
    judged: [
      {
        area: 'Overall effectiveness',
        by: new RegExp(
          `^(?:the overall judgement is that )?children['’]s services (?:in .{1,60}? )?${GRADE}\\W*$`,
          'i',
        ),
      },
      {
        area: 'The Local Safeguarding Children Board',
        by: new RegExp(`^(?:the judgement is that )?the (?:local safeguarding children board|lscb) ${GRADE}\\W*$`, 'i'),
      },
    ],
    list: 'items',
    others: {
      from: /^the local safeguarding children board(?: \(lscb\))?$/i,
      unsure: 'It stands in the part on the Local Safeguarding Children Board, not on the council.',
    },
  },
  'focused-visit': {
    title: 'Ofsted’s focused visits under the framework for children’s services',
    marks: [/focused visit/i, /this letter summarises|findings of (?:the|a) focused visit/i],
    inspectorate: 'Ofsted',
    framework: 'ilacs-2018',
    titles: [/^focused visit (?:to|of) .+$/i],
    authority: [],
    fieldwork: [/focused visit to .{1,120}? (?:on|between|from) (\d.{3,60}\d{4})/i],
    areas: [],
    grades: [],
    judged: [],
    list: 'items',
  },
  'area-send': {
    title: 'area SEND inspections, from 2023',
    marks: [/area send inspection of/i, /local area partnership/i],
    inspectorate: 'Ofsted and the Care Quality Commission',
    framework: 'send-2023',
    titles: [/^area send inspection of .+$/i],
    authority: [/^(.{4,80}?) and .{3,160} are jointly responsible for/i],
    fieldwork: [],
    areas: [],
    grades: [],
    judged: [],
    under: {
      heading: 'inspection outcome',
      area: 'Inspection outcome',
      sentence: /^(?:the local area partnership['’]s|there are widespread)/i,
    },
    list: 'cells',
  },
  'local-area-send': {
    title: 'local area SEND inspections, 2016 to 2022',
    marks: [
      /joint (?:local )?area (?:send )?inspection|conducted a joint inspection of the local area/i,
      /effectiveness of the area in implementing|written statement of action/i,
    ],
    inspectorate: 'Ofsted and the Care Quality Commission',
    framework: 'send-2016',
    titles: [/^joint (?:local )?area (?:send )?(?:inspection|revisit) in .+$/i],
    authority: [],
    fieldwork: [/^(?:between|from) (\d.{5,50}? (?:and|to) .{5,30}?\d{4}),? (?:ofsted|the office)/i],
    areas: [],
    grades: [],
    judged: [],
    list: 'items',
    lead: /following areas? of significant (?:weakness|concern)s?\s*:$/i,
  },
  'joint-targeted': {
    title: 'joint targeted area inspections',
    marks: [
      /joint targeted area inspection/i,
      /ofsted|inspectorate/i,
      /inspection dates?\s*:|undertook (?:a|this) joint inspection|carried out a joint inspection/i,
    ],
    inspectorate: 'Ofsted, the Care Quality Commission, HMICFRS and HMI Probation',
    framework: 'jtai-2016',
    titles: [/^joint targeted area inspection of .+$/i],
    authority: [],
    fieldwork: [/^(?:between|from) (\d.{5,50}? (?:and|to) .{5,30}?\d{4}),? (?:ofsted|inspectors|the)/i],
    areas: [],
    grades: [],
    judged: [],
    list: 'items',
  },
  'safeguarding-2009': {
    title: 'Ofsted’s inspections of safeguarding and looked after children services, 2009 to 2012',
    marks: [
      /inspection of safeguarding and looked after children services/i,
      /inspection dates?\s*:|reporting inspector/i,
    ],
    inspectorate: 'Ofsted',
    framework: 'slac-2009',
    titles: [/^(?:announced )?inspection of safeguarding and looked after children services$/i],
    authority: [],
    fieldwork: [],
    // Its grades stand in a table that has each area's name twice: of which service one is, its lines do not say.
    areas: [],
    grades: [],
    judged: [],
    list: 'items',
  },
  'childrens-services': {
    title: 'Ofsted’s inspections of local authority children’s services (ILACS)',
    marks: [
      /inspection of (?:.{1,80} )?(?:local authority )?children['’]s (?:social care )?services/i,
      /inspection dates?\s*:/i,
    ],
    inspectorate: 'Ofsted',
    framework: 'ilacs-2018',
    titles: [/^(?:re-?)?inspection of (?:.{1,80} )?(?:local authority )?children['’]s (?:social care )?services$/i],
    authority: [],
    inTitle:
      /^(?:re-?)?inspection of (?!local authority |children['’]s )(?:the )?(.{2,80}?)(?: local authority)? children['’]s (?:social care )?services$/i,
    fieldwork: [],
    areas: [
      'The impact of leaders on social work practice with children and families',
      'The experiences and progress of children who need help and protection',
      'The experiences and progress of children in care and care leavers',
      'The experiences and progress of children in care',
      'The experiences and progress of care leavers',
      'Overall effectiveness',
    ],
    grades: OFSTED,
    judged: [],
    list: 'items',
  },
  'adult-social-care': {
    title: 'the Care Quality Commission’s assessments of local authorities',
    marks: [/local authority assessment/i, /how we assess local authorities|assessment published|quality statement/i],
    inspectorate: 'Care Quality Commission',
    framework: 'cqc-assessment',
    titles: [/^(.{4,80}?)\s*:? local authority assessment(?: report)?$/i],
    authority: [],
    fieldwork: [/on-?site (?:visit|activity|assessment).{0,40}? (?:from|between|on) (\d.{3,60}\d{4})/i],
    areas: [
      'Assessing needs',
      'Supporting people to lead healthier lives',
      'Supporting people to live healthier lives',
      'Equity in experience and outcomes',
      'Care provision, integration and continuity',
      'Partnerships and communities',
      'Safe pathways, systems and transitions',
      'Safe systems, pathways and transitions',
      'Safeguarding',
      'Governance, management and sustainability',
      'Learning, improvement and innovation',
    ],
    grades: ['Score 1', 'Score 2', 'Score 3', 'Score 4', 'Outstanding', 'Good', 'Requires improvement', 'Inadequate'],
    judged: [],
    under: { heading: 'local authority rating and score', area: 'Overall' },
    list: 'items',
    prose: /^summary of strengths, areas for development and next steps$/i,
  },
  fire: {
    title: 'HMICFRS’s inspections of fire and rescue services',
    marks: [
      /an inspection of .{1,80} fire (?:and|&) rescue|fire (?:and|&) rescue service/i,
      /hmicfrs|inspectorate of constabulary|effectiveness, efficiency and people/i,
    ],
    inspectorate: 'HMICFRS',
    framework: 'hmicfrs-fire',
    titles: [/^an inspection of (.{1,80} (?:fire (?:and|&) rescue (?:service|authority)|fire brigade))$/i],
    authority: [],
    fieldwork: [],
    areas: [
      'Effectiveness',
      'Efficiency',
      'Understanding the risk of fire and other emergencies',
      'Understanding the risk of fire',
      'Understanding fire and other risks',
      'Understanding fire and risk',
      'Preventing fires and other risks',
      'Preventing fire and risk',
      'Protecting the public through fire regulation',
      'Public safety through fire regulation',
      'Responding to fires and other emergencies',
      'Responding to fires and emergencies',
      'Responding to national risks',
      'Responding to major and multi-agency incidents',
      'Responding to major incidents',
      'Making best use of resources',
      'Best use of resources',
      'Making the fire and rescue service affordable now and in the future',
      'Future affordability',
      'Promoting the right values and culture',
      'Promoting values and culture',
      'Getting the right people with the right skills',
      'Right people, right skills',
      'Ensuring fairness and promoting diversity',
      'Promoting fairness and diversity',
      'Managing performance and developing leaders',
      'Managing performance and developing people',
    ],
    grades: FIVE,
    judged: [],
    list: 'statements',
    except: ['areas for priority action'],
  },
  police: {
    title: 'HMICFRS’s inspections of police forces (PEEL)',
    marks: [/an inspection of .{1,80} (?:police|constabulary)/i, /peel|hmicfrs|inspectorate of constabulary/i],
    inspectorate: 'HMICFRS',
    framework: 'hmicfrs-2017',
    titles: [/^an inspection of (.{1,80}?(?: police| constabulary))$/i],
    authority: [],
    fieldwork: [],
    areas: [
      'Providing a service to the victims of crime',
      'Recording data about crime',
      'Engaging with and treating the public with fairness and respect',
      'Engaging with the public and treating them with fairness and respect',
      'Police powers and treating the public fairly and respectfully',
      'Police powers and public treatment',
      'Preventing crime and anti-social behaviour',
      'Preventing crime',
      'Preventing and deterring crime and antisocial behaviour, and reducing vulnerability',
      'Responding to the public',
      'Investigating crime',
      'Protecting vulnerable people',
      'Managing offenders and suspects',
      'Managing offenders',
      'Disrupting serious organised crime',
      'Building, supporting and protecting the workforce',
      'Building, developing and looking after its workforce and encouraging an ethical, lawful and inclusive workplace',
      'Developing a positive workplace',
      'Vetting and counter-corruption',
      'Leadership and force management',
      'Strategic planning, organisational management and value for money',
      'Good use of resources',
    ],
    grades: FIVE,
    judged: [],
    list: 'statements',
  },
};

/** What stands before the days of the inspection, at a line's beginning, in whatever layout. */
export const FIELDWORK_LABEL =
  /^(?:on-?site )?(?:inspection|assessment|fieldwork|visit|activity)(?: visit| activity)? (?:dates?|period)\s*:?(?:\s+|$)|^dates? of (?:the )?(?:on-?site )?(?:inspection|assessment|fieldwork|visit|activity)\s*:?(?:\s+|$)/i;
/** The same within other words, and sentences by which a report of any kind says it: their first group names the days. */
export const FIELDWORK_WITHIN: readonly RegExp[] = [
  /\b(?:inspection|assessment|fieldwork|visit) dates?\s*:\s+(\d.{3,60}?\d{4})/i,
  /\b(?:inspection|assessment|fieldwork|visit)\b[^.]{0,80}? (?:took place|(?:was|were) (?:carried out|undertaken|conducted)|ran)[^.]{0,60}? (?:from|between|on) (\d[^.]{3,60}?\d{4})/i,
];
/** What stands before the council's name, at a line's beginning, in whatever layout. */
export const AUTHORITY_LABEL = /^(?:name of )?(?:the )?(?:local authority|council|authority)(?: name)?\s*:\s*/i;
/** What stands before the day of publication. */
export const PUBLISHED_LABEL =
  /^(?:report |assessment )?published(?: on)?\s*:?\s+|^(?:publication date|date published|date of publication)\s*:?\s+/i;

/** Words by which a council’s own paper is told from an inspectorate’s report; two of them on its first page do. */
export const OWN_PAPER: readonly RegExp[] = [
  /^(?:report (?:to|of|by|for)|submitted to)\b/i,
  /^(?:summary|purpose) of (?:the |this )?(?:report|recommendations)$|^what is the purpose of this report/i,
  /^agenda item\b|\bagenda item\)?:?$|agendas, meetings and minutes/i,
  /^minutes\s*:?$/i,
  /^resolved\b/i,
  /^(?:the )?(?:cabinet|executive) (?:considered|member|meeting|report|recommendations)\b/i,
  /\bit is recommended that\b|^to (?:note|agree|approve|receive) /i,
  /\b(?:key decision|wards? affected|ward implications|call-?in procedure)\b/i,
  /^reasons? for (?:the )?(?:decision|recommendations?)$/i,
  /^(?:financial|legal|equality)[\w ,]* (?:implications|assessment)$/i,
];
