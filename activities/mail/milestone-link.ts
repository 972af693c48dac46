/** Where the board shows a milestone; '' where there is no board. A milestone's id has a slash, which stays one. */
export function milestoneLink(
  { authority, reference }: { authority: { id: string }; reference: string },
  { milestone }: { milestone: string },
  boardUrl: string | undefined,
): string {
  return boardLink(boardUrl, ['inspections', authority.id, reference, 'milestones', ...milestone.split('/')]);
}

/** Where whoever is asked for progress gives it, on all of their actions at once; '' where there is no board. */
export function progressFormLink(
  { authority, reference }: { authority: { id: string }; reference: string },
  boardUrl: string | undefined,
): string {
  return boardLink(boardUrl, ['my-duties', 'progress', authority.id, reference]);
}

/** Where the board shows an inspection; '' where there is no board. */
export function inspectionLink(
  { authority, reference }: { authority: { id: string }; reference: string },
  boardUrl: string | undefined,
): string {
  return boardLink(boardUrl, ['inspections', authority.id, reference]);
}

function boardLink(boardUrl: string | undefined, parts: string[]): string {
  if (boardUrl === undefined) return '';
  return `${boardUrl.replace(/\/+$/, '')}/${parts.map(encodeURIComponent).join('/')}`;
}
