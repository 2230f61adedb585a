import type { ChannelEvent, FlagName } from '../../../src-shared/model/index.ts';
import { readSettings } from '../settings/settings.ts';
import { type ActionOptions, applyHere, bare, enqueue, enqueueTargets } from './enqueue.ts';
import { newestOf, type Share, type Target } from './selection.ts';

/** Stars, and marks read or unread, by whatever the channel has for it; where it has nothing, here alone. */
export async function flag(
  options: ActionOptions,
  share: Share,
  change: { read?: boolean | undefined; starred?: boolean | undefined },
  whole: boolean,
): Promise<void> {
  if (change.starred !== undefined) await star(options, share, change.starred, whole);
  if (change.read !== undefined) await (change.read ? markRead(options, share) : markUnread(options, share, whole));
}

async function star(options: ActionOptions, share: Share, starred: boolean, whole: boolean): Promise<void> {
  const changing = share.targets.filter((target) => (target.flags.starred ?? false) !== starred);
  // A conversation is starred by its newest message, and loses its star only when no message keeps one.
  const targets = starred && whole ? newestOf(changing) : changing;
  await setFlag(options, share, targets, 'starred', starred);
}

async function markRead(options: ActionOptions, share: Share): Promise<void> {
  const unread = share.targets.filter((target) => !target.fromMe && target.flags.read !== true);
  if (unread.length === 0) return;
  const { receipts } = share.channel.features;
  // Where both are known the flag is it: of a point one has read up to nothing before can be made unread again.
  if (!receipts || share.channel.features.flag?.flags.includes('read'))
    return setFlag(options, share, unread, 'read', true);
  const { sendReadReceipts } = await readSettings(options.store);
  for (const target of newestOf(unread)) {
    if (sendReadReceipts) {
      await enqueue(options, share.account, target.conversationId, { op: 'mark-read', upTo: bare(target) });
    } else {
      const receipt: ChannelEvent = {
        type: 'receipt',
        receipt: 'read',
        by: 'me',
        upTo: target.key,
        at: options.clock.now(),
      };
      await applyHere(options, share, [receipt]);
    }
  }
}

async function markUnread(options: ActionOptions, share: Share, whole: boolean): Promise<void> {
  const read = share.targets.filter((target) => !target.fromMe && target.flags.read !== false);
  await setFlag(options, share, whole ? newestOf(read) : read, 'read', false);
}

async function setFlag(
  options: ActionOptions,
  share: Share,
  targets: readonly Target[],
  name: FlagName,
  value: boolean,
): Promise<void> {
  if (targets.length === 0) return;
  if (share.channel.features.flag?.flags.includes(name))
    return enqueueTargets(options, share.account, targets, (bite) => ({
      op: 'flag',
      targets: bite,
      flags: { [name]: value },
    }));
  const at = options.clock.now();
  await applyHere(
    options,
    share,
    targets.map((target) => ({ type: 'flags', target: target.key, flags: { [name]: value }, at })),
  );
}
