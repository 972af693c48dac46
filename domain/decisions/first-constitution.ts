import { formatDate } from '../calendar/civil-date.ts';
import type { Facts } from '../facts/facts.ts';
import type { Constitution, ConstitutionFile } from '../schemas/constitution.ts';
import { countedDecisions } from './counted.ts';
import { decisionMistakes } from './decision-mistakes.ts';

/**
 * Why an inspection that began without a constitution can't go by this one: a decision is on record that it contradicts, or
 * that is of other years. A sentence; undefined where it can.
 */
export function unfitFor({ inspection, authority }: Pick<Facts, 'inspection' | 'authority'>, first: Constitution) {
  const { from, until } = first.valid;
  for (const each of countedDecisions(inspection)) {
    if (each.takenOn < from || (until !== undefined && each.takenOn > until))
      return `The decision “${each.title}” was taken on ${formatDate(each.takenOn)}, when this constitution was not in force: ${first.title}.`;
    const [mistake] = decisionMistakes(each, { authority, constitution: first });
    if (mistake !== undefined)
      return `The decision “${each.title}” is on record otherwise than this constitution has it: ${mistake.sentence}.`;
    if (each.urgent && first.callIn.urgencyConsent !== undefined && each.urgencyConsent === undefined)
      return `The decision “${each.title}” is on record as urgent without the consent of ${first.callIn.urgencyConsent}, which this constitution asks for.`;
  }
  return undefined;
}

/** A constitution as clocks carry it: what proves it stays with its file. */
export function carriedConstitution({
  examples: _proof,
  ...rest
}: Constitution & Partial<ConstitutionFile>): Constitution {
  return rest;
}
