import { asCursor, asMessageKey, type ChannelEvent, type IncomingMessage } from '../../src-shared/model/index.ts';
import { chance } from './chance.ts';
import { happenings } from './happenings.ts';
import type { NetworkId } from './networks.ts';
import { people, userKey } from './people.ts';
import type { Place } from './place.ts';
import {
  authorOf,
  conversationKey,
  linkOf,
  mentionsIn,
  orderOf,
  partsOf,
  placement,
  recipients,
} from './world/build.ts';

/** The networks begin one after the other, so that somebody new says something every eight seconds at first, ms. */
const firstAfterMs = 8000;
const turns: readonly NetworkId[] = ['team', 'family', 'work-mail', 'community', 'sms', 'home-mail'];
/** Between one and the next on one network, ms: over all six of them one every 20 to 60 seconds. */
const pauseMs = { least: 120_000, most: 360_000 } as const;

/**
 * Lets life go on: messages arrive, one after the other, the first soon after the connection stands.
 * The checkpoint counts how many have; a number is told once, whenever that may be.
 */
export async function live(place: Place, signal: AbortSignal): Promise<void> {
  const { context, config } = place;
  const reached = await context.checkpoint('live');
  for (let number = Number(reached ?? 0), first = true; ; number++, first = false) {
    const luck = chance('live', config.network, number);
    const pause = first
      ? firstAfterMs * (1 + turns.indexOf(config.network))
      : luck.between(pauseMs.least, pauseMs.most);
    await context.clock.sleep(Math.ceil(pause / config.speed), signal);
    await happen(place, number, signal);
  }
}

async function happen(place: Place, number: number, signal: AbortSignal): Promise<void> {
  const { context, config, network, world } = place;
  const all = happenings[network.id];
  const next = all[number % all.length];
  const scene = next && world.scenes.find(({ id }) => id === next.scene);
  if (!next || !scene) throw new RangeError(`nothing is written for moment ${number} of ${network.id}`);
  const by = userKey(next.who, network.id);
  if (scene.is === 'chat' && people[next.who].bot !== true) {
    const typing: ChannelEvent = { type: 'typing', conversation: conversationKey(scene.id), by, ttlMs: 6000 };
    await context.emit({ events: [typing, { type: 'presence', by, state: 'online' }], origin: 'live' });
    await context.clock.sleep(Math.ceil(2500 / config.speed), signal);
  }
  const at = context.clock.now();
  const key = asMessageKey(linkOf(network, `live.${number}`));
  const line = {
    who: next.who,
    text: next.text,
    file: next.file,
    gap: undefined,
    answers: undefined,
    reactions: [],
    edited: undefined,
    removed: false,
  };
  const common = { key, from: authorOf(next.who, network), at, parts: partsOf(line), flags: { read: false } };
  const mentions = mentionsIn(next.text, network);
  const root = asMessageKey(linkOf(network, `${scene.id}.0`));
  const message: IncomingMessage =
    scene.is === 'chat'
      ? {
          ...common,
          conversation: conversationKey(scene.id),
          placements: [placement('inbox', key, conversationKey(scene.id))],
          ...orderOf(network, at),
          ...(mentions.length > 0 ? { mentions: [...mentions] } : {}),
        }
      : {
          ...common,
          // A letter that is its own beginning shares no link with the thread it resembles.
          links: next.subject === undefined ? [key, root] : [key],
          subject: next.subject ?? `Re: ${scene.subject}`,
          recipients: recipients(next.who, scene.members, [], network),
          placements: [placement('inbox', key)],
        };
  // Something new brings a conversation back that was put away, unless it was silenced.
  const back: readonly ChannelEvent[] =
    scene.is === 'chat' && scene.patch.muted !== true
      ? [{ type: 'conversation', key: conversationKey(scene.id), patch: { archived: false }, at }]
      : [];
  await context.emit({
    events: [{ type: 'message', message }, ...back],
    origin: 'live',
    checkpoint: { scope: 'live', cursor: asCursor(String(number + 1)) },
  });
  context.proven();
}
