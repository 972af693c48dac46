import { planItems, PLAN_ITEM_KINDS, type PlanPart } from '../../domain/revisions/plan-items.ts';
import { planFile } from '../../domain/schemas/plan-file.ts';
import { namesOf } from '../../domain/closed-table.ts';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import { FileProblems } from './file-problems.ts';
import { YamlFile } from './yaml-file.ts';

/** A plan as a file proposes it, and the revision that the file was made from, where it says so. */
export interface ProposedPlan {
  plan: Partial<PlanPart>;
  revision: number | undefined;
}

const LISTS = PLAN_ITEM_KINDS.map((kind) => planItems(kind).list);

/**
 * Reads a plan's file: the lists that make a plan, as an inspection's file has them. A whole inspection's file will do: the
 * rest of it is not looked at. A list that is left out is to stay as it is.
 *
 * @throws FileProblems with file, line and column of everything that is wrong
 */
export function loadPlanFile(path: string, inspection: InspectionRef): ProposedPlan {
  const file = YamlFile.read(path);
  const isWhole = file.at(['framework']) !== undefined;
  const reference = file.at(['reference']);
  if (isWhole && String(reference) !== partsOf(inspection).reference)
    throw new FileProblems([
      file.problem(
        ['reference'],
        `expected the file of ${inspection}, whose reference is ${partsOf(inspection).reference}`,
      ),
    ]);
  const { data, problems } = (isWhole ? ofPlan(file) : file).check(planFile);
  if (data === undefined) throw new FileProblems(problems);
  if (PLAN_ITEM_KINDS.every((kind) => data[planItems(kind).list] === undefined))
    throw new FileProblems([file.problem([], `expected at least one of ${LISTS.join(', ')}`)]);
  const { revision, ...plan } = data;
  return { plan, revision };
}

/** A file with no more of it than makes the plan. */
function ofPlan(file: YamlFile): YamlFile {
  const plan = new Set<string>(namesOf(planFile.shape));
  const { data } = file;
  const others = typeof data === 'object' && data !== null ? Object.keys(data).filter((key) => !plan.has(key)) : [];
  return others.reduce((rest, key) => rest.without(key), file);
}
