import { appToken, type Slack, startSlack, userToken } from '../../tests/simulators/slack/index.ts';
import { conformance } from '../_kit/conformance/index.ts';
import { slack } from './index.ts';

const world = {
  flow: 'tokens',
  clock: 'real',
  live: true,
  stir: async (running: Slack) => void running.say('Did you see this?'),
  outgoing: (memory: Parameters<NonNullable<Parameters<typeof conformance<Slack>>[1]['outgoing']>>[0]) => {
    const conversation = memory.messages.find((message) => message.conversation !== undefined)?.conversation;
    if (!conversation) throw new Error('no conversation to write into');
    return {
      conversation,
      parts: [{ kind: 'text' as const, format: 'markdown' as const, text: 'Hello, **all**' }],
      at: Date.now(),
    };
  },
} as const;

conformance<Slack>(slack, {
  ...world,
  start: () => startSlack(),
  answer: (_step, running) => ({ userToken, appToken, apiUrl: running.apiUrl }),
});
