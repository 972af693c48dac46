import { Refusal } from '../../../domain/refusal.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { CouncilForm } from './council-form.ts';

/** A whole file that was brought, once it has been read: it comes as it was understood, in JSON. */
export const bringFileForm: CouncilForm = {
  title: 'Upload a changed file',
  explain: 'The whole file takes the place of the one in force.',
  fields: () => [],
  edited({ authority }, _values, { typed: { file } }) {
    const brought = typeof file === 'string' ? authorityIn(file) : undefined;
    if (brought === undefined) throw new Refusal('nothing-said', 'Choose a file first.');
    if (brought.id !== authority.id)
      throw new Refusal(
        'wrong-authority',
        `This is the file of ${brought.name} (${brought.id}), not of ${authority.name} (${authority.id}).`,
      );
    if (brought.division !== authority.division)
      throw new Refusal('wrong-authority', 'The file counts by the bank holidays of another part of the country.');
    return brought;
  },
  back: ({ home }) => `${home}/file`,
  done: 'The file is in force.',
};

function authorityIn(text: string): Authority | undefined {
  try {
    return JSON.parse(text) as Authority;
  } catch {
    return undefined;
  }
}
