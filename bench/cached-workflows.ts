/** The product's workflows and one that does nothing, in one bundle: what any workflow of such a bundle costs. */
export * from '../workflows/workflows.ts';
export { noop } from './noop-workflow.ts';
