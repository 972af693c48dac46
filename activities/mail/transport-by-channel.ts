import { namesOf } from '../../domain/closed-table.ts';
import type { Channel } from '../../domain/schemas/authority.ts';
import { MailFailure, type MailTransport } from './mail-transport.ts';

/** How mail leaves by every channel; where one is not set up here, what the operator has to do. */
export type ChannelTransports = Readonly<Record<Channel, MailTransport | { unavailable: string }>>;

/** Hands each message to the channel that its authority has chosen; what can't leave by it waits. */
export function transportByChannel(transports: ChannelTransports): MailTransport {
  return {
    async send(message, beforeEnd) {
      const transport = transports[message.channel];
      if ('unavailable' in transport) throw new MailFailure('delayed', transport.unavailable);
      return transport.send(message, beforeEnd);
    },
    async close() {
      const all = namesOf(transports).map((name) => transports[name]);
      await Promise.all(all.flatMap((each) => ('unavailable' in each ? [] : [each.close()])));
    },
  };
}
