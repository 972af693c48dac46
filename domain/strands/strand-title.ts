import { executiveName } from '../authority/executive-name.ts';
import type { Authority } from '../schemas/authority.ts';
import type { StrandName } from '../schemas/rule-pack.ts';
import { capitalised } from '../words.ts';
import { STRANDS } from './strands.ts';

/** What a kind of duty is called in a council: its updates go to its Cabinet, its Executive, or a committee. */
export const strandTitle = (name: StrandName, authority: Pick<Authority, 'bodies'>): string =>
  name === 'cabinet-updates' ? `${capitalised(executiveName(authority))} updates` : STRANDS[name].title;
