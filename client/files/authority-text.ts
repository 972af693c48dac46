import { stringify } from 'yaml';
import type { Authority } from '../../domain/schemas/authority.ts';
import { authorityIn } from './load.ts';
import { type FileProblem, FileProblems } from './file-problems.ts';
import { YamlFile } from './yaml-file.ts';

/**
 * An authority as a file that says the same, for those who keep it elsewhere.
 *
 * @param head a comment at its top, one line
 */
export const authorityText = (authority: Authority, head: string): string =>
  `# ${head.replaceAll(/\s+/g, ' ')}\n${stringify(authority, { lineWidth: 120 })}`;

/** An authority that was changed in parts, by the same checks as a file: whole, or what is wrong with it and where. */
export function checkedAuthority(
  changed: Authority,
): { authority: Authority; problems: [] } | { authority: undefined; problems: FileProblem[] } {
  try {
    return {
      authority: authorityIn(YamlFile.of(authorityText(changed, changed.name), 'authority.yaml')),
      problems: [],
    };
  } catch (error) {
    if (!(error instanceof FileProblems)) throw error;
    return { authority: undefined, problems: error.problems };
  }
}
