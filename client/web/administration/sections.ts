/** A part of the council's file with a page of its own, under the council's address and its name. */
export type SectionName =
  | 'people'
  | 'bodies'
  | 'days'
  | 'elections'
  | 'rules'
  | 'settings'
  | 'ratings'
  | 'partners'
  | 'who-hears'
  | 'word-template'
  | 'integrations'
  | 'file'
  | 'history';

interface Section {
  title: string;
  /** What it is for, in one sentence. */
  sentence: string;
}

/** The parts of administration, in the order in which they are looked for. */
export const SECTIONS: Readonly<Record<SectionName, Section>> = {
  people: { title: 'People and roles', sentence: 'Who holds which role, who is away, and who stands in.' },
  bodies: { title: 'Bodies and meetings', sentence: 'Cabinet, scrutiny, boards, and when they meet.' },
  days: {
    title: 'Closure days and bank holidays',
    sentence: 'Days on which nobody works, and bank holidays that wait to be approved.',
  },
  elections: {
    title: 'Periods before elections',
    sentence: 'When the council takes care with what it publishes.',
  },
  rules: {
    title: 'Constitution and own rules',
    sentence: 'How decisions are called in, what the council has set itself, and where each rule comes from.',
  },
  settings: {
    title: 'Sending times and other settings',
    sentence: 'When mail goes out, and what the council is called.',
  },
  ratings: { title: 'Rating scheme', sentence: 'By which names the council says how an action stands.' },
  partners: { title: 'Partners', sentence: 'Other organisations whose officers own actions.' },
  'who-hears': { title: 'Who hears what', sentence: 'Who would be told of a duty, and on which day.' },
  'word-template': {
    title: 'Word template',
    sentence: 'The letterhead and the styles in which Word documents are written.',
  },
  integrations: {
    title: 'Integrations',
    sentence: 'Mail, sign-in, keys, feeds and what else duecourse is joined to, and how each stands.',
  },
  file: {
    title: 'The file',
    sentence: 'Everything here as one file, to keep elsewhere, or to upload once it is changed.',
  },
  history: { title: 'History', sentence: 'Who changed what, and how to put it back.' },
};
