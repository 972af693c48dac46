/** By which the variables of duecourse begin. */
export const VARIABLE_PREFIX = 'DUECOURSE_';
