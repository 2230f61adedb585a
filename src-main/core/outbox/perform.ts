import {
  ChannelError,
  type Done,
  type OperationOptions,
  type SendOptions,
  type Target,
} from '../../../src-shared/channel.ts';
import type { ChannelEvent, MessageKey } from '../../../src-shared/model/index.ts';
import type { Operation, TargetRow } from '../../store/api.ts';
import { type Live, operationOf } from '../supervisor/index.ts';

const targetOf = (row: TargetRow): Target => ({ message: row.key, conversation: row.conversation ?? undefined });

/** Refuses in words when the channel has no such feature (any more). */
function need<T>(operation: T | undefined, what: string): T {
  if (operation === undefined) throw new ChannelError('unsupported', 'refused', `This channel cannot ${what}.`);
  return operation;
}

/** What was done, and of a draft saved where it is now. */
type Performed = Done & { readonly key?: MessageKey; readonly elsewhere?: boolean };

/**
 * Carries out everything but sending. Each of these says how things shall be, not how they change, so doing one twice
 * does no harm and an unknown outcome is settled by doing it again.
 */
export async function perform(
  live: Live,
  operation: Exclude<Operation, { op: 'send' }>,
  options: OperationOptions & Pick<SendOptions, 'open'> & { readonly now: () => number },
): Promise<Performed> {
  switch (operation.op) {
    case 'flag':
      if (operation.flags.pinned !== undefined) return pin(live, operation.targets, operation.flags.pinned, options);
      return need(operationOf(live, 'flag'), 'keep flags').set(
        operation.targets.map(targetOf),
        operation.flags,
        options,
      );
    case 'label':
      return need(operationOf(live, 'label'), 'move messages').apply(
        operation.targets.map(targetOf),
        { add: operation.add, remove: operation.remove },
        options,
      );
    case 'remove':
      return need(operationOf(live, 'remove'), 'remove messages').apply(
        operation.targets.map(targetOf),
        operation.scope,
        options,
      );
    case 'react':
      return need(operationOf(live, 'react'), 'carry reactions').set(
        targetOf(operation.target),
        operation.emoji,
        operation.on,
        options,
      );
    case 'edit':
      return need(operationOf(live, 'edit'), 'change what was sent').apply(
        targetOf(operation.target),
        operation.content,
        options,
      );
    case 'mark-read':
      return need(operationOf(live, 'receipts'), 'carry read receipts').markRead(targetOf(operation.upTo), options);
    case 'archive':
      return need(operationOf(live, 'archive'), 'archive conversations').set(
        operation.conversation,
        operation.on,
        options,
      );
    case 'mute':
      return need(operationOf(live, 'mute'), 'mute conversations').set(operation.conversation, operation.on, options);
    case 'draft-save':
      return need(operationOf(live, 'drafts'), 'keep drafts').save(operation.message, operation.replaces ?? undefined, {
        ...options,
        ...(operation.seen === undefined ? {} : { seen: operation.seen }),
      });
    case 'draft-discard':
      return need(operationOf(live, 'drafts'), 'keep drafts').discard(operation.key, options);
  }
}

/** Networks that keep pins tell everybody of them, but not always the one who asked. */
async function pin(
  live: Live,
  targets: readonly TargetRow[],
  on: boolean,
  options: OperationOptions & { readonly now: () => number },
): Promise<Done> {
  const { set } = need(operationOf(live, 'pin'), 'pin messages');
  const events: ChannelEvent[] = [];
  for (const row of targets) {
    events.push(...(await set(targetOf(row), on, options)).events);
    events.push({ type: 'flags', target: row.key, flags: { pinned: on }, at: options.now() });
  }
  return { events };
}
