import type { FieldKind } from '../../../domain/commands/fields.ts';
import type { GivenValue } from '../../../domain/measures/given-value.ts';
import { amountInWords } from '../../../domain/measures/measures.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Inspection } from '../../../domain/schemas/inspection.ts';
import { choicesOf, type FormField, hrefOf, inputOf, type Values } from './form.ts';

/** What was entered, as a check page shows it: each field with its words, and where it is changed; what was left empty is not there. */
export function enteredIn(
  fields: readonly FormField[],
  values: Values,
  authority?: Authority,
  inspection?: Pick<Inspection, 'measures'>,
): { label: string; href: string; kind: FieldKind; value: unknown }[] {
  return fields.flatMap((field) => {
    const value = values[field.name];
    if (value === undefined || value === false || inputOf(field) === 'carried') return [];
    const among = [value].flat();
    const chosen = choicesOf(field, authority, inspection)
      .filter((each) => among.includes(each.value))
      .map((each) => each.text)
      .join('\n');
    const said = chosen !== '' ? chosen : value === true ? 'Yes' : inWords(value, field);
    return [{ label: field.label, href: hrefOf(field), kind: field.kind, value: said }];
  });
}

/** A value of several lines, line by line. */
function inWords(value: unknown, { boxes }: FormField): unknown {
  if (!Array.isArray(value)) return value;
  if (boxes !== undefined)
    return (value as GivenValue[])
      .map((each) => {
        const box = boxes.find(({ id }) => id === each.measure);
        return `${box?.title ?? each.measure}: ${amountInWords(each.value, box?.unit ?? '')}`;
      })
      .join('\n');
  return value
    .map((each: unknown) => (typeof each === 'string' ? each : Object.values(each as object).join(' ')))
    .join('\n');
}
