const WRITTEN = /^(\d{1,2})(?:[:. ]?(\d{2}))?\s*([ap])?(?:\.?m\.?)?$/;

/**
 * A time of day as people write it, as `HH:MM`; undefined where it is none, or could be two.
 *
 * @example
 * timeTyped('17.30') // '17:30'
 * timeTyped('5.30pm') // '17:30'
 * timeTyped('9') // undefined: of the morning or the evening
 */
export function timeTyped(text: string): string | undefined {
  const plain = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  if (plain === 'midday' || plain === 'noon') return '12:00';
  const [, said = '', minutes, half] = WRITTEN.exec(plain) ?? [];
  if (said === '' || (minutes === undefined && half === undefined)) return undefined;
  if (/m/.test(plain) && half === undefined) return undefined;
  const hours = half === undefined ? Number(said) : ofHalf(Number(said), half);
  if (hours === undefined || hours > 24 || Number(minutes ?? 0) > 59) return undefined;
  if (hours === 24 && Number(minutes ?? 0) > 0) return undefined;
  return `${String(hours).padStart(2, '0')}:${minutes ?? '00'}`;
}

/** An hour of twelve, before noon or after it. */
function ofHalf(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}
