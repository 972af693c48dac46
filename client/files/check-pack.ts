import { nearestHint } from '../../domain/nearest.ts';
import { listAt, textAt } from '../../domain/schemas/part.ts';
import { type RulePack, rulePack } from '../../domain/schemas/rule-pack.ts';
import { examplesThatFail } from './check-examples.ts';
import { type FileProblem, FileProblems, inOrder, onePerPlace } from './file-problems.ts';
import { listRulePacks, loadRulePack, loadWorkingDays, resolveRules } from './rules.ts';
import type { YamlFile } from './yaml-file.ts';

/**
 * A pack from any file, with what a schema can't see: the packs it includes, the definitions it names, and whether its rules come
 * to the dates of their examples.
 *
 * @throws FileProblems with file, line and column of everything that is wrong
 */
export function checkPack(file: YamlFile): RulePack {
  const { data, problems } = file.check(rulePack);
  const all = inOrder(onePerPlace(problems, beyondTheSchema(file)));
  if (data === undefined || all.length > 0) throw new FileProblems(all);
  const failed = examplesThatFail(data, file);
  if (failed.length > 0) throw new FileProblems(failed);
  return data;
}

function beyondTheSchema(file: YamlFile): FileProblem[] {
  const [packs, definitions] = [listRulePacks(), Object.keys(loadWorkingDays())];
  const includes = listAt(file.data, 'include').map((id) => (typeof id === 'string' ? id : ''));
  const included = new Map(
    includes
      .filter((id) => packs.includes(id))
      .flatMap((id) => resolveRules(loadRulePack(id)).map((rule) => [rule.id, id] as const)),
  );
  return [
    ...includes.flatMap((id, index) =>
      packs.includes(id)
        ? []
        : [
            file.problem(
              ['include', index],
              `expected one of the rule packs: ${packs.join(', ')}${nearestHint(id, packs)}`,
            ),
          ],
    ),
    ...listAt(file.data, 'rules').flatMap((rule, index) => {
      const [id, workingDays] = [textAt(rule, 'id') ?? '', textAt(rule, 'workingDays')];
      return [
        ...(workingDays === undefined || definitions.includes(workingDays)
          ? []
          : [
              file.problem(
                ['rules', index, 'workingDays'],
                `expected one of rules/working-days.yaml: ${definitions.join(', ')}${nearestHint(workingDays, definitions)}`,
              ),
            ]),
        ...(included.has(id)
          ? [
              file.problem(
                ['rules', index, 'id'],
                `expected an id of its own: the pack ${included.get(id) ?? ''} has a rule "${id}"`,
              ),
            ]
          : []),
      ];
    }),
  ];
}
