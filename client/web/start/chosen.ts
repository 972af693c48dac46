import type { Context } from 'hono';
import type { SentFields } from '../forms/sent.ts';
import type { Env } from '../parts.ts';
import { frameworks } from './guided.ts';
import { mustBeStarter } from './startable.ts';

/** For whom and under what it is, as it was chosen on the page before; undefined where that is none of theirs. */
export function chosenIn(context: Context<Env>, given: SentFields) {
  const mine = mustBeStarter(context.get('session').person);
  const authority = mine.find((each) => each.authority.id === given['authority'])?.authority;
  const framework = frameworks().find((each) => each.value === given['framework']);
  const promised = [given['promised'] ?? []].flat().filter((each) => typeof each === 'string');
  if (authority === undefined || framework === undefined) return undefined;
  const asFile = { authority, framework: framework.value, promised };
  return { authority, framework, promised, report: given['report'], asFile };
}
