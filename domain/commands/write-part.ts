import { roleTitle } from '../authority/roles.ts';
import { record } from '../lifecycle/record.ts';
import { WRITTEN_PARTS, type WrittenData } from '../progress/written-parts.ts';
import { command } from './definition.ts';
import { MANAGERS_ONLY } from './may.ts';

/** What officers say in reports in their own words: it stands in every report from then on, until somebody writes it anew. */
export const writePart = command({
  subject: 'inspection',
  title: 'Write a part of the reports',
  help: 'In your own words, for the quarterly update and the board pack. It stands in each of them, with who wrote it and when, until it is written anew. What nobody has written says “Not recorded”.',
  fields: {
    part: { kind: 'choice', label: 'Which part?', choices: WRITTEN_PARTS },
    text: {
      kind: 'text',
      label: 'What is it to say?',
      hint: 'Leave this empty to take out what stands there.',
      optional: true,
    },
  },
  may: MANAGERS_ONLY,
  verb: 'write a part of the reports',
  done: 'It is on record, and stands in the reports.',
  entries: ['report-part-written'],
  apply(state, { part, text }, { actor, now }) {
    const who = roleTitle(state.facts.authority, actor.role);
    const heading = WRITTEN_PARTS[part];
    const data: WrittenData = { part, text: text ?? null };
    return record(state, now, [
      {
        kind: 'report-part-written',
        actor,
        text:
          text === undefined
            ? `${heading}: taken out of the reports by ${who}.`
            : `${heading}, written for the reports by ${who}: ${text}`,
        data: { ...data },
      },
    ]);
  },
});
