import { zipOf } from './zip.ts';

/** An archive that lists these parts, each empty: enough for what reads the directory at its end. */
export const archiveOf = (...names: string[]): Buffer => zipOf(names.map((name) => ({ name, content: '' })));

export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
