import { type InspectionRef, partsOf } from '../domain/inspection-ref.ts';
import type { NewestReport } from '../domain/progress/newest-report.ts';
import { hashOfText } from '../domain/questions/words.ts';
import type { Register } from '../register/register.ts';

/** The words of the newest report on each of some duties, as far as they are what was said; by the number of their entry. */
export async function lastWords(
  register: Pick<Register, 'texts'>,
  inspection: InspectionRef,
  duties: readonly { progress?: NewestReport | undefined }[],
): Promise<Map<number, string>> {
  const { authority, reference } = partsOf(inspection);
  const said = duties.flatMap(({ progress }) => progress?.words ?? []);
  const entries = await register.texts(
    authority,
    reference,
    said.map(({ seq }) => seq),
  );
  return new Map(
    said.flatMap(({ seq, hash }) => {
      const text = entries.get(seq)?.data['text'];
      return typeof text === 'string' && hashOfText(text) === hash ? [[seq, text] as const] : [];
    }),
  );
}
