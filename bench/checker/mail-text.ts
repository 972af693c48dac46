import { dateIn } from './days.ts';

/** One mail as the sink has received it. */
export interface SinkMail {
  to: string;
  messageId: string;
  /** Its Date header, ISO 8601 in UTC: the story's time. */
  date: string;
  text: string;
}

/** What a mail's text says: which inspection, and each duty with its date. */
export interface Said {
  inspection: string;
  /** `gone`: it says that nothing has to be done about it any more. */
  notices: { title: string; due: string | undefined; gone: boolean }[];
}

const RULE = /^-{20,}$/m;

/** Reads a mail as a person does: the inspection on its second line, and between the rules each duty with its due sentence. */
export function read({ text }: SinkMail): Said {
  const [head = '', ...sections] = text.replaceAll('\r\n', '\n').split(RULE);
  const [, inspection = ''] = head.trim().split('\n');
  const notices = sections.slice(0, -1).map((section) => {
    const lines = section.trim().split('\n');
    const was = lines.find((line) => line.startsWith('It was due '));
    const due = was ?? lines.find((line) => /^(Due|Was due) .*; late after /.test(line));
    return {
      title: lines[0]?.trim() ?? '',
      due: due === undefined ? undefined : dateIn(due),
      gone: was !== undefined,
    };
  });
  return { inspection: inspection.trim(), notices };
}
