import { stringify } from 'yaml';
import { FACTS, type FoundFacts, type FoundReport } from '../../domain/report/found.ts';
import { placeInWords, type Proposal } from '../../domain/report/line.ts';
import { TO_FILL_IN } from '../files/yaml-file.ts';

/** One value as YAML writes it on a line, in quotes where it needs them. */
const value = (text: string | undefined): string => stringify(text ?? TO_FILL_IN, { lineWidth: 0 }).trimEnd();

/** Where a value was found, and why it is not sure: a comment above it. */
function from({ place, unsure }: Proposal<unknown>, indent = ''): string {
  const quoted = `${indent}# ${placeInWords(place)}: “${place.quote}”\n`;
  return unsure === undefined ? quoted : `${quoted}${indent}# NOT SURE: ${unsure}\n`;
}

/**
 * An inspection's file to begin from: what was found in a report, each with its place, and what is left to be filled in.
 * `duecourse check` names all that is.
 *
 * @param name of the report's file
 */
export function inspectionFileOf({ facts, judgements, recommendations, notes }: FoundReport, name: string): string {
  const line = (key: string, fact: keyof FoundFacts, indent = ''): string => {
    const found = facts[fact];
    const above = found === undefined ? `${indent}# ${FACTS[fact].missing}\n` : from(found, indent);
    return `${above}${indent}${key}: ${value(found?.value)}\n`;
  };
  const optional = (key: string, fact: keyof FoundFacts, indent: string): string =>
    facts[fact] === undefined ? `${indent}# ${FACTS[fact].missing}\n${indent}# ${key}:\n` : line(key, fact, indent);
  const list = (key: string, items: readonly string[]): string =>
    items.length === 0 ? `${key}: []\n` : `${key}:\n${items.join('')}`;
  return [
    `# Read from ${name.replaceAll(/[\r\n]/g, ' ')}: proposals. Look at each in the report before you start from this file.\n`,
    ...notes.map((note) => `# ${note}\n`),
    `\n# The inspection’s short name: it is part of addresses and never changes.\nreference: ${value(undefined)}\n`,
    line('title', 'title'),
    facts.authority === undefined ? `# ${FACTS.authority.missing}\n` : from(facts.authority),
    `# The council’s file, or its short name.\nauthority: ${value(undefined)}\n`,
    line('framework', 'framework'),
    optional('inspectorate', 'inspectorate', ''),
    `fieldwork:\n${line('from', 'fieldworkFrom', '  ')}${line('until', 'fieldworkUntil', '  ')}`,
    facts.published === undefined
      ? `report:\n  # Give the day on which it was received, or else that of its publication.\n${line('received', 'received', '  ')}${optional('published', 'published', '  ')}`
      : `report:\n${optional('received', 'received', '  ')}${line('published', 'published', '  ')}`,
    list(
      'judgements',
      judgements.map(
        (each) => `${from(each, '  ')}  - { area: ${value(each.value.area)}, grade: ${value(each.value.grade)} }\n`,
      ),
    ),
    list(
      'recommendations',
      recommendations.map(
        (each, index) => `${from(each, '  ')}  - id: r${index + 1}\n    text: ${value(each.value)}\n`,
      ),
    ),
  ].join('');
}
