import {
  ChannelError,
  type Done,
  type OperationOptions,
  type Operations,
  type Target,
} from '../../src-shared/channel.ts';
import {
  asConversationKey,
  asLabelKey,
  asMessageKey,
  type ChannelEvent,
  type ConversationKey,
  type ConversationPatch,
} from '../../src-shared/model/index.ts';
import type { Place } from './place.ts';
import { linkOf, placement } from './world/build.ts';

type Carried = Pick<
  Operations,
  'edit' | 'remove' | 'react' | 'receipts' | 'flag' | 'label' | 'archive' | 'mute' | 'pin' | 'drafts' | 'group'
>;

/** What the pretend network answers when asked to change something: yes, and here is what changed. */
export function operations({ context, network }: Place): Carried {
  const drafts = new Set<string>();
  const done = (options: OperationOptions, make: (at: number) => readonly ChannelEvent[]): Done => {
    options.signal.throwIfAborted();
    return { events: make(context.clock.now()) };
  };
  const change = (conversation: ConversationKey, patch: ConversationPatch, options: OperationOptions) =>
    done(options, (at) => [{ type: 'conversation', key: conversation, patch, at }]);
  const each = (targets: readonly Target[], make: (target: Target) => readonly ChannelEvent[]) => targets.flatMap(make);
  return {
    edit: {
      apply: async ({ message }, content, options) =>
        // The version must grow with every edit; the time does.
        done(options, (at) => [{ type: 'edited', target: message, content, at, version: at }]),
    },
    remove: {
      apply: async (targets, _scope, options) =>
        done(options, (at) => each(targets, ({ message }) => [{ type: 'removed', target: message, at }])),
    },
    react: {
      set: async ({ message }, emoji, on, options) =>
        done(options, (at) => [{ type: 'reaction', target: message, by: 'me', emoji, on, at }]),
    },
    receipts: {
      markRead: async ({ message }, options) =>
        done(options, (at) => [{ type: 'receipt', receipt: 'read', by: 'me', upTo: message, at }]),
    },
    flag: {
      set: async (targets, flags, options) =>
        done(options, (at) => each(targets, ({ message }) => [{ type: 'flags', target: message, flags, at }])),
    },
    label: {
      apply: async (targets, { add, remove }, options) =>
        done(options, (at) =>
          each(targets, ({ message: target, conversation }) => [
            ...remove.map((label): ChannelEvent => ({ type: 'placed', target, label, on: false, at })),
            ...add.map(
              (label): ChannelEvent => ({
                type: 'placed',
                target,
                label,
                ref: `${network.style === 'chat' && conversation ? conversation : label}/${target}`,
                on: true,
                at,
              }),
            ),
          ]),
        ),
      async create(name, options) {
        options.signal.throwIfAborted();
        if (network.style !== 'mail') {
          throw new ChannelError('no-labels', 'refused', `${network.label} has no labels.`);
        }
        const key = asLabelKey(`made/${name}`);
        const at = context.clock.now();
        const patch = { name, kind: 'label', exists: true } as const;
        await context.emit({ events: [{ type: 'label', key, patch, at }], origin: 'live' });
        return key;
      },
    },
    archive: {
      async set(conversation, on, options) {
        const [from, to] = on ? (['inbox', 'archive'] as const) : (['archive', 'inbox'] as const);
        const label = asLabelKey(from);
        const refs = (await context.lookup.refs(label)).filter((ref) => ref.startsWith(`${conversation}/`));
        const keys = [...(await context.lookup.byRef(label, refs)).values()];
        return done(options, (at) => [
          { type: 'conversation', key: conversation, patch: { archived: on }, at },
          ...keys.flatMap((target): ChannelEvent[] => [
            { type: 'placed', target, label, on: false, at },
            { type: 'placed', target, ...placement(to, target, conversation), on: true, at },
          ]),
        ]);
      },
    },
    mute: { set: async (conversation, on, options) => change(conversation, { muted: on }, options) },
    pin: {
      set: async ({ conversation, message }, on, options) => {
        if (conversation === undefined) throw new ChannelError('no-pins', 'refused', 'Letters cannot be pinned here.');
        return done(options, (at) => [{ type: 'flags', target: message, flags: { pinned: on }, at }]);
      },
    },
    drafts: {
      async save(_draft, replaces, options) {
        options.signal.throwIfAborted();
        const key = asMessageKey(linkOf(network, `draft.${options.txn}`));
        if (replaces) drafts.delete(replaces);
        drafts.add(key);
        return { key, events: [] };
      },
      async discard(key, options) {
        options.signal.throwIfAborted();
        drafts.delete(key);
        return { events: [] };
      },
    },
    group: {
      async create(title, members, options) {
        options.signal.throwIfAborted();
        if (network.style === 'mail') throw new ChannelError('no-groups', 'refused', 'Letters have no groups.');
        const key = asConversationKey(`group:${options.txn}`);
        const patch: ConversationPatch = {
          ...(title === '' && members.length === 1 ? { kind: 'direct' } : { kind: 'group', title }),
          members: [...members],
          ...(network.limits ? { limits: network.limits } : {}),
        };
        await context.emit({
          events: [{ type: 'conversation', key, patch, at: context.clock.now() }],
          origin: 'live',
        });
        return key;
      },
    },
  };
}
