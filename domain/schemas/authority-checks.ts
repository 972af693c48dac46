import { nearestHint } from '../nearest.ts';
import { absences, circlesOfStandIns } from './stand-ins.ts';
import { dateAt, listAt, partAt, type Say, textAt, timeAt } from './part.ts';
import { checkPartners, type PartnerOnFile, partnersOf, type RoleOnFile, rolesAt } from './partner-checks.ts';
import { checkRatings } from './ratings.ts';

/** What must be right of an authority's file beyond the kinds of its parts; each mistake once, at its place. */
export function checkAuthority(file: unknown, say: Say): void {
  const roles = rolesAt(file, ['roles']);
  const partners = partnersOf(file);
  checkRoles(file, roles, say);
  checkPartners(file, roles, say);
  for (const each of [roles, ...partners.map((partner) => partner.roles)]) checkCircles(each, say);
  checkPeople(file, [{ name: 'this authority', roles }, ...partners], say);
  checkSending(file, say);
  checkRatings(file, say);
  listAt(file, 'preElectionPeriods').forEach((each, index) => {
    const from = dateAt(each, 'from');
    const until = dateAt(each, 'until');
    if (from !== undefined && until !== undefined && until < from)
      say(['preElectionPeriods', index, 'until'], `expected ${from} or later: it would end before it begins`);
  });
}

function checkRoles(file: unknown, roles: RoleOnFile[], say: Say): void {
  const byId = new Map<string, RoleOnFile>();
  for (const role of roles) {
    if (byId.has(role.id)) say([...role.path, 'id'], `the role "${role.id}" is defined twice`);
    else byId.set(role.id, role);
  }
  const known = [...byId.keys()];
  const mustExist = (id: string | undefined, path: (string | number)[]) => {
    if (id !== undefined && known.length > 0 && !byId.has(id))
      say(path, `expected one of this authority's roles (${known.join(', ')})${nearestHint(id, known)}, found "${id}"`);
  };
  for (const role of roles) mustExist(role.reportsTo, [...role.path, 'reportsTo']);
  for (const step of ['director', 'chiefExecutive', 'administrator', 'leadMember'])
    mustExist(textAt(file, 'chain', step), ['chain', step]);
  mustExist(textAt(file, 'laterDates', 'beyond'), ['laterDates', 'beyond']);
  listAt(file, 'bodies').forEach((each, index) =>
    mustExist(textAt(each, 'papers', 'officer'), ['bodies', index, 'papers', 'officer']),
  );
  unique(listAt(file, 'bodies'), (id, index) => say(['bodies', index, 'id'], `the body "${id}" is defined twice`));
  unique(listAt(file, 'webhooks'), (id, index) =>
    say(['webhooks', index, 'id'], `the address "${id}" is defined twice`),
  );
  const administrator = byId.get(textAt(file, 'chain', 'administrator') ?? '');
  if (administrator !== undefined && administrator.email === undefined)
    say(administrator.path, 'the administrator needs an email address: notices that nobody else can receive go there');
}

/** Nobody answers to themselves, by whatever detour. */
function checkCircles(roles: readonly RoleOnFile[], say: Say): void {
  const byId = new Map(roles.map((role) => [role.id, role]));
  for (const circle of circlesOfRoles(byId)) {
    const [first] = circle;
    if (first === undefined) continue;
    const [head = '', ...others] = [...circle, first].map((role) => role.title);
    const chain = others.map((title, at) => `${at === 0 ? '' : ', who answers to '}${title}`).join('');
    say(
      [...first.path, 'reportsTo'],
      `${head} answers to ${circle.length === 1 ? 'itself' : chain}: what is late would go round in a circle; take out one of these lines`,
    );
  }
}

function unique(list: unknown[], twice: (id: string, index: number) => void): void {
  const ids = new Set<string>();
  list.forEach((each, index) => {
    const id = textAt(each, 'id');
    if (id === undefined) return;
    if (ids.has(id)) twice(id, index);
    ids.add(id);
  });
}

/** The reporting lines that come back to where they began, each once, from its first role on. */
function circlesOfRoles(byId: Map<string, RoleOnFile>): RoleOnFile[][] {
  const circles: RoleOnFile[][] = [];
  const done = new Set<string>();
  for (const start of byId.values()) {
    const path: RoleOnFile[] = [];
    let at: RoleOnFile | undefined = start;
    while (at !== undefined && !done.has(at.id) && !path.includes(at)) {
      path.push(at);
      at = byId.get(at.reportsTo ?? '');
    }
    if (at !== undefined && path.includes(at)) circles.push(path.slice(path.indexOf(at)));
    for (const role of path) done.add(role.id);
  }
  return circles;
}

/**
 * People are listed once, hold a role, and name delegates of their own organisation who are others than themselves, and
 * never in a circle.
 */
function checkPeople(file: unknown, organisations: readonly PartnerOnFile[], say: Say): void {
  const roles = organisations.flatMap((each) => each.roles);
  const addresses = new Map(roles.map((role) => [role.id, role.email]));
  const held = new Set(addresses.values());
  const listed = new Set<string>();
  listAt(file, 'people').forEach((each, index) => {
    const shown = textAt(each, 'email');
    const email = shown?.toLowerCase();
    if (email !== undefined) {
      if (listed.has(email)) say(['people', index, 'email'], `"${shown}" is listed twice`);
      listed.add(email);
      if (held.size > 0 && !held.has(email))
        say(['people', index, 'email'], `no role of this authority has the address "${shown}"`);
    }
    listAt(each, 'away').forEach((away, at) => {
      const path = ['people', index, 'away', at];
      const [from, until] = [dateAt(away, 'from'), dateAt(away, 'until')];
      if (from !== undefined && until !== undefined && until < from)
        say([...path, 'until'], `the time away ends (${until}) before it begins (${from})`);
      const delegate = textAt(away, 'delegate');
      const own = organisations.filter((each) => each.roles.some((role) => role.email === email));
      const [home] = own;
      const ids = (own.length === 0 ? organisations : own).flatMap((each) => each.roles.map((role) => role.id));
      if (delegate === undefined || ids.length === 0) return;
      if (!ids.includes(delegate))
        say(
          [...path, 'delegate'],
          `expected one of ${home === undefined || home === organisations[0] ? 'this authority' : home.name}'s roles (${ids.join(', ')})${nearestHint(delegate, ids)}, found "${delegate}"`,
        );
      else if (addresses.get(delegate) === undefined)
        say([...path, 'delegate'], `nobody holds the role "${delegate}": it has no email address`);
      else if (email !== undefined && addresses.get(delegate) === email)
        say([...path, 'delegate'], `the delegate "${delegate}" has the same address as the person who is away`);
      else if (
        roles.some((role) => role.email === email && !isMember(role)) &&
        roles.some((role) => role.id === delegate && isMember(role))
      )
        say([...path, 'delegate'], `"${delegate}" is a councillor, and no councillor stands in for an officer`);
    });
  });
  const titleOf = (email: string) => roles.find((role) => role.email === email)?.title ?? email;
  for (const { on, circle } of circlesOfStandIns(absences(file, addresses))) {
    const [first] = circle;
    if (first === undefined) continue;
    const [head = '', ...others] = [...circle, first].map((each) => titleOf(each.email));
    const chain = others.map((title, at) => `${at === 0 ? '' : ', whose stand-in is '}${title}`).join('');
    say(
      first.path,
      `on ${on} the stand-in of ${head} is ${chain}: all of them are away, and nobody would read their mail`,
    );
  }
}

const isMember = ({ capacity }: RoleOnFile): boolean => capacity === 'member';

function checkSending(file: unknown, say: Say): void {
  const sending = partAt(file, 'sending');
  if (typeof sending !== 'object' || sending === null) return;
  const read = (key: string, usual: string) => (partAt(sending, key) === undefined ? usual : timeAt(sending, key));
  const [from, time, until] = [read('from', '08:00'), read('time', '09:00'), read('until', '18:00')];
  if (from === undefined || time === undefined || until === undefined) return;
  if (!(from <= time && time < until))
    say(['sending'], `expected from <= time < until, found ${from}, ${time}, ${until}`);
  const summary = timeAt(sending, 'summary');
  if (summary !== undefined && !(from <= summary && summary < until))
    say(['sending', 'summary'], `expected a time from ${from} to before ${until}, found ${summary}`);
}
