import type { ListedEvidence } from '../../register/evidence.ts';
import type { Register } from '../../register/register.ts';
import { csvOf } from './csv.ts';
import type { FileContent } from './whole-folder.ts';

/** The list of an inspection's evidence, and each file of it, by name. A file is read when it is written: all may be large. */
export function evidenceFiles(
  evidence: readonly ListedEvidence[],
  authority: string,
  register: Pick<Register, 'evidence'>,
): [string, FileContent][] {
  const rows = evidence.map((each) => ({
    When: each.at,
    Duty: each.milestone,
    What: each.title,
    Link: each.link ?? '',
    File: each.file === null || !each.isThere ? '' : nameOf(each.file),
    'SHA-256': each.file?.sha256 ?? '',
    Note: each.note ?? '',
    Role: each.by,
  }));
  const files = new Map(
    evidence.flatMap(({ file, isThere }) => (file === null || !isThere ? [] : [[nameOf(file), file.sha256] as const])),
  );
  return [
    ['evidence.csv', csvOf(['When', 'Duty', 'What', 'Link', 'File', 'SHA-256', 'Note', 'Role'], rows)],
    ...[...files].map(([name, sha256]): [string, FileContent] => [
      name,
      async () => (await register.evidence.find(authority, sha256))?.content ?? Buffer.alloc(0),
    ]),
  ];
}

/** Told apart by its content, and safe on every file system. */
const nameOf = ({ sha256, name }: { sha256: string; name: string }): string =>
  `evidence/${sha256.slice(0, 12)}-${name.replaceAll(/[^\p{L}\p{N}.() _-]/gu, '_')}`;
