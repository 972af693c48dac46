import type { PayloadCodec } from '@temporalio/common';
import type { Unsubscribe } from '../../activities/mail/unsubscribe.ts';
import type { MailTransport } from '../../activities/mail/mail-transport.ts';
import type { Register } from '../../register/register.ts';
import type { WebSession } from '../../register/sign-ins.ts';
import type { Log } from '../../platform/logger.ts';
import type { SecretBox } from '../../platform/encryption/secret-box.ts';
import type { Outside } from '../../platform/outside/outside.ts';
import type { Engine } from '../engine.ts';
import type { EvidenceUploads } from './evidence/uploads.ts';
import type { FormIds } from './forms/form-id.ts';
import type { Joined } from './joined.ts';
import type { PageLink } from './navigation.ts';
import type { Person } from './people.ts';
import type { IdentityProvider } from './sign-in/identity-provider.ts';
import type { ReportReader } from '../report/reader.ts';
import type { Uploads } from './start/uploads.ts';

/** What the pages are served from. */
export interface WebParts {
  register: Register;
  engine: Pick<
    Engine,
    | 'start'
    | 'command'
    | 'newest'
    | 'view'
    | 'inspect'
    | 'facts'
    | 'answers'
    | 'running'
    | 'keepMorningSummary'
    | 'moves'
    | 'replanAll'
    | 'changeSummaryCalendar'
    | 'nudgeCourier'
    | 'tellStandIns'
  >;
  unsubscribe: Unsubscribe;
  /** Signs cookies: 32 characters or more, the same for every process that serves the pages. */
  secret: string;
  /** Where people reach the pages: links in mail and feeds begin with it. */
  boardUrl: string;
  /** Names beside that of `boardUrl` by which browsers and proxies ask, without ports. */
  hosts?: readonly string[];
  /** What whoever reads /metrics has to send; without it they are this machine’s alone; `open`: anybody’s. */
  metricsToken?: string;
  /** How sign-in links leave; absent where an identity provider signs people in. */
  mail?: { post: Pick<MailTransport, 'send'>; from: string };
  identityProvider?: IdentityProvider;
  /** Reads payloads for Temporal's own pages, and where those are served; absent where payloads are not encrypted. */
  codec?: { payloads: PayloadCodec; origin: string | undefined };
  /** Now, UTC. */
  clock?: () => Date;
  /** What the operator has joined duecourse to. */
  joined: Joined;
  /** How an address is asked that somebody has named. */
  outside: Outside;
  /** Seals the secrets of addresses that are told what happens. */
  secrets: SecretBox;
  /** Told of each request. */
  log?: Pick<Log, 'event'>;
  /** Where the worker's own metrics are read, `http://127.0.0.1:9464/metrics`. */
  workerMetricsUrl?: string;
  /** Told of what went wrong, without what was asked. */
  onError: (error: Error) => void;
}

/** The same with what the app makes of it for all of its routes. */
export interface AppParts extends WebParts {
  forms: FormIds;
  uploads: Uploads;
  evidence: EvidenceUploads;
  /** Reads inspectorates' reports that people bring. */
  reports: ReportReader;
  /** Forms that are being carried out just now, by the person and the form: pressed twice, both wait for the one. */
  underWay: Map<string, Promise<string>>;
}

/** Somebody's session with who they are now. */
export interface Session extends WebSession {
  id: string;
  person: Person;
}

/** What every page says to the people of an invented council. */
interface DemonstrationBanner {
  /** Nothing of it is left: it was removed, or is only being begun. */
  empty: boolean;
  mayRemove: boolean;
}

/** What a request carries once it has been looked at. */
export interface Env {
  Variables: {
    session: Session;
    now: string;
    links: readonly PageLink[];
    forms: FormIds;
    /** Where the page is one of an invented council. */
    demonstration?: DemonstrationBanner;
  };
}
