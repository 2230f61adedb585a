import type { Channel, ConnectionState } from '../../../src-shared/channel.ts';
import { type AccountId, type ConversationId, SendLimits, SendLimitsPatch } from '../../../src-shared/model/index.ts';
import type { AccountRow, Queries, Store } from '../../store/api.ts';
import type { Registry } from '../channels/registry.ts';
import { notFound } from '../errors.ts';
import type { Supervisor } from '../supervisor/index.ts';

export interface Whereabouts {
  readonly row: AccountRow;
  readonly channel: Channel;
  readonly state: ConnectionState;
  /** What may be sent, narrowed to the conversation where it has limits of its own. */
  readonly limits: SendLimits;
  /** Why nothing can be written here; null where it can. */
  readonly readOnly: string | null;
  readonly conversation: NonNullable<Queries['conversation']['output']> | null;
}

/** Accounts joined with what their channels say of themselves. */
export class Directory {
  readonly #store: Store;
  readonly #registry: Registry;
  readonly #supervisor: Supervisor;

  constructor(store: Store, registry: Registry, supervisor: Supervisor) {
    this.#store = store;
    this.#registry = registry;
    this.#supervisor = supervisor;
  }

  channelOf(account: AccountId): Promise<Channel> {
    return this.#registry.load(this.#supervisor.runner(account).row.channel);
  }

  /** The account and, when given, one of its conversations. Rejects when either is not here. */
  async of(account: AccountId, conversation: ConversationId | null): Promise<Whereabouts> {
    const { row, state } = this.#supervisor.runner(account);
    const channel = await this.#registry.load(row.channel);
    const found = conversation === null ? null : await this.#store.query('conversation', { conversation });
    if (conversation !== null && !found) throw notFound('The conversation');
    const { readOnly, limits } = narrowed(channel.send, found?.limitsPatch);
    return { row, channel, state, limits, readOnly, conversation: found };
  }
}

/** A conversation's own limits over its channel's; what was stored but cannot be read changes nothing. */
export function narrowed(limits: SendLimits, stored: unknown): { limits: SendLimits; readOnly: string | null } {
  const patch = SendLimitsPatch.safeParse(stored ?? {});
  if (!patch.success) return { limits, readOnly: null };
  const { readOnly = null, ...rest } = patch.data;
  const whole = SendLimits.safeParse({ ...limits, ...rest });
  return { limits: whole.success ? whole.data : limits, readOnly };
}
