import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { division as divisionSchema } from '../../domain/schemas/common.ts';
import { errorWords } from '../../platform/error-words.ts';
import { BadRequest, parseRequest } from '../bad-request.ts';
import { calendarOfDivision, MONTHS } from './division-calendars.ts';

/** The answers to the questions of a file, in their order ("-" reads standard input). */
export const answerBatch = (file: string): (string | number)[] => batch(readJson(file));

const base = { division: divisionSchema.default('england-and-wales'), start: z.string() };
const question = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('add'), ...base, n: z.int() }),
  z.strictObject({ op: z.literal('clear-before'), ...base, n: z.int() }),
  z.strictObject({ op: z.literal('count'), ...base, end: z.string() }),
  // Months need no holidays: whose they would be makes no difference.
  z.strictObject({ op: z.literal('months-after'), ...base, n: z.int() }),
  z.strictObject({ op: z.literal('months-beginning-with'), ...base, n: z.int() }),
]);

/** Answers all questions or, where one of them is wrong, none. */
function batch(questions: unknown): (string | number)[] {
  return parseRequest(z.array(z.unknown(), { error: 'expected a JSON array of questions' }), questions).map(
    (each, index) => {
      try {
        const asked = parseRequest(question, each);
        if (asked.op === 'months-after' || asked.op === 'months-beginning-with')
          return MONTHS[asked.op](asked.start, asked.n);
        const days = calendarOfDivision(asked.division);
        if (asked.op === 'count') return days.countWorkingDays(asked.start, asked.end);
        return asked.op === 'add'
          ? days.addWorkingDays(asked.start, asked.n)
          : days.clearDaysBefore(asked.start, asked.n);
      } catch (error) {
        throw new BadRequest(`question ${index + 1}: ${errorWords(error).sentence}`);
      }
    },
  );
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw new BadRequest(`${file} can't be read`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadRequest(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
