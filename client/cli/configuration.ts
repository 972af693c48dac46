import { statSync } from 'node:fs';
import { z } from 'zod';
import { personName, slug } from '../../domain/schemas/common.ts';
import { BadRequest } from '../bad-request.ts';
import { shownPath } from '../files/text-file.ts';
import { YamlFile } from '../files/yaml-file.ts';
import { configurationFiles } from './configuration-files.ts';

const SETTING = /^(DUECOURSE_[A-Z_]+|DATABASE_URL|TEMPORAL_[A-Z_]+|OTEL_[A-Z_]+)$/;
const NO_SETTING = 'expected a variable of duecourse, for example DATABASE_URL, TEMPORAL_ADDRESS or DUECOURSE_VAR';

/** What a configuration file holds: who acts, and settings by the names of their variables. */
const configuration = z.strictObject({
  as: slug.optional().describe('the role you act in: --as'),
  by: personName.optional().describe('who you are, for the record: --by'),
  settings: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .superRefine((settings, context) => {
      for (const name of Object.keys(settings))
        if (!SETTING.test(name)) context.addIssue({ code: 'custom', path: [name], message: NO_SETTING });
    })
    .optional(),
});

const GROUP_OR_OTHERS_MAY_WRITE = 0o022;

/**
 * Sets what configuration files say where the environment does not: options and variables go before files.
 *
 * @throws FileProblems with line and column; BadRequest where others may write the file
 */
export function applyConfiguration(variables: NodeJS.ProcessEnv): void {
  for (const path of configurationFiles(variables)) {
    // Whoever may write it decides where passwords are sent.
    if (process.platform !== 'win32' && (statSync(path).mode & GROUP_OR_OTHERS_MAY_WRITE) !== 0)
      throw new BadRequest(
        `${shownPath(path)} may be written by others than you; correct that with: chmod go-w ${path}`,
      );
    const { as, by, settings = {} } = YamlFile.read(path).parse(configuration);
    const said = { ...settings, DUECOURSE_AS: as, DUECOURSE_BY: by };
    for (const [name, value] of Object.entries(said)) {
      if (value === undefined || (variables[name] ?? '') !== '') continue;
      variables[name] = String(value);
    }
  }
}
