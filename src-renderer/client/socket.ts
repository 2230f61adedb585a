import type { Reply, Transport } from '../../src-shared/ipc/index.ts';

interface Waiting {
  readonly frame: string;
  readonly resolve: (reply: Reply<unknown>) => void;
  sent: boolean;
}
type Frame = { id: number; reply: Reply<unknown> } | { event: string; payload: unknown };

const firstRetryMs = 250;
const lastRetryMs = 8_000;
const lost: Reply<never> = {
  ok: false,
  error: {
    code: 'connection-lost',
    message: 'The connection to Carillon was interrupted. Try again.',
    retryable: true,
  },
};

/** Calls that change nothing are asked again after a reconnect; the rest are answered `connection-lost`. */
const repeatable = (name: string): boolean =>
  /^(app\.|channels\.|settings\.get|inbox\.|labels\.|conversation\.|message\.|people\.|search\.)|\.(list|get|check)$/.test(
    name,
  );

/** A socket that is refused says not why (https://websockets.spec.whatwg.org/#feedback-from-the-protocol); the page does. */
const isTurnedAway = async (url: string): Promise<boolean> => {
  const page = new URL('/', url.replace(/^ws/, 'http'));
  return (await fetch(page, { method: 'HEAD', cache: 'no-store' })).status === 401;
};

/**
 * The Node host's WebSocket. Reconnects for ever with doubling, jittered pauses (0.25 s to 8 s) and reports the gap
 * as the `hub` event, down and up; what was missed meanwhile is the listener's to ask for (`app.since`). A host that was
 * started anew has another token and turns the page away, until the browser is given that as a cookie.
 */
export function socketTransport(url: string): Transport {
  const listeners = new Set<(event: string, payload: unknown) => void>();
  const waiting = new Map<number, Waiting & { name: string }>();
  let socket: WebSocket | undefined;
  let nextId = 1;
  let retryMs = firstRetryMs;
  let wasOpen = false;
  const tell = (event: string, payload: unknown): void => {
    for (const listener of listeners) listener(event, payload);
  };
  const flush = (): void => {
    if (socket?.readyState !== WebSocket.OPEN) return;
    for (const call of waiting.values()) {
      if (call.sent) continue;
      call.sent = true;
      socket.send(call.frame);
    }
  };
  const lookWhy = async (): Promise<void> => {
    const away = await isTurnedAway(url).catch(() => false);
    // By now another try may have come through.
    if (socket?.readyState !== WebSocket.OPEN) tell('hub', { is: away ? 'turned-away' : 'down' });
  };
  const closed = (opened: boolean): void => {
    if (opened) tell('hub', { is: 'down' });
    else if (wasOpen) void lookWhy();
    for (const [id, call] of waiting) {
      if (!call.sent) continue;
      if (repeatable(call.name)) call.sent = false;
      else {
        waiting.delete(id);
        call.resolve(lost);
      }
    }
    setTimeout(connect, retryMs * (0.75 + Math.random() / 2));
    retryMs = Math.min(retryMs * 2, lastRetryMs);
  };
  const received = (frame: Frame): void => {
    if ('event' in frame) {
      tell(frame.event, frame.payload);
      return;
    }
    const call = waiting.get(frame.id);
    waiting.delete(frame.id);
    call?.resolve(frame.reply);
  };
  function connect(): void {
    let opened = false;
    socket = new WebSocket(url);
    socket.onopen = () => {
      opened = true;
      retryMs = firstRetryMs;
      const again = wasOpen;
      wasOpen = true;
      flush();
      if (again) tell('hub', { is: 'up' });
    };
    socket.onmessage = (message) => received(JSON.parse(String(message.data)) as Frame);
    socket.onclose = () => closed(opened);
  }
  connect();
  return {
    call: (name, input) =>
      new Promise((resolve) => {
        const id = nextId++;
        waiting.set(id, { name, frame: JSON.stringify({ id, name, input }), resolve, sent: false });
        flush();
      }),
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    attachmentUrl: (attachment) => `/attachment/${attachment}`,
  };
}
