import { type AccountDescription, ChannelError } from '../../src-shared/channel.ts';
import type { UserKey } from '../../src-shared/model/index.ts';
import type { Graph } from '../_kit/graph/index.ts';
import { userKey } from './ids.ts';
import { Me } from './wire.ts';

/** Whose mailbox it is, as far as Microsoft tells. */
export interface Owner {
  /** Undefined for somebody without any mail address. */
  readonly address: UserKey | undefined;
  /** Addresses of the mailbox itself, the one it writes from by itself first. */
  readonly identities: AccountDescription['identities'];
  /** Further addresses of theirs: what comes from there they wrote themselves, but not with this mailbox. */
  readonly further: readonly UserKey[];
}

/**
 * https://learn.microsoft.com/en-us/graph/api/resources/user: addresses of the mailbox are among `proxyAddresses`, which hold
 * those of other protocols too, told only when they are asked for, and never for personal accounts.
 */
const query = { $select: 'displayName,mail,userPrincipalName,proxyAddresses,otherMails' };

/** Asks Microsoft who one is. Throws `ChannelError`; of code `scope` or `forbidden` where the login does not cover it. */
export async function readOwner(graph: Graph, signal: AbortSignal): Promise<Owner> {
  const {
    displayName,
    mail,
    userPrincipalName,
    proxyAddresses = [],
    otherMails = [],
  } = await graph.ask(Me, { path: '/me', query }, { signal });
  const aliases = proxyAddresses.flatMap((one) => /^smtp:(.+)$/i.exec(one)?.[1] ?? []);
  const keysOf = (addresses: readonly (string | null | undefined)[]): readonly UserKey[] => [
    ...new Set(addresses.flatMap((one) => (one?.includes('@') ? [userKey(one)] : []))),
  ];
  const [address] = keysOf([mail, userPrincipalName]);
  const own = keysOf([address, ...aliases]);
  return {
    address,
    identities: own.map((key) => ({ key, ...(displayName ? { name: displayName } : {}) })),
    further: keysOf([userPrincipalName, ...otherMails]).filter((key) => !own.includes(key)),
  };
}

/** The same for a session: a login that does not cover it leaves who one is as it was told then. */
export async function ownerTold(graph: Graph, signal: AbortSignal): Promise<Owner | undefined> {
  try {
    return await readOwner(graph, signal);
  } catch (error) {
    if (error instanceof ChannelError && ['scope', 'forbidden'].includes(error.code)) return undefined;
    throw error;
  }
}
