import { asUserKey } from '../../src-shared/model/index.ts';
import { visit } from '../../tests/simulators/_base/index.ts';
import { client, type Google, startGoogle } from '../../tests/simulators/google/index.ts';
import { conformance } from '../_kit/conformance/index.ts';
import { gmail } from './index.ts';

conformance<Google>(gmail, {
  start: () => startGoogle({ talks: 8, messages: 36 }),
  flow: 'browser',
  answer(step, google) {
    if (step.show === 'browser') void visit(step.url).catch(() => undefined);
    return { clientId: client.id, clientSecret: client.secret, server: google.address };
  },
  clock: 'real',
  live: true,
  linked: true,
  stir: async (google) => void google.write(),
  outgoing: () => ({
    recipients: [{ role: 'to', key: asUserKey('ines@northwind.example'), name: 'Inês' }],
    subject: 'Hello from here',
    parts: [{ kind: 'text', format: 'plain', text: 'Dzień dobry' }],
    at: Date.now(),
  }),
});
