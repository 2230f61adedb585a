import { ChannelError, type Reconciled, type SendOptions, type SendResult } from '../../../src-shared/channel.ts';
import type { OutgoingMessage } from '../../../src-shared/model/index.ts';
import { fetchMessages, isGone } from '../fetch.ts';
import { messageKey } from '../ids.ts';
import { State, stateProperties } from '../wire.ts';
import { messagePath, type Working } from '../working.ts';
import { composeFor } from './compose.ts';
import { findByTxn, placeDraft } from './place.ts';

/**
 * How far a former try came, with the id of its draft. Before `offered` nothing can have been sent; what is offered may
 * have been; what is accepted was.
 */
const stages = ['drafted', 'offered', 'accepted'] as const;
interface Stage {
  readonly is: (typeof stages)[number];
  readonly id: string;
  /** Set by a look that did not find it: since when no request can still have been begun, Unix ms. */
  readonly before?: number;
}
const stageText = ({ is, id, before }: Stage): string => `${is}${before === undefined ? '' : `@${before}`}:${id}`;
function readStage(text: string | undefined): Stage | undefined {
  const [, said, before, id = ''] = /^(\w+)(?:@(\d+))?:(.*)$/.exec(text ?? '') ?? [];
  const is = stages.find((one) => one === said);
  return is === undefined ? undefined : { is, id, ...(before === undefined ? {} : { before: Number(before) }) };
}

/** A request that was cut off may still be worked on at Outlook for this long, ms. */
const settlingMs = 20_000;
/** Looks for the copy in Sent Items, and the pause between two, ms. */
const copyLooks = 4;
const copyPauseMs = 500;

export interface Outgoing {
  /** Makes a draft and sends it by its id, once. What was offered is never offered again here: `reconcile` looks first. */
  send(message: OutgoingMessage, options: SendOptions): Promise<SendResult>;
  /** Did it leave? The draft's id is good for the sent copy too; a draft that still is one has not been sent. */
  reconcile(message: OutgoingMessage, options: SendOptions): Promise<Reconciled>;
}

/** `opened`: when this session began, Unix ms; whatever an earlier one had under way was broken off by then. */
export function outgoing(working: Working, opened: number): Outgoing {
  const { context, graph } = working;
  /** When this session last offered each transaction, Unix ms. */
  const offeredAt = new Map<string, number>();

  async function stateOf(id: string, signal: AbortSignal): Promise<State | undefined> {
    try {
      return await graph.ask(State, { path: messagePath(id), query: { $select: stateProperties } }, { signal });
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }
  /** The id of the sent copy. Microsoft promises the draft's own, and elsewhere makes an exception of it. */
  async function sentCopy(id: string, { txn, signal }: SendOptions): Promise<string | undefined> {
    const state = await stateOf(id, signal);
    if (state) return state.isDraft === true ? undefined : id;
    return await findByTxn(working, 'sentitems', txn, signal);
  }
  async function resultOf(id: string, { signal }: SendOptions): Promise<SendResult> {
    working.lookAround();
    const key = messageKey(id);
    try {
      const events = await fetchMessages(working, [id], { signal });
      const at = events.flatMap((event) => (event.type === 'message' ? [event.message.at] : []))[0];
      return { is: 'sent', key, at: at ?? context.clock.now(), events };
    } catch (error) {
      context.log.info('what was sent could not be read back yet', { error });
      return { is: 'sent', key, at: context.clock.now() };
    }
  }
  /** It was taken: the copy is waited for a little, and comes by itself if it takes longer. */
  async function afterSending(id: string, options: SendOptions): Promise<SendResult> {
    for (let look = 1; look <= copyLooks; look++) {
      const copy = await sentCopy(id, options).catch((error: unknown) => {
        context.log.info('what was sent cannot be looked for just now', { error });
        return undefined;
      });
      if (copy !== undefined) return await resultOf(copy, options);
      if (look < copyLooks) await context.clock.sleep(copyPauseMs * look, options.signal);
    }
    working.lookAround();
    return { is: 'await-echo' };
  }
  /** The draft of a former try, taken away with whatever files it has got: its making may have been broken off. */
  async function clear(stage: Stage | undefined, { txn, signal }: SendOptions): Promise<void> {
    const id = stage?.id ?? (await findByTxn(working, 'drafts', txn, signal));
    if (id === undefined || (await stateOf(id, signal))?.isDraft !== true) return;
    await graph.tell({ method: 'POST', path: messagePath(id, '/permanentDelete') }, { signal, repeatable: true });
  }

  return {
    async send(message, options) {
      const { txn, signal } = options;
      const before = readStage(options.stage);
      if (before?.is === 'accepted') return await afterSending(before.id, options);
      let id: string | undefined;
      if (before?.is === 'offered') {
        // Whoever asks has looked before; should it have left since then, it must not leave again.
        if ((await stateOf(before.id, signal))?.isDraft !== true) {
          const copy = await sentCopy(before.id, options);
          if (copy !== undefined) return await resultOf(copy, options);
          throw new ChannelError('unknown', 'unknown', 'Outlook took the message, but does not show it yet.');
        }
        id = before.id;
        // From here on a request may be under way again.
        if (before.before !== undefined) await options.reached(stageText({ is: 'offered', id }));
      }
      if (id === undefined) {
        if (options.stage !== undefined) await clear(before, options);
        const composed = await composeFor(working, message, { ...options, draft: false });
        await options.reached('composed');
        id = await placeDraft(working, composed, options, (made) =>
          options.reached(stageText({ is: 'drafted', id: made })),
        );
        await options.reached(stageText({ is: 'offered', id }));
      }
      try {
        await graph.tell({ method: 'POST', path: messagePath(id, '/send') }, { signal, repeatable: false });
      } catch (error) {
        offeredAt.set(txn, context.clock.now());
        throw error;
      }
      offeredAt.delete(txn);
      // It is sent, whether or not that can still be noted.
      await options
        .reached(stageText({ is: 'accepted', id }))
        .catch((error: unknown) => context.log.warn('that a message was sent could not be noted', { error }));
      return await afterSending(id, options);
    },
    async reconcile(_message, options) {
      const stage = readStage(options.stage);
      if (stage === undefined || stage.is === 'drafted') return { is: 'absent' };
      const copy = await sentCopy(stage.id, options);
      if (copy !== undefined) return { is: 'sent', result: await resultOf(copy, options) };
      const before = offeredAt.get(options.txn) ?? stage.before ?? opened;
      const still = (await stateOf(stage.id, options.signal))?.isDraft === true;
      const againInMs = before + settlingMs - context.clock.now();
      if (stage.is === 'offered' && still && againInMs <= 0) return { is: 'absent' };
      // A program that is started again and again does not begin to wait anew.
      if (stage.is === 'offered' && stage.before === undefined) await options.reached(stageText({ ...stage, before }));
      const why = 'Outlook may still be working on the message.';
      return { is: 'undecided', why, ...(againInMs > 0 && { againInMs }) };
    },
  };
}
