import { z } from 'zod';
import { line, pastDate, slug } from './common.ts';

/** Who in the council has read a pack or a constitution and stands behind it: `signed-off.yaml` in the council's own rules. */
export const signOffs = z.strictObject({
  signedOff: z
    .array(
      z.strictObject({
        rules: slug.meta({
          description: 'The pack or constitution, by its id.',
          examples: ['sif-2013'],
        }),
        version: z.int().min(1).describe('Its version.'),
        hash: z
          .string()
          .regex(/^[0-9a-f]{64}$/, { error: 'expected the SHA-256 of the file, 64 hexadecimal digits' })
          .describe('The SHA-256 of the file as it was: once the file is another, the book says so.'),
        by: line.meta({ description: 'The role that stands behind it.', examples: ['Monitoring Officer'] }),
        on: pastDate.meta({ description: 'On which day.', examples: ['2026-11-26'] }),
        note: line.optional().describe('What was said with it.'),
      }),
    )
    .default([])
    .describe('Each time that one was signed off, the newest last.'),
});

export type SignOff = z.infer<typeof signOffs>['signedOff'][number];
