import { join, relative } from 'node:path';
import { stringify } from 'yaml';
import { councilShortName, FIRST_ADMINISTRATOR, FIRST_ROLES } from '../../domain/authority/first-authority.ts';
import type { Division } from '../../domain/calendar/working-calendar.ts';
import type { Role } from '../../domain/schemas/authority.ts';
import { jsonSchemasFolder } from './json-schemas.ts';
import { TO_FILL_IN } from './yaml-file.ts';

/** What a council's first two files are made from; what is left out is left to be filled in. */
export interface FirstFiles {
  council?: string | undefined;
  division?: Division | undefined;
  /** The administrator's address. */
  email?: string | undefined;
  reference?: string | undefined;
  title?: string | undefined;
  framework?: string | undefined;
  fieldworkFrom?: string | undefined;
  fieldworkUntil?: string | undefined;
  received?: string | undefined;
  published?: string | undefined;
}

export const AUTHORITY_FILE = 'authority.yaml';

export function inspectionFileName({ reference }: Pick<FirstFiles, 'reference'>): string {
  return reference === undefined ? 'inspection.yaml' : `inspection-${reference}.yaml`;
}

/**
 * The texts of a first authority file and a first inspection file, with what each part means. They pass
 * `duecourse check` once nothing in them is left to be filled in.
 *
 * @param folder where they are to stand
 */
export function firstFiles(given: FirstFiles, folder: string): { authority: string; inspection: string } {
  return { authority: authorityText(given, folder), inspection: inspectionText(given, folder) };
}

/** One value as YAML writes it on a line, in quotes where it needs them. */
const value = (text: string | undefined): string => stringify(text ?? TO_FILL_IN, { lineWidth: 0 }).trimEnd();

function schemaLine(folder: string, name: string): string {
  return `# yaml-language-server: $schema=${relative(folder, join(jsonSchemasFolder(), `${name}.schema.json`)).replaceAll('\\', '/')}`;
}

/** A role in the file, to be given an address. */
const roleText = ({ id, title, reportsTo, capacity }: Role): string =>
  [
    `  - id: ${id}`,
    `    title: ${title}`,
    `    # email: ${id}@council.example.org`,
    ...(reportsTo === undefined ? [] : [`    reportsTo: ${reportsTo}`]),
    ...(capacity === 'owner' ? [] : [`    capacity: ${capacity}`]),
    '',
  ].join('\n');

function authorityText({ council, division, email }: FirstFiles, folder: string): string {
  return `${schemaLine(folder, 'authority')}
# The council: who holds which role, which bodies there are, when mail goes out. Check it with: duecourse check ${AUTHORITY_FILE}
# What else can stand here, and what each key means: docs/files.md; an example of everything: examples/every-key/authority.yaml

# The short name is part of addresses and of every record: it never changes.
id: ${value(council === undefined ? undefined : councilShortName(council))}
name: ${value(council)}
# Whose bank holidays count: england-and-wales, scotland or northern-ireland.
division: ${value(division)}

# What the council's constitution says of call-in: one of rules/constitutions (duecourse check names them where one is not
# there). Without it call-in windows are not worked out.
# constitution: middlesbrough

# Every role that owns a duty, or stands above one that does. An address is that of whoever holds the role now; without one
# nobody holds it, and its mail goes to the administrator. \`reportsTo\` is who hears first when something is late.
roles:
${FIRST_ROLES.map(roleText).join('')}  # The administrator runs duecourse here, and needs an address.
  - id: democratic-services
    title: ${FIRST_ADMINISTRATOR}
    email: ${value(email)}
    reportsTo: chief-executive
    capacity: administrator

# Who stands at the upper steps when something stays late, and who runs duecourse here.
chain:
  director: director
  chiefExecutive: chief-executive
  administrator: democratic-services
  # leadMember: lead-member

# The bodies that duties go to, with the dates of their meetings.
bodies:
  - id: cabinet
    name: Cabinet
    meetings: []
    # meetings: [2027-01-19, 2027-02-16]

# Local times: mail goes out once a day at \`time\`, and never before \`from\` or from \`until\` on.
sending: { time: '09:00', from: '08:00', until: '18:00' }

# Days on which the council is closed beside bank holidays.
# closureDays:
#   - { date: 2026-12-29, title: Christmas closure }
`;
}

function inspectionText(given: FirstFiles, folder: string): string {
  const { reference, title, framework, fieldworkFrom, fieldworkUntil, received, published } = given;
  const name = inspectionFileName(given);
  const came = received !== undefined || published === undefined ? received : undefined;
  return `${schemaLine(folder, 'inspection')}
# One inspection. Check it with: duecourse check ${name}; see what would follow with: duecourse preview ${name}
# What else can stand here, and what each key means: docs/files.md; an example of everything: examples/every-key/inspection.yaml

# The short name is part of addresses and of every record: it never changes. Unique in the council.
reference: ${value(reference)}
title: ${value(title)}
authority: ${AUTHORITY_FILE}
# The rules that follow from it: duecourse rules list
framework: ${value(framework)}

# When the inspectors were there, the first and the last day. Dates are written 2026-06-19.
fieldwork:
  from: ${value(fieldworkFrom)}
  until: ${value(fieldworkUntil)}

# When the report came. Where only its publication is known, leave \`received\` out: publication then stands in for it.
report:
  ${came === undefined && published !== undefined ? '# received: 2026-08-03' : `received: ${value(came)}`}
  ${published === undefined ? '# published: 2026-08-10' : `published: ${value(published)}`}

# What the report says, and asks for. Some rules apply only for some grades.
# judgements:
#   - { area: Overall effectiveness, grade: Requires improvement }
# recommendations:
#   - { id: i, text: Review the progress of assessments in time. }

# The actions of the improvement plan, each with its accountable officer and its date; or a period counted from the receipt
# of the report.
# actions:
#   - id: supervision-standard
#     title: Put one supervision standard in place
#     owner: head-of-service
#     recommendations: [i]
#     due: { n: 3, unit: month }

# Whose duty it is where nothing else says so, by the line of duties.
owners:
  plan-submission: director

# What the council has promised beyond what it must do.
# commitments:
#   - { rule: cabinet-update, body: cabinet }
#   - { rule: member-briefing }
`;
}
