import { z } from 'zod';
import { authority } from '../../domain/schemas/authority.ts';
import { bankHolidays } from '../../domain/schemas/bank-holidays.ts';
import { constitution } from '../../domain/schemas/constitution.ts';
import { instrument } from '../../domain/schemas/instrument.ts';
import { inspection } from '../../domain/schemas/inspection.ts';
import { rulePack, workingDayDefinitions } from '../../domain/schemas/rule-pack.ts';
import { signOffs } from '../../domain/schemas/sign-offs.ts';
import type { FileProblem } from './file-problems.ts';
import type { YamlFile } from './yaml-file.ts';

export const fileKind = z.enum([
  'inspection',
  'instrument',
  'authority',
  'constitution',
  'rule-pack',
  'working-days',
  'bank-holidays',
  'sign-offs',
]);

export type FileKind = z.infer<typeof fileKind>;

interface KindOfFile {
  /** As a sentence says it: "this is …". */
  name: string;
  schema: z.ZodType;
  /** The keys that no other kind of file has: by them it is known. */
  own: readonly string[];
}

/** The schema of the whole file: the inspection, and its authority by a path relative to the file, or written out. */
const inspectionFile = inspection.safeExtend({
  authority: z.union([z.string().min(1), authority]).meta({
    description:
      'The council: the path of its authority file, from this file’s folder on, or the authority written out.',
    examples: ['authorities/anyborough.yaml'],
  }),
});

/** Every kind of file that duecourse reads. */
export const FILE_KINDS: Record<FileKind, KindOfFile> = {
  inspection: {
    name: 'an inspection’s file',
    schema: inspectionFile,
    own: ['reference', 'framework', 'fieldwork', 'report', 'judgements', 'recommendations', 'actions'],
  },
  // Most of its keys an inspection has too; who issued it, and no reference, tells it apart.
  instrument: {
    name: 'an instrument’s file',
    schema: instrument,
    own: ['issuedBy', 'framework', 'fieldwork', 'report', 'judgements'],
  },
  authority: { name: 'an authority’s file', schema: authority, own: ['roles', 'chain', 'bodies', 'sending', 'people'] },
  constitution: { name: 'a constitution', schema: constitution, own: ['callIn', 'keyDecision'] },
  'rule-pack': { name: 'a rule pack', schema: rulePack, own: ['rules', 'include'] },
  'working-days': {
    name: 'a file of working-day definitions',
    schema: workingDayDefinitions,
    own: ['definitions'],
  },
  'bank-holidays': {
    name: 'a file of bank holidays',
    schema: bankHolidays,
    own: ['england-and-wales', 'scotland', 'northern-ireland'],
  },
  'sign-offs': { name: 'a file of what was signed off', schema: signOffs, own: ['signedOff'] },
};

/** What a file is, by what is in it: the kind that most of its keys belong to; undefined where none of them tells. */
export function kindOfFile(data: unknown): FileKind | undefined {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  const counts = fileKind.options.map((kind) => ({
    kind,
    count: FILE_KINDS[kind].own.filter((key) => key in data).length,
  }));
  const [best] = counts.toSorted((a, b) => b.count - a.count);
  return best === undefined || best.count === 0 ? undefined : best.kind;
}

/** That a file is none, or of another kind than the one wanted; empty where it is of that kind, or nothing tells. */
export function wrongKind(file: YamlFile, wanted: FileKind): FileProblem[] {
  if (typeof file.data !== 'object' || file.data === null || Array.isArray(file.data))
    return [
      file.problem(
        [],
        `expected ${FILE_KINDS[wanted].name}: keys with their values, as duecourse init writes a first one`,
      ),
    ];
  const kind = kindOfFile(file.data);
  if (kind === undefined || kind === wanted) return [];
  return [
    file.problem(
      [],
      `this is ${FILE_KINDS[kind].name}; expected ${FILE_KINDS[wanted].name} here. Look at it with: duecourse check ${file.file}`,
    ),
  ];
}
