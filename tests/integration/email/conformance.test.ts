import { conformance, type Running } from '../../../adapters/_kit/conformance/index.ts';
import email from '../../../adapters/email/index.ts';
import { asUserKey } from '../../../src-shared/model/index.ts';
import { type MailServer, type MailServerOptions, startMailServer } from '../../servers/mail.ts';
import { ann, answerFor, bob, letter, users } from './mailbox.ts';

const boundary = 'parts-of-a-letter';
const withPicture = [
  `Content-Type: multipart/mixed; boundary="${boundary}"`,
  '',
  `--${boundary}`,
  'Content-Type: text/plain; charset=utf-8',
  '',
  'A picture.',
  `--${boundary}`,
  'Content-Type: image/png; name="dot.png"',
  'Content-Disposition: attachment; filename="dot.png"',
  'Content-Transfer-Encoding: base64',
  '',
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  `--${boundary}--`,
].join('\r\n');

// What lies between these two is tried in sync.test.ts.
for (const abilities of ['qresync', 'plain'] as const satisfies readonly MailServerOptions['abilities'][]) {
  const servers = new Map<Running, MailServer>();
  const serverOf = (running: Running | undefined): MailServer => {
    const server = running && servers.get(running);
    if (!server) throw new Error('no server runs');
    return server;
  };
  conformance(email, {
    named: abilities,
    flow: 'address',
    clock: 'real',
    linked: true,
    live: true,
    async start() {
      const server = await startMailServer({ users, abilities });
      await server.deliverAll(
        ann,
        Array.from({ length: 95 }, () => letter()),
      );
      await server.deliver(ann, letter({ more: withPicture }));
      await server.deliver(ann, letter({ from: `Ann Example <${ann}>`, to: bob }), { folder: 'Sent', flags: 'S' });
      await server.deliver(ann, letter(), { folder: 'Projects/Bells', flags: 'SF' });
      const running: Running = { stop: () => server.stop() };
      servers.set(running, server);
      return running;
    },
    answer: (step, running) => answerFor(serverOf(running))(step),
    outgoing: () => ({
      at: Date.now() - (Date.now() % 1000),
      from: asUserKey(ann),
      subject: 'Lunch?',
      recipients: [{ role: 'to', key: asUserKey(bob), name: 'Bob Example' }],
      parts: [{ kind: 'text', format: 'plain', text: 'At noon?' }],
    }),
    stir: async (running) => await serverOf(running).deliver(ann, letter()),
  });
}
