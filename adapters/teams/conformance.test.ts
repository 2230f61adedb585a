import { visit } from '../../tests/simulators/_base/index.ts';
import { client, type Microsoft, startMicrosoft } from '../../tests/simulators/microsoft/index.ts';
import { conformance } from '../_kit/conformance/index.ts';
import { teams } from './index.ts';

conformance<Microsoft>(teams, {
  start: () => startMicrosoft({ talks: 1, messages: 1, teams: { talks: 4, messages: 22 } }),
  flow: 'browser-channels',
  answer(step, microsoft) {
    if (step.show === 'browser') void visit(step.url).catch(() => undefined);
    return { clientId: client.id, tenant: client.tenant, server: microsoft.address };
  },
  clock: 'real',
  live: true,
  async stir({ teams: { world } }) {
    const [chat] = world.chats;
    if (chat) world.post(chat.id, { by: chat.members[1], html: '<p>Did you see this?</p>' });
  },
  outgoing: (memory) => {
    const chat = memory.messages.find(({ conversation }) => conversation?.includes('@thread.v2'))?.conversation;
    if (!chat) throw new Error('no chat to write in');
    return { conversation: chat, parts: [{ kind: 'text', format: 'plain', text: 'Dzień dobry' }], at: Date.now() };
  },
});
