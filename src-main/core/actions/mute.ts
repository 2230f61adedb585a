import { type ActionOptions, enqueue } from './enqueue.ts';
import type { Share } from './selection.ts';

/** Mutes by the network where it can, else here alone. */
export async function mute(options: ActionOptions, share: Share, on: boolean): Promise<void> {
  const here = [];
  for (const conversation of share.conversations) {
    const key = share.targets.find((target) => target.conversationId === conversation)?.conversation ?? null;
    if (share.channel.features.mute && key !== null)
      await enqueue(options, share.account, conversation, { op: 'mute', conversation: key, on });
    else here.push(conversation);
  }
  if (here.length > 0) await options.store.command('conversation.local', { conversations: here, muted: on });
}
