/** What is said of call-in where no constitution is on file: nothing that sounds certain, and whom to ask. */
export const NO_CONSTITUTION =
  'No constitution is on file for this council. No law says how long a decision can be called in, or by whom: ask the monitoring officer.';

/** What is to be done where one is needed; an inspection that has none goes by the first that is chosen. */
export const CHOOSE_CONSTITUTION =
  'An administrator of the council chooses one on the page Administration, under Constitution and own rules; this inspection goes by it from then on.';
