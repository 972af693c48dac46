import { z } from 'zod';
import { likest } from '../nearest.ts';
import { slug, webUrl } from './common.ts';
import { clause } from './expected.ts';
import { VARIABLE_PREFIX } from './variable-prefix.ts';

const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//, {
  error: 'expected a PostgreSQL address, postgres://user:password@host:5432/database',
});
const smtpUrl = z
  .string()
  .regex(/^smtps?:\/\/[^/\s]+/, { error: 'expected a mail server, smtp://host:587 or smtps://user:password@host:465' });
const MAX_PORT = 65_535;
const port = z
  .string()
  .refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_PORT, {
    error: 'expected a port number from 1 to 65535',
  })
  .transform(Number);

/** Every variable duecourse reads, beside Temporal's own TEMPORAL_*. All are optional. */
export const environment = z.object({
  /** The register. Without it an embedded PostgreSQL under DUECOURSE_VAR is used. */
  DATABASE_URL: databaseUrl.optional(),
  /** Where state is kept: the embedded engine, the embedded register, the outbox. Without it, `var` in the project's own folder. */
  DUECOURSE_VAR: z.string().min(1).optional(),
  DUECOURSE_TASK_QUEUE: slug.default('duecourse'),
  /** The mail server. Without it each mail is written to a folder as an .eml file. */
  DUECOURSE_SMTP_URL: smtpUrl.optional(),
  /** GOV.UK Notify, for authorities that choose it: the service's key and its template. */
  DUECOURSE_NOTIFY_KEY: z
    .string()
    .regex(/^.+-[0-9a-f-]{36}-[0-9a-f-]{36}$/, { error: 'expected a key of GOV.UK Notify, name-<service>-<secret>' })
    .optional(),
  DUECOURSE_NOTIFY_TEMPLATE: z.guid({ error: "expected the template's id, a UUID" }).optional(),
  DUECOURSE_NOTIFY_URL: webUrl.default('https://api.notifications.service.gov.uk'),
  DUECOURSE_OUTBOX: z.string().min(1).optional(),
  DUECOURSE_RULES: z.string().min(1).optional(),
  DUECOURSE_MAIL_FROM: z
    .string()
    .min(3)
    .regex(/[^@\s<>]+@[^@\s<>]+>?$/, {
      error: 'expected a sender, duecourse@council.example.org or "duecourse <duecourse@council.example.org>"',
    })
    .default('duecourse <duecourse@example.org>'),
  /** Who is told by mail when something is not well, and when it is over. Without it, nobody: see `duecourse doctor`. */
  DUECOURSE_OPERATOR: z.email({ error: 'expected one address, operator@council.example.org' }).optional(),
  DUECOURSE_BOARD_URL: webUrl.optional(),
  /** Where bank holidays are read from every morning: GOV.UK's bank-holidays.json, or a file of that shape. Without it, never. */
  DUECOURSE_BANK_HOLIDAYS: z.string().min(1).optional(),
  /** Where that web address may lead on to: to public addresses and ones of its own kind, or anywhere, private networks included. */
  DUECOURSE_BANK_HOLIDAYS_REDIRECTS: z
    .enum(['public', 'any'], { error: 'expected "public" or "any"' })
    .default('public'),
  /** What addresses that people name on pages may be asked: calendars of meetings. Public ones, or any, private networks and this machine included. */
  DUECOURSE_OUTSIDE_ADDRESSES: z.enum(['public', 'any'], { error: 'expected "public" or "any"' }).default('public'),
  /** Signs addresses in mail; the same for every worker and the board. On one machine it makes its own. */
  DUECOURSE_SECRET: z.string().min(32, { error: 'expected at least 32 characters' }).optional(),
  /** What payloads are encrypted with before Temporal keeps them: `id:base64`, several parted by commas; the first encrypts. */
  DUECOURSE_ENCRYPTION_KEYS: z.string().optional(),
  /** The same in a file, one a line. */
  DUECOURSE_ENCRYPTION_KEYS_FILE: z.string().min(1).optional(),
  /** Where Temporal's own pages are served, which may ask the pages of duecourse to read payloads. */
  DUECOURSE_CODEC_ORIGIN: webUrl.transform((url) => new URL(url).origin).optional(),
  /** Signs archived histories: an Ed25519 private key in PEM form, or its file; the same for every worker. On one machine it makes its own. */
  DUECOURSE_SIGNING_KEY: z.string().min(1).optional(),
  /** The council's own sign-in (OpenID Connect). Without it, one-time links by mail, on this machine only. */
  DUECOURSE_OIDC_ISSUER: webUrl.optional(),
  DUECOURSE_OIDC_CLIENT_ID: z.string().min(1).optional(),
  DUECOURSE_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** The claim that lists roles, each `<authority>/<role>`. Without it, roles follow from the authorities' files. */
  DUECOURSE_OIDC_ROLES_CLAIM: z.string().min(1).optional(),
  /** The claim with the address by which people are known here. Without it `email`, where the provider says that it is verified. */
  DUECOURSE_OIDC_EMAIL_CLAIM: z.string().min(1).optional(),
  DUECOURSE_HOST: z.string().min(1).default('127.0.0.1'),
  /** Names beside that of DUECOURSE_BOARD_URL by which the pages are asked for, several parted by commas: a proxy's for them, for example. */
  DUECOURSE_HOSTS: z
    .string()
    .transform((text) => text.split(',').map((each) => each.trim()))
    .pipe(
      z.array(
        z.string().regex(/^[A-Za-z0-9.[\]:-]+$/, { error: 'expected names without ports, board.example.org,pages' }),
      ),
    )
    .default([]),
  DUECOURSE_PORT: port.default(8080),
  /** The role in which the command line acts where --as is not given. */
  DUECOURSE_AS: slug.optional(),
  /** Who acts, for the record, where --by is not given. */
  DUECOURSE_BY: z.string().min(1).optional(),
  /** Where downloaded parts are kept, on this machine. */
  DUECOURSE_CACHE: z.string().min(1).optional(),
  /** What whoever reads the pages' /metrics has to send, as `Authorization: Bearer …`. Without it only this machine may; `open`: anybody may. */
  DUECOURSE_METRICS_TOKEN: z
    .string()
    .regex(/^(open|[\x21-\x7e]{16,})$/, { error: 'expected 16 characters or more, or: open' })
    .optional(),
  /** Where the worker's own metrics are served, for this process to serve them and for the pages' /metrics to read them. */
  DUECOURSE_WORKER_METRICS: z
    .string()
    .regex(/^(\[[0-9a-fA-F:]+\]|[^\s:/@]+):\d{1,5}$/, { error: 'expected a host and a port, 127.0.0.1:9464' })
    .optional(),
  /** Lifecycles that a worker keeps in memory between two tasks, at 0.15 MiB each; any other is read from its history again. */
  DUECOURSE_CACHED_LIFECYCLES: z
    .string()
    .regex(/^[1-9]\d{1,5}$/, { error: 'expected how many lifecycles a worker keeps in memory, from 10 to 999999' })
    .transform(Number)
    .default(300),
  /** Mails of a worker that may be in doubt at once: with the mail server to their last byte, and not yet on record as sent. */
  DUECOURSE_MAILS_IN_DOUBT: z
    .string()
    .regex(/^[1-9]\d?$/, { error: 'expected how many mails of a worker may be in doubt at once, from 1 to 99' })
    .transform(Number)
    .default(5),
  /** Where traces are sent, as OpenTelemetry names it. Its exporter reads these and its other variables itself. */
  OTEL_EXPORTER_OTLP_ENDPOINT: webUrl.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: webUrl.optional(),
  /** Worker deployment versions: which deployment this worker belongs to, and which build it is. Both, or neither. */
  DUECOURSE_DEPLOYMENT: slug.optional(),
  DUECOURSE_BUILD_ID: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.+-]{0,99}$/, { error: 'expected a short name of the build, for example 0.2.0' })
    .optional(),
  DUECOURSE_LOG: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type Environment = z.infer<typeof environment>;

/** One or more variables that can't be used: a line for each. */
export class EnvironmentProblems extends Error {
  override readonly name = 'EnvironmentProblems';
}

/** Ours, but not settings: what tests are told. */
const TEST_VARIABLES = /^DUECOURSE_(TEST_|CHROMIUM$)/;
/** What Kubernetes makes for a service of our name: nobody has written it. */
const SERVICE_LINKS =
  /^DUECOURSE(_[A-Z0-9_]+)?_(SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$/;
const KNOWN = Object.keys(environment.shape).filter((name) => name.startsWith(VARIABLE_PREFIX));

/**
 * Variables that look like ours and are not, each with the one that was meant, where one is like it. A setting that is
 * written wrong is no setting: mail would go to a folder, and nobody would know.
 *
 * @example unknownVariables({ DUECOURSE_SMPT_URL: 'smtp://…' }) // [{ name: 'DUECOURSE_SMPT_URL', meant: 'DUECOURSE_SMTP_URL' }]
 */
export function unknownVariables(
  variables: Record<string, string | undefined>,
): { name: string; meant: string | undefined }[] {
  const bare = (name: string): string => name.slice(VARIABLE_PREFIX.length);
  return Object.entries(variables)
    .filter(([name, value]) => name.startsWith(VARIABLE_PREFIX) && value !== undefined && value !== '')
    .filter(([name]) => !KNOWN.includes(name) && !TEST_VARIABLES.test(name) && !SERVICE_LINKS.test(name))
    .map(([name]) => {
      const close = likest(bare(name), KNOWN.map(bare));
      return { name, meant: close === undefined ? undefined : `${VARIABLE_PREFIX}${close}` };
    });
}

/** Of variables that are not ours and are like none of ours, a line each: they are left alone, and whoever set them should know. */
export const strangeVariables = (variables: Record<string, string | undefined>): string[] =>
  unknownVariables(variables)
    .filter(({ meant }) => meant === undefined)
    .map(
      ({ name }) =>
        `${name} is not a setting of duecourse, and is left alone (the README has a table of all there are).`,
    );

/** @throws EnvironmentProblems where a variable is written almost like one of ours */
export function mustKnowVariables(variables: Record<string, string | undefined>): void {
  const mistyped = mistypedIn(variables);
  if (mistyped.length > 0) throw problemsOf(mistyped);
}

const mistypedIn = (variables: Record<string, string | undefined>): string[] =>
  unknownVariables(variables).flatMap(({ name, meant }) =>
    meant === undefined ? [] : [`${name} is not a setting of duecourse; did you mean ${meant}?`],
  );

/** Characters of a value that is told back. */
const MAX_SHOWN = 100;

const problemsOf = (lines: readonly string[]): EnvironmentProblems =>
  new EnvironmentProblems(`These settings can't be used:\n  ${lines.join('\n  ')}`);

/**
 * Reads the environment; an empty variable counts as not set. One that is written almost like ours is a mistake; any
 * other that begins with DUECOURSE_ is left alone ({@link strangeVariables} names it).
 *
 * @throws EnvironmentProblems naming each bad variable and what was expected (never the value of one that may hold a password)
 */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(set);
  const mistyped = mistypedIn(set);
  if (parsed.success && mistyped.length === 0) return parsed.data;
  const issues = parsed.error?.issues ?? [];
  // Of one variable the first thing that is wrong is said: it has to be written anew anyway.
  const firstOfEach = issues.filter(
    ({ path: [name] }, nth) => issues.findIndex((each) => each.path[0] === name) === nth,
  );
  const bad = firstOfEach.map((issue) => {
    const name = String(issue.path[0]);
    const shown = /URL|SECRET|KEY|ENDPOINT/.test(name) ? '' : ` "${String(set[name]).slice(0, MAX_SHOWN)}"`;
    return `${name}${shown}: ${clause(issue)}`;
  });
  throw problemsOf([...mistyped, ...bad]);
}
