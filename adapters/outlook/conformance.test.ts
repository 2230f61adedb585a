import { asUserKey } from '../../src-shared/model/index.ts';
import { visit } from '../../tests/simulators/_base/index.ts';
import { client, type Microsoft, startMicrosoft } from '../../tests/simulators/microsoft/index.ts';
import { conformance } from '../_kit/conformance/index.ts';
import { outlook } from './index.ts';

conformance<Microsoft>(outlook, {
  start: () => startMicrosoft({ talks: 8, messages: 36 }),
  flow: 'browser',
  answer(step, microsoft) {
    if (step.show === 'browser') void visit(step.url).catch(() => undefined);
    return { clientId: client.id, tenant: client.tenant, server: microsoft.address };
  },
  clock: 'real',
  live: true,
  linked: true,
  stir: async (microsoft) => void microsoft.write(),
  outgoing: () => ({
    recipients: [{ role: 'to', key: asUserKey('ines@northwind.example'), name: 'Inês' }],
    subject: 'Hello from here',
    parts: [{ kind: 'text', format: 'plain', text: 'Dzień dobry' }],
    at: Date.now(),
  }),
});
