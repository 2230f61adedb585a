import type { Page, WebSocketRoute } from 'playwright-core';

/** What a page can be made to meet: the host's answers, changed on their way. */
export interface Condition {
  readonly name: string;
  /** Seen in the inbox once this is there. */
  readonly sign: string;
  readonly meet: (page: Page) => Promise<void>;
}
interface Call {
  readonly id: number;
  readonly name: string;
}
interface Answer {
  readonly id?: number;
  readonly reply?: { readonly ok: boolean; readonly value?: unknown };
}
type Change = (name: string, value: never) => unknown;

const between = (page: Page, work: (socket: WebSocketRoute, host: WebSocketRoute) => void): Promise<void> =>
  page.routeWebSocket(/\/socket$/, (socket) => work(socket, socket.connectToServer()));

/** Changes the values of answers; calls for which `held` is true are never answered. */
const changed = (page: Page, change: Change, held: (name: string) => boolean = () => false): Promise<void> =>
  between(page, (socket, host) => {
    const names = new Map<number, string>();
    socket.onMessage((frame) => {
      const { id, name } = JSON.parse(String(frame)) as Call;
      names.set(id, name);
      if (!held(name)) host.send(frame);
    });
    host.onMessage((frame) => {
      const answer = JSON.parse(String(frame)) as Answer;
      const name = names.get(answer.id ?? -1);
      if (name === undefined || answer.reply?.ok !== true) return socket.send(frame);
      const value = change(name, answer.reply.value as never);
      socket.send(JSON.stringify({ id: answer.id, reply: { ok: true, value } }));
    });
  });

const refused = (page: Page, refuses: (name: string) => boolean): Promise<void> =>
  between(page, (socket, host) => {
    socket.onMessage((frame) => {
      const { id, name } = JSON.parse(String(frame)) as Call;
      if (!refuses(name)) return host.send(frame);
      const error = {
        code: 'full',
        message: 'The disk is full. What you have is safe; free some space and try again.',
        retryable: true,
      };
      socket.send(JSON.stringify({ id, reply: { ok: false, error } }));
    });
    host.onMessage((frame) => socket.send(frame));
  });

interface Row {
  readonly title: string;
  readonly preview: string;
  readonly people: readonly { readonly name: string }[];
}
interface Rows {
  readonly rows: readonly Row[];
}
const rows = (change: (row: Row, index: number) => Row): Change => {
  const all = (name: string, value: Rows) =>
    name === 'inbox.page' ? { ...value, rows: value.rows.map(change) } : value;
  return all as Change;
};
const named = (row: Row, name: string): Row => ({ ...row, people: row.people.map((one) => ({ ...one, name })) });

const long = 'Wolfeschlegelsteinhausenbergerdorff-'.repeat(4);
/** An overriding mark that would turn the rest of the line around if it got out of its element. */
const turning = '\u202eevil.exe gnp.photo';

export const conditions: readonly Condition[] = [
  {
    name: 'loading',
    sign: '.window',
    meet: (page) =>
      changed(
        page,
        (_name, value) => value,
        (name) => name === 'inbox.page',
      ),
  },
  { name: 'error', sign: '.window', meet: (page) => refused(page, (name) => name === 'inbox.page') },
  {
    name: 'empty',
    sign: '.empty-title',
    meet: (page) =>
      changed(page, ((name: string, value: Rows) => (name === 'inbox.page' ? { rows: [] } : value)) as Change),
  },
  {
    name: 'thousand-unread',
    sign: '.row',
    meet: (page) => {
      const many = (name: string, value: { views: Record<string, number> }) =>
        name === 'inbox.counts' ? { ...value, views: { ...value.views, inbox: 1000, unread: 12_345 } } : value;
      return changed(page, many as Change);
    },
  },
  {
    name: 'long-and-hostile',
    sign: '.row',
    meet: (page) =>
      changed(
        page,
        rows((row, index) =>
          index % 3 === 0
            ? named({ ...row, title: long }, long)
            : index % 3 === 1
              ? named({ ...row, title: `<img src=x onerror=alert(1)> ${turning}` }, turning)
              : named({ ...row, title: 'مرحبا بالعالم، كيف حالكم اليوم؟', preview: 'שלום עולם' }, 'فاطمة الزهراء'),
        ),
      ),
  },
  {
    name: 'accounts-in-need',
    sign: '.row',
    meet: (page) => {
      const states = [
        { is: 'needs-login', message: 'The password was refused.' },
        { is: 'offline', message: 'No network.', retryAt: Date.now() + 60_000 },
      ];
      const needy = (name: string, value: readonly object[]) =>
        name === 'accounts.list'
          ? value.map((account, index) => (index < states.length ? { ...account, state: states[index] } : account))
          : value;
      return changed(page, needy as Change);
    },
  },
];

/** The hub goes away under a page that is drawn already. */
export const hubDown = async (page: Page, show: () => Promise<void>): Promise<void> => {
  const sockets: WebSocketRoute[] = [];
  await page.routeWebSocket(/\/socket$/, (socket) => {
    const host = socket.connectToServer();
    sockets.push(socket);
    socket.onMessage((frame) => host.send(frame));
    host.onMessage((frame) => socket.send(frame));
  });
  await show();
  for (const socket of sockets) socket.send(JSON.stringify({ event: 'hub', payload: { is: 'down' } }));
  await page.locator('.banner').waitFor();
};
