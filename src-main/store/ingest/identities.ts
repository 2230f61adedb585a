import type { AccountId, IdentityId, PersonId, UserPatch } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import type { IdentityRow } from '../schema.ts';
import { mergePatch, parseRegisters, registersText, saysMore } from './registers.ts';
import type { Account, Work } from './work.ts';

const mailAddress = /^[^\s@<>]+@[^\s@<>]+$/;

/** `mailto:` and `tel:` addresses in the form by which they are compared; undefined for anything else. */
function normaliseAddress(address: string): string | undefined {
  const colon = address.indexOf(':');
  const scheme = address.slice(0, colon).toLowerCase();
  const rest = address.slice(colon + 1).trim();
  if (scheme === 'mailto' && mailAddress.test(rest)) return `mailto:${rest.toLowerCase()}`;
  // RFC 3966: visual separators carry no meaning.
  if (scheme === 'tel' && /^\+[\d\s().-]{5,}$/.test(rest)) return `tel:${rest.replace(/[\s().-]/g, '')}`;
  return undefined;
}

/** An identity as ingest meets it again and again: found once, then kept (`Known`). */
export interface KnownIdentity {
  readonly id: IdentityId;
  readonly key: string;
  readonly me: boolean;
  /** As told; null where only messages named it. */
  toldName: string | null;
  seenName: string | null;
  seenAt: number;
  name: string;
  address: string | null;
  /** Its key has been entered among the addresses. */
  addressed: boolean;
  /** What the index was last told of them, and called what. */
  words?: { readonly called: string | undefined; readonly name: string; readonly text: string };
}
/** A name as a message of that time (Unix ms) carries it. */
export interface Seen {
  readonly name: string | undefined;
  readonly at: number;
}
/**
 * The identities of one connection, kept from one batch to the next: the same people write again and again. Whatever
 * changes identities in another way than ingest does, and every transaction that fails, has them forgotten.
 */
interface Known {
  readonly byKey: Map<AccountId, Map<string, KnownIdentity>>;
  /** Those that differ from their row (flushIdentities). */
  readonly dirty: Set<KnownIdentity>;
  /** Those of whom a newer message carries the same name, and that differ in nothing else. */
  readonly seenAgain: Set<KnownIdentity>;
}
const known = new WeakMap<Sql, Known>();
const knownTo = ({ sql }: Work): Known => {
  let found = known.get(sql);
  if (!found) {
    found = { byKey: new Map(), dirty: new Set(), seenAgain: new Set() };
    known.set(sql, found);
  }
  return found;
};
const knownByKey = (work: Work, account: AccountId): Map<string, KnownIdentity> => {
  const { byKey } = knownTo(work);
  let found = byKey.get(account);
  if (!found) {
    found = new Map();
    byKey.set(account, found);
  }
  return found;
};
/** Of one account: some five megabytes. */
const mostKnown = 20_000;
export const forgetIdentities = (sql: Sql): void => void known.delete(sql);

/**
 * The identity behind a key, made when it is new. In linked mail the key of a person is an address, by which they are
 * known again elsewhere (SPEC, I-16). `seen` is the name a message carries.
 */
export function identity(work: Work, account: Account, key: string, isAddress: boolean, seen?: Seen): KnownIdentity {
  const cache = knownByKey(work, account.id);
  let found = cache.get(key);
  if (!found) {
    const row = work.sql.get<IdentityRow>('SELECT * FROM identities WHERE account = ? AND key = ?', account.id, key);
    found = row ? remembered(row) : insertIdentity(work, account, key, isAddress, seen);
    cache.set(key, found);
  }
  if (isAddress && !found.addressed) {
    found.addressed = true;
    const address = normaliseAddress(`mailto:${key}`);
    // The one it shows is surely entered; which is the case for nearly everybody.
    if (address !== undefined && withoutScheme(address) !== found.address) addAddress(work, found, address);
  }
  if (seen) sawName(work, found, seen.name, seen.at);
  return found;
}

function remembered(row: IdentityRow): KnownIdentity {
  const told = row.told === null ? undefined : parseRegisters(row.told).name?.[0];
  return {
    id: row.id,
    key: row.key,
    me: row.me === 1,
    toldName: typeof told === 'string' ? told : null,
    seenName: row.seen_name,
    seenAt: row.seen_at,
    name: row.name,
    address: row.address,
    addressed: false,
  };
}

function insertIdentity(work: Work, account: Account, key: string, isAddress: boolean, seen?: Seen): KnownIdentity {
  const me = account.mine.has(key);
  const address = isAddress ? normaliseAddress(`mailto:${key}`) : undefined;
  const met = address === undefined ? undefined : personAt(work, address);
  const person = me ? null : (met ?? work.sql.insert('INSERT INTO people DEFAULT VALUES'));
  const seenName = seen?.name || null;
  const made = {
    key,
    me,
    toldName: null,
    seenName,
    seenAt: seen && seenName !== null ? seen.at : -1,
    name: seenName ?? key,
    address: address === undefined ? null : withoutScheme(address),
    addressed: isAddress,
  };
  const id = work.sql.insert(
    'INSERT INTO identities (account, key, me, person, seen_name, seen_at, name, address) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    account.id,
    key,
    me ? 1 : 0,
    person,
    made.seenName,
    made.seenAt,
    made.name,
    made.address,
  ) as IdentityId;
  if (address !== undefined) work.sql.run('INSERT INTO addresses (address, identity) VALUES (?, ?)', address, id);
  work.touch('people');
  return { id, ...made };
}

/** A name carried by a message: the newest message's counts, until the network tells the person's own (SPEC, I-16). */
function sawName(work: Work, who: KnownIdentity, name: string | undefined, at: number): void {
  if (name === undefined || name === '' || at < who.seenAt) return;
  if (at === who.seenAt && !saysMore(name, who.seenName)) return;
  who.seenAt = at;
  if (name === who.seenName) {
    knownTo(work).seenAgain.add(who);
    return;
  }
  who.seenName = name;
  renamed(work, who);
}
function renamed(work: Work, who: KnownIdentity): void {
  who.name = who.toldName || (who.seenName ?? who.key);
  knownTo(work).dirty.add(who);
}

/** Writes the names and addresses learnt in the transaction, each identity once. */
export function flushIdentities(work: Work): void {
  const { byKey, dirty, seenAgain } = knownTo(work);
  if (seenAgain.size > 0)
    work.sql.run(
      'UPDATE identities SET seen_at = value ->> 1 FROM json_each(?) WHERE identities.id = value ->> 0',
      JSON.stringify([...seenAgain].map(({ id, seenAt }) => [id, seenAt])),
    );
  seenAgain.clear();
  for (const who of dirty) {
    work.sql.run(
      'UPDATE identities SET seen_name = ?, seen_at = ?, name = ?, address = ? WHERE id = ?',
      who.seenName,
      who.seenAt,
      who.name,
      who.address,
      who.id,
    );
  }
  dirty.clear();
  for (const known of byKey.values()) if (known.size > mostKnown) known.clear();
}

export function applyUser(work: Work, account: Account, key: string, patch: UserPatch, at: number): void {
  const who = identity(work, account, key, false);
  const row = work.sql.get<{ told: string | null }>('SELECT told FROM identities WHERE id = ?', who.id);
  const told = parseRegisters(row?.told);
  if (mergePatch(told, patch, at)) {
    work.sql.run('UPDATE identities SET told = ? WHERE id = ?', registersText(told), who.id);
    const name = told.name?.[0];
    who.toldName = typeof name === 'string' ? name : null;
    renamed(work, who);
    work.touch('people');
  }
  // Also from a patch that comes late: an address once told keeps identities together, whatever the order.
  for (const address of patch.addresses ?? []) {
    const normal = normaliseAddress(address);
    if (normal !== undefined) addAddress(work, who, normal);
  }
}

function addAddress(work: Work, who: KnownIdentity, address: string): void {
  if (work.sql.run('INSERT OR IGNORE INTO addresses (address, identity) VALUES (?, ?)', address, who.id) === 0) return;
  const least = work.sql.get<{ address: string }>(
    'SELECT min(address) AS address FROM addresses WHERE identity = ?',
    who.id,
  );
  // Mail addresses sort before telephone numbers.
  const shown = withoutScheme(least?.address ?? address);
  if (shown !== who.address) {
    who.address = shown;
    knownTo(work).dirty.add(who);
  }
  personAt(work, address);
}
const withoutScheme = (address: string): string => address.slice(address.indexOf(':') + 1);

/** Whose address it is: whoever were different people until now are one (SPEC, I-16). */
function personAt(work: Work, address: string): PersonId | undefined {
  const persons = work.sql.all<{ person: PersonId }>(
    `SELECT DISTINCT i.person AS person FROM addresses a JOIN identities i ON i.id = a.identity
     WHERE a.address = ? AND i.person IS NOT NULL ORDER BY i.person`,
    address,
  );
  const [first, ...others] = persons.map(({ person }) => person);
  if (first !== undefined) for (const other of others) joinPeople(work, first, other);
  return first;
}

/** Everything of `from` is `into` from now on. */
export function joinPeople(work: Work, into: PersonId, from: PersonId): void {
  work.sql.run('UPDATE identities SET person = ? WHERE person = ?', into, from);
  work.sql.run(
    `INSERT INTO notes (person, text) SELECT ?1, text FROM notes WHERE person = ?2
     ON CONFLICT (person) DO UPDATE SET text = notes.text || char(10, 10) || excluded.text`,
    into,
    from,
  );
  work.sql.run('DELETE FROM notes WHERE person = ?', from);
  work.sql.run('DELETE FROM people WHERE id = ?', from);
  work.touch('people');
}

/** After the account's own addresses changed: who is "me" there. Answers the conversations whose people may differ now. */
export function refreshMine(work: Work, account: Account): void {
  const before = work.sql.all<{ id: IdentityId; key: string }>(
    'SELECT id, key FROM identities WHERE account = ? AND me = 1',
    account.id as AccountId,
  );
  for (const row of before) {
    if (account.mine.has(row.key)) continue;
    const person = work.sql.insert('INSERT INTO people DEFAULT VALUES');
    work.sql.run('UPDATE identities SET me = 0, person = ? WHERE id = ?', person, row.id);
  }
  for (const key of account.mine) {
    const who = identity(work, account, key, false);
    if (who.me) continue;
    work.sql.run('UPDATE identities SET me = 1, person = NULL WHERE id = ?', who.id);
    knownByKey(work, account.id).delete(key);
    for (const { conversation } of work.sql.all<{ conversation: number }>(
      'SELECT conversation FROM participants WHERE identity = ?',
      who.id,
    )) {
      const touched = work.conversation(conversation as Parameters<Work['conversation']>[0]);
      touched.row.people_count -= 1;
      touched.changed = true;
    }
    work.sql.run('DELETE FROM participants WHERE identity = ?', who.id);
  }
}
