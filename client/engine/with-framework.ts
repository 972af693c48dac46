import type { CommandName, CommandPayload } from '../../domain/commands/commands.ts';
import { dayOfRules } from '../files/council-checks.ts';
import { loadFramework } from '../files/framework.ts';
import { withoutWebhooks } from '../../domain/webhooks/without-webhooks.ts';

/**
 * A command with what is added to it from the files of this installation, whoever asks for it and however: an instrument
 * comes with the rules of its framework; a council's file without the addresses outside, which the engine never has.
 *
 * @throws BadRequest where there is no such framework
 */
export function withFramework<N extends CommandName>(name: N, payload: CommandPayload<N>): CommandPayload<N> {
  if (name === 'changeAuthority') {
    const { authority, ...others } = payload as unknown as Partial<CommandPayload<'changeAuthority'>>;
    if (authority?.webhooks === undefined) return payload;
    return { ...others, authority: withoutWebhooks(authority) } as unknown as CommandPayload<N>;
  }
  if (name !== 'addInstrument') return payload;
  const { instrument } = payload as unknown as CommandPayload<'addInstrument'>;
  const id = (instrument as Partial<typeof instrument> | undefined)?.framework;
  const framework = id === undefined ? {} : { framework: loadFramework(id, dayOfRules(instrument)) };
  return { instrument, ...framework } as unknown as CommandPayload<N>;
}
