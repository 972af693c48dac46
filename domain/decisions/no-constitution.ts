/** What is said of call-in where no constitution is on file: nothing that sounds certain, and whom to ask. */
export const NO_CONSTITUTION =
  'No constitution is on file for this council. No law says how long a decision can be called in, or by whom: ask the monitoring officer.';
