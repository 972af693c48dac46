/** The workflow that tells those who stand in otherwise than before: one for each council. */
export const standInNewsId = (authority: string): string => `stand-ins/${authority}`;

/** The council's file is another. */
export const FILE_CHANGED = 'file-changed';
