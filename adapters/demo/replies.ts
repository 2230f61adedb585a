import {
  asMessageKey,
  type ChannelEvent,
  type IncomingMessage,
  type OutgoingMessage,
} from '../../src-shared/model/index.ts';
import { chance } from './chance.ts';
import { isPerson, type PersonId, people, userKey } from './people.ts';
import { phrasesFor } from './phrases.ts';
import type { Place } from './place.ts';
import { authorOf, conversationKey, linkOf, orderOf, placement, recipients } from './world/build.ts';

/** Who would answer: whoever it was written to, or somebody of the room. Machines do not answer, except Tally. */
function answerers({ world, network }: Place, message: OutgoingMessage): readonly PersonId[] {
  const known = Object.keys(people).filter(isPerson);
  const named = message.recipients?.filter(({ role }) => role === 'to').map(({ key }) => key) ?? [];
  const room = world.scenes.find(({ id, is }) => is === 'chat' && conversationKey(id) === message.conversation);
  const candidates = room?.members ?? known.filter((person) => named.includes(userKey(person, network.id)));
  return candidates.filter((person) => people[person].bot !== true || person === 'tally');
}

const wordsOf = (message: OutgoingMessage): string =>
  message.parts.map((part) => (part.kind === 'text' ? (part.plain ?? part.text) : '')).join('\n');

/** Seconds between hearing and answering; mail takes its time. */
const pace = {
  chat: { delivered: 600, read: 1600, typing: 1400, write: 2600 },
  mail: { delivered: 0, read: 0, typing: 6000, write: 4000 },
} as const;

/** What happens after the person has sent something: it is delivered, read, thought about and answered. */
export async function answer(
  place: Place,
  message: OutgoingMessage,
  sent: IncomingMessage,
  signal: AbortSignal,
): Promise<void> {
  const { context, network, config } = place;
  const crowd = answerers(place, message);
  const luck = chance('answer', sent.txn ?? sent.key);
  if (crowd.length === 0) return;
  const who = luck.pick(crowd);
  const by = userKey(who, network.id);
  const wait = (ms: number) => context.clock.sleep(Math.ceil(ms / config.speed), signal);
  const tell = (...events: readonly ChannelEvent[]) => context.emit({ events, origin: 'live' });
  const step = pace[network.style];
  const { conversation } = message;
  if (network.style === 'chat') {
    await wait(step.delivered);
    await tell({ type: 'receipt', receipt: 'delivered', by, upTo: sent.key, at: context.clock.now() });
    await wait(step.read);
    await tell({ type: 'receipt', receipt: 'read', by, upTo: sent.key, at: context.clock.now() });
  }
  await wait(step.typing);
  if (network.style === 'chat' && conversation) await tell({ type: 'typing', conversation, by, ttlMs: 6000 });
  await wait(step.write + luck.between(0, 1500));
  const at = context.clock.now();
  const key = asMessageKey(linkOf(network, `answer.${sent.txn ?? sent.key}`));
  const text = luck.pick(phrasesFor(who, wordsOf(message)));
  const linked = conversation === undefined || network.style === 'mail';
  const subject = message.subject ?? '';
  const reply: IncomingMessage = {
    key,
    from: authorOf(who, network),
    at,
    parts: [{ kind: 'text', format: 'plain', text: network.style === 'mail' ? letterOf(who, text, message) : text }],
    flags: { read: false },
    placements: [placement('inbox', key, linked ? undefined : conversation)],
    ...(linked
      ? { links: [key, sent.key, ...(message.references ?? [])], replyTo: sent.key }
      : { conversation, ...orderOf(network, at) }),
    ...(network.style === 'mail'
      ? {
          subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
          recipients: recipients(who, [], [], network),
        }
      : {}),
  };
  await tell({ type: 'message', message: reply });
}

/** A letter quotes what it answers. */
function letterOf(who: PersonId, text: string, message: OutgoingMessage): string {
  const quoted = wordsOf(message)
    .split('\n')
    .slice(0, 12)
    .map((line) => `> ${line}`)
    .join('\n');
  return `${text}\n\n${people[who].name.split(' ')[0]}\n\nAlex Morgan wrote:\n${quoted}`;
}
