import { expect, test } from 'vitest';
import { constitutionGoneBy } from '../../../domain/authority/demonstration.ts';

test('an invented council goes by a real one’s constitution, and says so', () => {
  expect(constitutionGoneBy('Call-in of Anyborough', {})).toBe('Call-in of Anyborough');
  expect(constitutionGoneBy('Call-in of Anyborough', { demonstration: true })).toBe(
    'Call-in of Anyborough (lent to this demonstration: an invented council has none of its own)',
  );
});
