/** Where the board shows a milestone; '' where there is no board. A milestone's id has a slash, which stays one. */
export function milestoneLink(
  { authority, reference }: { authority: { id: string }; reference: string },
  { milestone }: { milestone: string },
  boardUrl: string | undefined,
): string {
  if (boardUrl === undefined) return '';
  const parts = ['inspections', authority.id, reference, 'milestones', ...milestone.split('/')];
  return `${boardUrl.replace(/\/+$/, '')}/${parts.map(encodeURIComponent).join('/')}`;
}
