import type { Readable, Writable } from 'node:stream';
import { cancel, intro, select, text } from '@clack/prompts';
import { divisions } from '../../domain/calendar/working-calendar.ts';
import { BadRequest } from '../bad-request.ts';
import type { FirstFiles } from '../files/first-files.ts';
import { listRulePacks, loadRulePack } from '../files/rules.ts';
import { divisionOf, FIRST_ANSWERS, type FirstAnswer, mistakeIn } from './first-answers.ts';

/** Where questions are asked; absent: on the process's own terminal. */
interface Terminal {
  input?: Readable;
  output?: Writable;
}

/**
 * Asks on the terminal for what was not given. An empty answer is left to be filled in.
 *
 * @throws BadRequest where it is broken off (Ctrl-C)
 */
export async function askFirstAnswers(given: FirstFiles, terminal: Terminal = {}): Promise<FirstFiles> {
  intro('A first authority file and a first inspection file', terminal);
  let answers: FirstFiles = { ...given };
  for (const answer of FIRST_ANSWERS) {
    if (answers[answer.key] !== undefined) continue;
    const said = await ask(answer, answers, terminal);
    if (typeof said !== 'string') {
      cancel('Broken off.', terminal);
      throw new BadRequest('Nothing was written.');
    }
    if (said === '') continue;
    answers =
      answer.key === 'division' ? { ...answers, division: divisionOf(said) } : { ...answers, [answer.key]: said };
  }
  return answers;
}

function ask(
  { key, question, example, needed }: FirstAnswer,
  answers: FirstFiles,
  terminal: Terminal,
): Promise<string | symbol> {
  if (key === 'division')
    return select({ ...terminal, message: question, options: divisions.map((value) => ({ value: String(value) })) });
  if (key === 'framework')
    return select({
      ...terminal,
      message: question,
      options: listRulePacks()
        .map((pack) => loadRulePack(pack))
        .filter((pack) => pack.id !== 'commitments')
        .toSorted((a, b) => (a.valid.from < b.valid.from ? 1 : -1))
        .map(({ id, title }) => ({ value: id, label: title, hint: id })),
    });
  return text({
    ...terminal,
    message: `${question} ${needed ? 'Press Enter to leave it to be filled in.' : 'Press Enter if it is not known.'}`,
    placeholder: example,
    validate: (said = '') => (said === '' ? undefined : mistakeIn(key, said, answers)),
  }).then((said) => (typeof said === 'string' ? said.trim() : said));
}
