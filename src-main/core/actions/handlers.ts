import { randomUUID } from 'node:crypto';
import type { Handlers, MessageView } from '../../../src-shared/ipc/index.ts';
import { degrade, reactionAsReply } from '../../../src-shared/model/degrade.ts';
import { asTxnId, type ConversationId, type MessageId } from '../../../src-shared/model/index.ts';
import type { Store } from '../../store/api.ts';
import { type Sender, type Starter, textOf, withWords } from '../compose/index.ts';
import { CallError, notFound } from '../errors.ts';
import type { Focus } from '../notify/index.ts';
import { operationOf } from '../supervisor/index.ts';
import { type ActionOptions, applyHere, bare, enqueue, enqueueTargets } from './enqueue.ts';
import { flag } from './flag.ts';
import { labelHandlers } from './labels.ts';
import { mute } from './mute.ts';
import { archive, move, needPlace } from './places.ts';
import { shares, type Target } from './selection.ts';
import type { Snooze } from './snooze.ts';

type Names = Extract<keyof Handlers, `act.${string}`> | 'labels.create';

export const actionHandlers = (
  options: ActionOptions & {
    readonly starter: Starter;
    readonly sender: Sender;
    readonly snooze: Snooze;
    readonly focus: Focus;
  },
): Handlers<Names> => {
  const { store, directory, supervisor } = options;
  return {
    ...labelHandlers(options),
    'act.flag': async ({ read, starred, ...selection }) => {
      const whole = (selection.conversations?.length ?? 0) > 0;
      for (const share of await shares(store, directory, selection))
        await flag(options, share, { read, starred }, whole);
      return null;
    },
    'act.archive': async ({ on, ...selection }) => {
      for (const share of await shares(store, directory, selection)) await archive(options, share, on);
      return null;
    },
    'act.move': async ({ role, add, remove, ...selection }) => {
      const all = await shares(store, directory, selection);
      for (const share of all) await needPlace(options, share, { role, add, remove });
      for (const share of all) await move(options, share, { role, add, remove });
      return null;
    },
    'act.remove': async ({ scope, ...selection }) => {
      const all = await shares(store, directory, selection);
      // All or nothing: what one account cannot do is said before another has done it.
      const unable = all.find(({ channel }) => !channel.features.remove?.scopes.includes(scope));
      if (unable) throw new CallError('unsupported', `${unable.channel.name} cannot remove messages for ${scope}.`);
      for (const { account, targets } of all)
        await enqueueTargets(options, account, targets, (bite) => ({ op: 'remove', targets: bite, scope }));
      return null;
    },
    'act.snooze': async ({ conversations, until }) => {
      await store.command('conversation.local', { conversations, snoozedUntil: until });
      options.snooze.nudge();
      return null;
    },
    'act.mute': async ({ conversations, on }) => {
      for (const share of await shares(store, directory, { conversations })) await mute(options, share, on);
      return null;
    },
    'act.pin': async ({ conversations, on }) => {
      await store.command('conversation.local', { conversations, pinned: on });
      return null;
    },
    'act.pinMessage': async ({ message, on }) => {
      const { target } = await oneMessage(store, message);
      const { name, features } = await directory.channelOf(target.account);
      if (!features.pin) throw new CallError('unsupported', `${name} cannot pin messages.`);
      await enqueue(options, target.account, target.conversationId, {
        op: 'flag',
        targets: [bare(target)],
        flags: { pinned: on },
      });
      return null;
    },
    'act.react': async ({ message, emoji, on }) => {
      const { view, target } = await oneMessage(store, message);
      const channel = await directory.channelOf(target.account);
      const { react } = channel.features;
      if (react) {
        if (react.emoji !== 'any' && !react.emoji.includes(emoji))
          throw new CallError('unsupported', `${channel.name} does not know that reaction.`);
        await enqueue(options, target.account, target.conversationId, { op: 'react', target: bare(target), emoji, on });
        return null;
      }
      if (!on) throw new CallError('unsupported', `${channel.name} cannot take a reaction back.`);
      const answer = await options.starter.start({ kind: 'reply', message });
      const text = reactionAsReply(emoji, textOf(view));
      await options.sender.send({ ...answer, text, format: 'plain' }, { archive: false });
      return null;
    },
    'act.edit': async ({ message, text, format }) => {
      const { view, target } = await oneMessage(store, message);
      const where = await directory.of(target.account, target.conversationId);
      const { edit } = where.channel.features;
      if (!edit || !view.fromMe) throw new CallError('unsupported', 'This message cannot be changed.');
      if (edit.maxAgeMs !== undefined && options.clock.now() - view.at > edit.maxAgeMs)
        throw new CallError('too-late', `${where.channel.name} no longer takes changes to a message this old.`);
      const rest = view.parts.filter((part) => part.kind !== 'text' && part.kind !== 'link-preview');
      const { parts, problems } = degrade({ parts: [{ kind: 'text', format, text }, ...rest] }, where.limits);
      const rejected = problems.find((problem) => problem.level === 'rejected');
      if (rejected) throw new CallError('refused', rejected.why);
      const mentions = (view.mentions ?? []).filter(({ name }) => text.includes(name));
      const content = {
        parts: parts.map(withWords),
        ...(view.subject === null ? {} : { subject: view.subject }),
        ...(mentions.length === 0 ? {} : { mentions: mentions.map(({ key, name, me }) => ({ key, name, me })) }),
      };
      await enqueue(options, target.account, target.conversationId, { op: 'edit', target: bare(target), content });
      return null;
    },
    'act.focus': async ({ conversation }, caller) => {
      options.focus.set(caller.window, conversation);
      const found = conversation === null ? null : await store.query('conversation', { conversation });
      for (const runner of supervisor.all())
        runner.live?.session.focus?.(found?.account === runner.row.id ? found.key : undefined);
      return null;
    },
    'act.press': async ({ message, ...choice }) => {
      const { target } = await oneMessage(store, message);
      const live = supervisor.online(target.account);
      const press = live && operationOf(live, 'press');
      if (!press) {
        const { name, features } = await directory.channelOf(target.account);
        if (!features.press) throw new CallError('unsupported', `${name} has nothing to press.`);
        throw new CallError('offline', `${name} must be online for this.`, { retryable: true });
      }
      const where = { message: target.key, conversation: target.conversation ?? undefined };
      const { events, notice } = await press.apply(where, choice, { txn: asTxnId(randomUUID()), signal: live.over });
      if (events.length > 0) await applyHere(options, { account: target.account }, events);
      return { notice: notice ?? null };
    },
    'act.typing': async ({ conversation, on }) => {
      const found = await store.query('conversation', { conversation });
      const live = found ? supervisor.online(found.account) : undefined;
      if (found && live) operationOf(live, 'typing')?.set(found.key, on);
      return null;
    },
  };
};

async function oneMessage(store: Store, message: MessageId): Promise<{ view: MessageView; target: Target }> {
  const view = await store.query('message', { message });
  const [target] = await store.query('targets', { messages: [message] });
  if (!view || !target) throw notFound('The message');
  return { view, target };
}

/** For the outbox: a conversation put away once its answer was sent. */
export const archiveConversation =
  (options: ActionOptions) =>
  async (conversation: ConversationId): Promise<void> => {
    for (const share of await shares(options.store, options.directory, { conversations: [conversation] }))
      await archive(options, share, true);
  };
