import { describe, expect, test } from 'vitest';
import { program } from '../../client/cli/program.ts';
import { formNamed } from '../../client/web/forms/command-form.ts';
import { COMMAND_NAMES, type CommandName, definitionOf } from '../../domain/commands/commands.ts';
import type { Offer } from '../../domain/commands/definition.ts';
import { STRANDS } from '../../domain/strands/strands.ts';
import { boardForAll } from '../support/board.ts';

const board = boardForAll(async () => undefined);
const CHANGE = /^\/api\/v1\/inspections\/\{authority\}\/\{reference\}\/([a-zA-Z]+)$/;

/** What each way of giving a command really has, by the commands' names. */
const CHANNELS: Record<'form' | 'cli' | 'api', () => Promise<ReadonlyMap<string, readonly string[]>>> = {
  form: () =>
    Promise.resolve(
      new Map(
        COMMAND_NAMES.flatMap((name) => {
          const form = formNamed(name);
          if (form === undefined) return [];
          const { fields, choosing = [] } = definitionOf(name);
          const aside = Object.keys(fields).filter((field) => fields[field]?.aside !== undefined);
          // What is chosen by its title is asked by what there is on an inspection.
          const chosen = choosing.flatMap(({ fills }) => fills);
          return [[name, [...form.fields.map((field) => field.name), ...chosen, ...aside]]];
        }),
      ),
    ),
  cli: async () =>
    new Map(
      (await program()).commands.map((command) => [
        command.name().replaceAll(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase()),
        [
          ...command.options.map((option) => option.long ?? ''),
          ...command.registeredArguments.map((each) => each.name()),
        ],
      ]),
    ),
  api: async () => {
    const document = (await (await board().visitor().get('/openapi.json')).json()) as {
      paths: Record<string, { post?: { requestBody?: { content: Record<string, { schema: unknown }> } } }>;
    };
    return new Map(
      Object.entries(document.paths).flatMap(([path, { post }]) => {
        const [, name] = CHANGE.exec(path) ?? [];
        // Freezing a document is posted as well, and is no command of an inspection's lifecycle.
        if (post === undefined || !COMMAND_NAMES.some((each) => each === name)) return [];
        return [
          [
            name ?? '',
            Object.keys(definitionOf(name as CommandName).fields).filter((field) =>
              JSON.stringify(post).includes(`"${field}"`),
            ),
          ],
        ];
      }),
    );
  },
};

const flagOf = (name: CommandName, field: string): string => {
  const { flag } = definitionOf(name).fields[field] ?? {};
  if (flag === '<argument>') return field;
  return `--${flag ?? field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
};

describe.each(['form', 'cli', 'api'] as const)('%s', (channel) => {
  test.each(COMMAND_NAMES)('has %s with every field, or the catalogue sets it aside and says why', async (name) => {
    const definition = definitionOf(name);
    const offer: Offer = definition[channel];
    const offered = (await CHANNELS[channel]()).get(name);
    const fields = Object.keys(definition.fields);
    const wanted = channel === 'cli' ? fields.map((field) => flagOf(name, field)) : fields;
    if (offer !== 'offered') {
      expect(offer.aside).toMatch(/\w+ \w+/);
      // A command of its own may have the name, and finds by itself what nobody can type.
      expect(offered ?? []).not.toEqual(expect.arrayContaining(wanted));
      return;
    }
    expect(offered).toEqual(expect.arrayContaining(wanted));
  });

  test('offers most of them: what is set aside is the exception', async () => {
    const names = COMMAND_NAMES.filter((name) => definitionOf(name)[channel] === 'offered');
    expect(names.length).toBeGreaterThan(20);
  });
});

test('a strand has a lane and a title', () => {
  const strands = Object.values(STRANDS);
  expect(new Set(strands.map(({ lane }) => lane)).size).toBe(strands.length);
  for (const { title } of strands) expect(title).toMatch(/^[A-Z]/);
});
