import { conformance, nothing } from '../_kit/conformance/index.ts';
import type { Memory } from '../_kit/testing/index.ts';
import { demo } from './index.ts';
import { type NetworkId, networks } from './networks.ts';

/** An answer to the newest message somebody else wrote, where answers are read. */
function answerTo(network: NetworkId, memory: Memory) {
  const [newest] = memory.messages.filter(({ from }) => from.is === 'user').toSorted((one, other) => other.at - one.at);
  const at = (newest?.at ?? 0) + 1000;
  const parts = [{ kind: 'text' as const, format: 'plain' as const, text: 'When shall we meet?' }];
  if (networks[network].style === 'chat' && newest?.conversation)
    return { conversation: newest.conversation, parts, at };
  const recipients = newest?.from.is === 'user' ? [{ role: 'to' as const, key: newest.from.key }] : [];
  return { subject: 'Meeting', recipients, parts, at, references: newest?.links ?? [] };
}

for (const network of ['work-mail', 'family', 'community'] as const) {
  conformance(demo, {
    start: nothing,
    named: network,
    flow: 'world',
    answer: () => ({ choice: network }),
    clock: 'fake',
    live: true,
    linked: networks[network].style === 'mail',
    outgoing: (memory) => answerTo(network, memory),
  });
}
