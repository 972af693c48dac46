import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/commands/actor.ts';
import { apply } from '../../domain/commands/apply.ts';
import { COMMAND_NAMES, type Command, type CommandName } from '../../domain/commands/commands.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { toldNext } from '../../domain/lifecycle/told-next.ts';
import type { Story } from '../../domain/preview/story.ts';
import { Refusal } from '../../domain/refusal.ts';
import { ACTION, BEFORE, by, copyOf, EXTREMES, OWNER, story as everything } from '../support/every-command.ts';

const NOW = '2016-02-22T14:00:00.000Z';
const MEMBER = by('scrutiny-chair');
const HEAD = by('head-of-service');
const ADMINISTRATOR = by('democratic-services');

/** Who waits for what becomes of it is told; or why nobody does. Titles of roles, and what they are told. */
type Told = readonly [role: string, kind: string][] | { nobody: string };

const ITS_OWN = 'its owner reports it themselves, or somebody does it for them in their name; nobody waits for it';
const ON_FILE = 'it is kept beside the plan, whose pages show it; no date and no duty follows from it';

const TOLD: Record<CommandName, Told> = {
  submit: [['Head of Service', 'acceptance-asked']],
  complete: { nobody: ITS_OWN },
  accept: [['Team Manager', 'accepted']],
  sendBack: [['Head of Service', 'sent-back']],
  progress: { nobody: ITS_OWN },
  acknowledge: { nobody: 'it silences reminders to those above until its day; they hear where that passes' },
  requestExtension: [['Head of Service', 'extension-requested']],
  extend: [['Team Manager', 'moved']],
  declineExtension: [['Team Manager', 'extension-declined']],
  hold: [['Team Manager', 'held']],
  release: [['Team Manager', 'released']],
  reassign: [['Virtual School Head', 'reassigned']],
  waive: [['Team Manager', 'waived']],
  postponeRound: [['Team Manager', 'progress-asked']],
  closeRound: { nobody: 'nobody is asked any more, and what was reported stands' },
  openRound: [['Team Manager', 'progress-asked']],
  reopen: [['Team Manager', 'reopened']],
  revise: [['Team Manager', 'moved']],
  addEvidence: { nobody: ON_FILE },
  fallBack: [['Team Manager', 'reopened']],
  decide: {
    nobody: 'whoever publishes its record is told where the constitution gives that a time, and here it does not',
  },
  publishDecision: [['Democratic Services Manager', 'decision']],
  callIn: [
    ['Democratic Services Manager', 'call-in-received'],
    ['Director of Children’s Services', 'call-in-received'],
  ],
  resolveCallIn: [
    ['Democratic Services Manager', 'call-in-outcome'],
    ['Director of Children’s Services', 'call-in-outcome'],
  ],
  reconsider: [['Director of Children’s Services', 'call-in-outcome']],
  implement: { nobody: 'it ends the decision’s way; nobody waits for it' },
  withdrawDecision: { nobody: 'nobody has called it in, and nobody had a duty of it' },
  withdrawCallIn: [
    ['Democratic Services Manager', 'withdrawn'],
    ['Democratic Services Manager', 'decision'],
    ['Director of Children’s Services', 'decision'],
  ],
  ask: [['Director of Children’s Services', 'question-asked']],
  answer: [['Chair of Scrutiny', 'question-answered']],
  withdrawQuestion: [
    ['Director of Children’s Services', 'withdrawn'],
    ['Chair of Scrutiny', 'withdrawn'],
  ],
  recordPlan: { nobody: ON_FILE },
  recordMeasure: { nobody: ON_FILE },
  correctMeasure: { nobody: ON_FILE },
  writePart: { nobody: ON_FILE },
  recordAttendance: { nobody: ON_FILE },
  event: [['Head of Service', 'planned']],
  correctEvent: [['Head of Service', 'moved']],
  ruleOut: { nobody: 'what waited for it had not begun, so nobody had a duty of it' },
  addInstrument: [
    ['Director of Children’s Services', 'planned'],
    ['Head of Service', 'planned'],
  ],
  withdrawInstrument: { nobody: 'nothing of it had begun, so nobody had a duty of it' },
  changeCycle: { nobody: 'the rounds that are planned so far stay as they are' },
  chooseReading: [['Head of Service', 'moved']],
  correct: [
    ['Assistant Director', 'moved'],
    ['Head of Service', 'moved'],
  ],
  reissue: [
    ['Assistant Director', 'moved'],
    ['Head of Service', 'moved'],
  ],
  reassignMany: [['Virtual School Head', 'reassigned']],
  close: [
    ['Director of Children’s Services', 'withdrawn'],
    ['Team Manager', 'withdrawn'],
    ['Assistant Director', 'withdrawn'],
    ['Chair of Scrutiny', 'withdrawn'],
  ],
  withdraw: [
    ['Assistant Director', 'withdrawn'],
    ['Chief Executive', 'withdrawn'],
    ['Democratic Services Manager', 'withdrawn'],
    ['Director of Children’s Services', 'withdrawn'],
    ['Head of Service', 'withdrawn'],
    ['Team Manager', 'withdrawn'],
  ],
  resend: [['Director of Children’s Services', 'resent']],
  changeAuthority: { nobody: 'no duty changes hands by it here, and no date' },
  changeCalendar: { nobody: 'no date moves by it here' },
};

/** Of whom it depends who gives it: else a head of service does, where they may, or the administrator. */
const GIVEN_BY: Partial<Record<CommandName, Actor>> = {
  // Whoever has to accept it has seen what they submit themselves.
  submit: ADMINISTRATOR,
  resolveCallIn: MEMBER,
  ask: MEMBER,
  answer: by('director'),
};

/** What is given where the first of {@link EXTREMES} that is taken tells nobody. */
const PAYLOADS: Partial<Record<CommandName, object>> = {
  submit: { milestone: 'improvement-actions/standard' },
};

/** A member has asked a question, and everything is set up for the command. */
const before = (name: CommandName): Story => {
  const told = copyOf(everything())
    .command({ name: 'withdrawQuestion', payload: { question: 'q0', reason: 'a slip' } }, ADMINISTRATOR)
    .command({ name: 'ask', payload: { id: 'q1', by: 'ward 2', text: 'How many more?' } }, MEMBER);
  return (BEFORE[name] ?? ((each) => each))(told).until(NOW);
};

/** What the first that is taken makes of the story. */
function taken(name: CommandName, { state, now }: Story): LifecycleState {
  const payloads = [PAYLOADS[name] ?? [], ...EXTREMES[name]].flat();
  const actors = [GIVEN_BY[name] ?? [], OWNER.has(name) ? by('team-manager') : HEAD, ADMINISTRATOR].flat();
  for (const actor of actors)
    for (const payload of payloads) {
      const about = 'question' in payload ? { ...payload, question: 'q1' } : payload;
      const given = { name, payload: about } as Command;
      try {
        return apply(state, given, actor, now);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    }
  throw new Error(`No ${name} is taken.`);
}

describe('who waits for what becomes of something is told of it', () => {
  test.each(COMMAND_NAMES)('%s', (name) => {
    const prepared = before(name);
    const after = taken(name, prepared);
    const told = toldNext(prepared.state, after, prepared.now).map(({ to, kind }) => `${to}: ${kind}`);
    const expected = TOLD[name];
    expect([...new Set(told)]).toEqual('nobody' in expected ? [] : expected.map((each) => each.join(': ')));
  });
});

/** The mails to one of the council after the last of these, each with what it says. */
function mailsAfter(story: Story, given: Command, actor: Actor, role: string): string[] {
  const sent = story.mails.length;
  story.command(given, actor).until('2016-03-04T12:00:00.000Z');
  return story.mails
    .slice(sent)
    .filter(({ recipient }) => recipient.email.startsWith(role))
    .flatMap((mail) => mail.notices.map(({ kind, text }) => `${kind}: ${text ?? ''}`));
}

describe('what they are told', () => {
  test('of a duty that a manager waives, why, and once', () => {
    const waive = { name: 'waive', payload: { milestone: ACTION, reason: 'the team has gone' } } as const;
    expect(mailsAfter(before('waive'), waive, HEAD, 'team-manager')).toContain(
      'waived: Head of Service has recorded that it no longer applies: the team has gone.',
    );
  });

  test('of a call-in that was referred back, whoever took the decision and whoever waits for it', () => {
    const held = before('callIn').command(
      {
        name: 'hold',
        payload: { milestone: ACTION, reason: 'the decision is called in', reviewOn: '2016-04-01' },
      },
      ADMINISTRATOR,
    );
    const called = held.command(
      { name: 'callIn', payload: { decision: 'd0', by: 'members', reasons: 'cost' } },
      ADMINISTRATOR,
    );
    const refer = { name: 'resolveCallIn', payload: { decision: 'd0', outcome: 'refer-back' } } as const;
    for (const role of ['director', 'democratic-services', 'team-manager'])
      expect(mailsAfter(copyOf(called), refer, MEMBER, role)).toContain(
        'call-in-outcome: Scrutiny considered the call-in of "Adopt" on Monday 22 February 2016: it is referred back to the decision maker.',
      );
  });

  test('whoever records it is told nothing of it', () => {
    const refer = { name: 'resolveCallIn', payload: { decision: 'd0', outcome: 'refer-back' } } as const;
    const mails = mailsAfter(before('resolveCallIn'), refer, ADMINISTRATOR, 'democratic-services');
    expect(mails.filter((each) => each.startsWith('call-in-outcome'))).toEqual([]);
  });
});
