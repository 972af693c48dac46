import { distantClock, type EngineClock } from '../platform/updates/engine-clock.ts';
import type { Register } from './register.ts';

/** The engine's clock as processes on several machines agree on it: that of the register's database. */
export const registerClock = (register: Pick<Register, 'clock'>): EngineClock => distantClock(() => register.clock());
