import { type Document, heading, paragraph } from '../documents/document.ts';
import type { RecordOfDecision } from './record-of-decision.ts';

/** The record as a document. */
export function recordDocument({ authority, heading: under, on, parts }: RecordOfDecision): Document {
  return {
    title: `${authority}: record of decision`,
    under,
    on,
    blocks: parts.flatMap((part, index) => [heading(2, `${index + 1}. ${part.heading}`), paragraph(part.text)]),
  };
}
