import { partsOfZip } from '../../client/workbook/parts-of-zip.ts';

/** The parts of a Word document by their names, as text. */
export function wordParts(file: Uint8Array): Map<string, string> {
  const parts = partsOfZip(Buffer.from(file));
  if (typeof parts === 'string') throw new Error(`no archive: ${parts}`);
  return new Map(parts.map(({ name, content }) => [name, content.toString('utf8')]));
}

/** All words of a Word document, a line for each paragraph. */
export function wordText(file: Uint8Array): string {
  const xml = wordParts(file).get('word/document.xml') ?? '';
  return [...xml.matchAll(/<w:p(?: [^>]*)?>(.*?)<\/w:p>/gs)]
    .map(([, inside = '']) =>
      inside
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&apos;', "'")
        .replaceAll('&amp;', '&'),
    )
    .join('\n');
}
