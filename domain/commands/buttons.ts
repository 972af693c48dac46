/** What a button is called of which sentences elsewhere speak as well. */
export const BUTTONS = {
  complete: 'Mark as done',
  submit: 'Submit',
  requestExtension: 'Ask for a later date',
} as const;
