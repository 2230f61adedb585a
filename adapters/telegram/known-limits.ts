import type { SessionContext } from '../../src-shared/channel.ts';
import type { ChannelEvent, ConversationKey, SendLimitsPatch } from '../../src-shared/model/index.ts';

/**
 * What conversations can carry is told whole, and known in two places: whether one may write there stands in the lists, what
 * one may react with is asked for by itself. Whichever is told last is told with the other.
 */
export class Limits {
  readonly #reactions = new Map<string, readonly string[]>();
  readonly #told = new Map<string, SendLimitsPatch>();

  /** The limits with these reactions. */
  withReactions(conversation: ConversationKey, reactions: readonly string[]): SendLimitsPatch {
    this.#reactions.set(conversation, reactions);
    return { ...this.#told.get(conversation) };
  }
  complete(events: readonly ChannelEvent[]): readonly ChannelEvent[] {
    return events.map((event) => {
      if (event.type !== 'conversation' || event.patch.limits === undefined) return event;
      const reactions = this.#reactions.get(event.key);
      const limits = { ...event.patch.limits, ...(reactions && { reactions: [...reactions] }) };
      this.#told.set(event.key, event.patch.limits);
      return { ...event, patch: { ...event.patch, limits } };
    });
  }
}

/** The same context, in whose batches limits are whole. */
export const completing = (context: SessionContext, limits: Limits): SessionContext => ({
  get account() {
    return context.account;
  },
  log: context.log,
  clock: context.clock,
  fetch: context.fetch,
  secrets: context.secrets,
  lookup: context.lookup,
  checkpoint: (scope) => context.checkpoint(scope),
  emit: (batch) => context.emit({ ...batch, events: limits.complete(batch.events) }),
  state: (state) => context.state(state),
  proven: () => context.proven(),
  describe: (change) => context.describe(change),
});
