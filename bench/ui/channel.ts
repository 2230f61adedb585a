import { ChannelError, type Done, defineChannel, type SessionContext } from '../../src-shared/channel.ts';
import { asConversationKey, asMessageKey, asUserKey } from '../../src-shared/ids.ts';

const nothing: Done = { events: [] };

/** A network of one account, on which `say` is heard at once: what is measured is the way from there to the screen. */
export const benchChannel = () => {
  let context: SessionContext | undefined;
  const channel = defineChannel({
    id: 'bench',
    name: 'Bench',
    features: { flag: { flags: ['read', 'starred'] } },
    send: {
      style: 'chat',
      maxText: 0,
      formats: { plain: 'full', markdown: 'full', html: 'converted' },
      parts: { text: { level: 'full' } },
      subject: false,
      recipients: false,
      reply: 'full',
      thread: 'dropped',
      mentions: 'dropped',
      idempotent: true,
    },
    risk: { official: 'open-standard', needs: [], cannot: [], encryption: 'none' },
    logins: [],
    provenWithinMs: 3_600_000,
    // biome-ignore lint/correctness/useYield: nobody logs in, the account is there from the start
    async *login() {
      throw new ChannelError('refused', 'refused', 'The account is there from the start.');
    },
    open(opened) {
      context = opened;
      return {
        async connect() {
          opened.state({ is: 'online' });
          opened.proven();
        },
        async disconnect() {
          context = undefined;
        },
        send: async () => {
          throw new ChannelError('refused', 'refused', 'Nothing is sent.');
        },
        openBlob: async () => {
          throw new ChannelError('gone', 'refused', 'There are no files.');
        },
        flag: { set: async () => nothing },
      };
    },
  });
  return {
    channel,
    online: () => context !== undefined,
    /** A message arrives in a conversation of its own. */
    async say(text: string, at: number): Promise<void> {
      await context?.emit({
        origin: 'live',
        events: [
          {
            type: 'message',
            message: {
              key: asMessageKey(`live-${text}`),
              conversation: asConversationKey(`live-${text}`),
              from: { is: 'user', key: asUserKey('u-live'), name: text },
              at,
              parts: [{ kind: 'text', format: 'plain', text }],
            },
          },
        ],
      });
    },
  };
};
