import { vi } from 'vitest';
import { answers } from '../../tests/simulators/telegram/answers.ts';
import { startTelegram, type Telegram } from '../../tests/simulators/telegram/index.ts';
import { called } from '../../tests/simulators/telegram/people.ts';
import { conformance } from '../_kit/conformance/index.ts';
import { conversationKey } from './ids.ts';
import { telegram } from './index.ts';

// Every test makes keys with a server of its own, whose arithmetic takes a busy machine a while.
vi.setConfig({ testTimeout: 120_000 });

conformance<Telegram>(telegram, {
  start: () => startTelegram({ messages: 60 }),
  flow: 'account',
  answer: (step, running) => answers(step, running),
  clock: 'real',
  live: true,
  stir: async (running) => void running.telling.short(called('hana'), 'Did you see this?'),
  outgoing: () => ({
    conversation: conversationKey({ kind: 'user', id: String(called('hana')) }),
    parts: [{ kind: 'text', format: 'markdown', text: 'Hello, **Hana**' }],
    at: Date.now(),
  }),
});
