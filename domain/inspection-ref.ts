/**
 * An inspection by its whole name, `<authority>/<reference>`, for example `middlesbrough/2016`. The reference alone
 * (`2016`) names it only within its council.
 */
export type InspectionRef = `${string}/${string}`;

/** What an inspection ref is made of. */
export interface InspectionRefParts {
  authority: string;
  reference: string;
}

/** Both parts are short names in lower case, as `slug` of domain/schemas/common.ts has them. */
const SHORT_NAME = '[a-z0-9]+(?:-[a-z0-9]+)*';
const INSPECTION_REF = new RegExp(`^${SHORT_NAME}/${SHORT_NAME}$`);

/** What a person wrote is no inspection ref; the sentence says what one looks like. */
export class NoInspectionRef extends Error {
  override readonly name = 'NoInspectionRef';
  readonly code = 'no-inspection-ref';
}

/** The whole name of a council's inspection: `inspectionRef('middlesbrough', '2016')` is `middlesbrough/2016`. */
export const inspectionRef = (authority: string, reference: string): InspectionRef => `${authority}/${reference}`;

/** The two parts of a ref: `partsOf('middlesbrough/2016')` is `{ authority: 'middlesbrough', reference: '2016' }`. */
export function partsOf(ref: InspectionRef): InspectionRefParts {
  const slash = ref.indexOf('/');
  return { authority: ref.slice(0, slash), reference: ref.slice(slash + 1) };
}

/**
 * The inspection that a person names. Spaces around it and capital letters don't count.
 *
 * @throws NoInspectionRef with a sentence that says what it looks like
 * @example parseInspectionRef('Middlesbrough/2016') // 'middlesbrough/2016'
 */
export function parseInspectionRef(text: string): InspectionRef {
  const ref = text.trim().toLowerCase();
  if (isInspectionRef(ref)) return ref;
  throw new NoInspectionRef(`"${text}" is not the name of an inspection: ${wantedOf(ref)}`);
}

const isInspectionRef = (text: string): text is InspectionRef => INSPECTION_REF.test(text);

function wantedOf(ref: string): string {
  const example = 'expected <council>/<reference>, for example middlesbrough/2016';
  const tidied = ref
    .split(/[\s\\/:_]+/)
    .filter((part) => part !== '')
    .join('/');
  if (isInspectionRef(tidied)) return `${example}; did you mean ${tidied}?`;
  return ref.includes('/') ? `${example}.` : `${example}: its council or its reference is missing.`;
}
