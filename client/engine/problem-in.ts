import { troubleIn } from '../../platform/updates/trouble.ts';
import { type EngineProblem, engineTrouble, unreachable } from '../engine-problem.ts';

/** What a silent server, a silent worker or a lifecycle that can't go on looks like from here; undefined for anything else. */
export function problemIn(error: unknown, asked: 'read' | 'change', address: string): EngineProblem | undefined {
  switch (troubleIn(error)) {
    case 'stuck':
      return engineTrouble('stuck');
    case 'away':
      // What was sent before it broke off may have come in.
      return asked === 'read' ? unreachable(address) : engineTrouble('unsure', error);
    case 'silent':
      return engineTrouble(asked === 'read' ? 'no-worker' : 'unsure', error);
    case 'full':
      return engineTrouble('not-taken', error);
    case 'unclear':
      return asked === 'read' ? engineTrouble('no-worker', error) : undefined;
    case 'gone':
    case 'wrong':
      return undefined;
  }
}
