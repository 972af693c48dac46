import { join } from 'node:path';
import { namesOf } from '../../domain/closed-table.ts';
import { FINDINGS } from '../../domain/doctor/findings.ts';
import { FINDING_AREAS, type FindingCode } from '../../domain/doctor/kinds.ts';
import { packageRoot } from '../../platform/package-root.ts';

/** The committed page: docs/doctor.md. */
export function doctorPageFile(): string {
  return join(packageRoot(), 'docs', 'doctor.md');
}

/** Every finding and what to do about it, in Markdown: made from the table that the command and the pages use. */
export function doctorPage(): string {
  return `${[
    '<!-- Made from domain/doctor/findings.ts by `npm run docs:files`. Change the table there, not this page. -->',
    '# Is all well?',
    HOW_TO,
    ...namesOf(FINDING_AREAS).flatMap((area) => [
      `## ${FINDING_AREAS[area]}`,
      ...namesOf(FINDINGS)
        .filter((code) => FINDINGS[code].area === area)
        .map(entryFor),
    ]),
  ].join('\n\n')}\n`;
}

function entryFor(code: FindingCode): string {
  const { severity, title, what, do: advice, blocksReadiness, counted } = FINDINGS[code];
  const notes = [
    severity,
    ...(blocksReadiness ? ['`/readyz` answers 503'] : []),
    ...(counted === null ? [] : [`counted by \`duecourse_inspections_${counted}\``]),
  ];
  const sentence = what('…') === '…' ? '' : ` “${what('…')}”`;
  return `**\`${code}\`** (${notes.join('; ')}): ${title}.${sentence}\\\n${advice.replaceAll('THIS', '…')}`;
}

const HOW_TO = `\`duecourse doctor\` looks at everything, and says what is wrong and what to do about it. Exit code 0 only where all is well.
With \`--json\` for programs: \`{"ok", "at", "findings": [{"code", "severity", "inspection"?, "what", "do"}], "inspections"}\`. Every
worker and every web process looks as well, by turns, every five minutes; what they find is on the board's page Health, in \`/metrics\`,
in the administrator's morning summary where it is about an inspection of theirs, in the log, and goes once by mail to the operator
(\`DUECOURSE_OPERATOR\`), and once more when it is over: an error at once, a warning when two looks have seen it, the end when two
looks have not. Of a register that can't be written each process tells for itself, since there is no place where they could agree.

Of more than 200 open inspections 200 are asked in a look, others each time, beside those that were found before; \`--deep\` asks them
all. What stands still, and what only one side knows, is found for all of them each time, from lists.

A code is one of these, and is not used for anything else later. **error**: something that people rely on does not work.
**warning**: it works, and will not for long, or not everywhere. **advice**: it works; somebody had better look whether it is meant so.
Advice leaves the exit code 0, and is the command's alone: nobody is mailed about it.`;
