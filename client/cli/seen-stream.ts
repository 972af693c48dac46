import colours from 'picocolors';
import { visible } from '../../domain/hidden-characters.ts';

/** Colours, as picocolors writes them. */
// oxlint-disable-next-line no-control-regex
const COLOUR = /(\u001B\[[\d;]*m)/;
/** A write that is nothing but one control sequence: a spinner's, which data never is. */
// oxlint-disable-next-line no-control-regex
const OWN_SEQUENCE = /^\u001B\[[\d;?]*[A-Za-z]$/;
/** By which a table of comma-separated values says that it is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Text as a terminal may be given it: whatever a title or an error quotes, it moves no cursor, writes no colour where
 * there are none, and turns nothing around.
 */
export function seen(text: string, coloured: boolean = colours.isColorSupported): string {
  if (OWN_SEQUENCE.test(text)) return text;
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const body = text.slice(mark.length);
  const parts = coloured ? body.split(COLOUR) : [body];
  return mark + parts.map((part, index) => (index % 2 === 1 ? part : visible(part))).join('');
}

/** JSON for programs: the same value, with what a terminal would not show written as JSON escapes it. */
export function seenJson(data: unknown): string {
  return JSON.stringify(data, null, 2).replace(
    /[\u007F-\u009F\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu,
    (each) => Array.from({ length: each.length }, (_, at) => escaped(each.charCodeAt(at))).join(''),
  );
}

const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/** From now on everything that this process writes to a stream as text is seen as it is; bytes pass as they are. */
export function showHidden(stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream) as (chunk: string | Uint8Array, ...rest: unknown[]) => boolean;
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean =>
    write(typeof chunk === 'string' ? seen(chunk) : chunk, ...rest);
}
