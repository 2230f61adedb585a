import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Message, type MessageBus, sessionBus, Variant } from '@jellybrick/dbus-next';

/** Whether a program is to be had here. */
export const has = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

export interface Notice {
  readonly id: number;
  readonly title: string;
  readonly body: string;
  readonly actions: readonly string[];
}

type Body = readonly unknown[];
/** Answers by `interface.member`: the signature of what comes back, and that. */
type Answers = Readonly<Record<string, (body: Body) => readonly [signature: string, body: Body]>>;

const nothing = ['', []] as const;
/** https://specifications.freedesktop.org/notification-spec/latest/protocol.html */
const notifications = (given: Notice[], close: (id: number) => void): Answers => {
  const name = 'org.freedesktop.Notifications';
  return {
    [`${name}.GetCapabilities`]: () => ['as', [['actions', 'body']]],
    [`${name}.GetServerInformation`]: () => ['ssss', ['A desk for tests', 'Carillon', '1', '1.2']],
    [`${name}.Notify`]([, , , title, body, actions]) {
      const id = given.length + 1;
      given.push({ id, title: String(title), body: String(body), actions: actions as string[] });
      return ['u', [id]];
    },
    [`${name}.CloseNotification`]([id]) {
      close(Number(id));
      return nothing;
    },
  };
};
/** https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/ */
const watcher = (icons: string[]): Answers => {
  const properties: Readonly<Record<string, Variant>> = {
    IsStatusNotifierHostRegistered: new Variant('b', true),
    ProtocolVersion: new Variant('i', 0),
  };
  return {
    'org.freedesktop.DBus.Properties.Get': ([, name]) => ['v', [properties[String(name)]]],
    'org.kde.StatusNotifierWatcher.RegisterStatusNotifierItem'([service]) {
      icons.push(String(service));
      return nothing;
    },
  };
};

export interface TrayEntry {
  readonly id: number;
  readonly label: string;
  readonly checked: boolean;
}
/** A desktop's message bus with somebody who shows notifications and icons near the clock. */
export interface Desk {
  readonly env: Readonly<Record<string, string>>;
  /** What is shown or was, the oldest first. */
  readonly notices: readonly Notice[];
  readonly withdrawn: readonly number[];
  /** The person clicks a notification. */
  press(notice: Notice): void;
  /** Whether an icon has come. */
  readonly tray: boolean;
  trayTitle(): Promise<string>;
  trayMenu(): Promise<readonly TrayEntry[]>;
  /** The person chooses an entry of the icon's menu. */
  choose(label: string): Promise<void>;
  /** The person clicks the icon. */
  click(): void;
}

/** A bus that starts nothing by itself: whoever is on it was put there by the test. */
const busConfig = (socket: string): string => `<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>`;

export const openDesk = async (later: (work: () => void | Promise<void>) => void): Promise<Desk> => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-desk-'));
  later(() => rmSync(folder, { recursive: true, force: true }));
  const config = join(folder, 'bus.conf');
  writeFileSync(config, busConfig(join(folder, 'bus')));
  const daemon = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--nopidfile', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  later(() => ended(daemon));
  const [line] = (await once(daemon.stdout, 'data')) as [Buffer];
  const busAddress = line.toString().trim();
  const bus: MessageBus = sessionBus({ busAddress });
  later(() => bus.disconnect());
  const notices: Notice[] = [];
  const withdrawn: number[] = [];
  const icons: string[] = [];
  const say = (name: string, signature: string, body: Body): void =>
    bus.send(
      Message.newSignal('/org/freedesktop/Notifications', 'org.freedesktop.Notifications', name, signature, [...body]),
    );
  const close = (id: number): void => {
    withdrawn.push(id);
    say('NotificationClosed', 'uu', [id, 3]);
  };
  const answers: Answers = { ...notifications(notices, close), ...watcher(icons) };
  bus.addMethodHandler((message) => {
    const answer = answers[`${message.interface}.${message.member}`];
    if (!answer) return false;
    const [signature, body] = answer(message.body);
    bus.send(Message.newMethodReturn(message, signature, [...body]));
    return true;
  });
  await bus.requestName('org.freedesktop.Notifications', 0);
  await bus.requestName('org.kde.StatusNotifierWatcher', 0);
  /** What is said to the icon that has come: `Interface.Member` of one of its objects. */
  const toIcon = (path: string, [name, member]: readonly [string, string], signature: string, body: Body): Message => {
    const [destination] = icons;
    if (destination === undefined) throw new Error('There is no icon near the clock');
    return new Message({ destination, path, interface: name, member, signature, body: [...body] });
  };
  const menu = '/com/canonical/dbusmenu';
  const item = '/StatusNotifierItem';
  const entries = async (): Promise<readonly TrayEntry[]> => {
    const answer = await bus.call(toIcon(menu, ['com.canonical.dbusmenu', 'GetLayout'], 'iias', [0, -1, []]));
    const [, , children] = (answer?.body[1] ?? [0, {}, []]) as [
      number,
      unknown,
      Variant<[number, Record<string, Variant>]>[],
    ];
    return children.map(({ value: [id, facts] }) => ({
      id,
      label: String(facts.label?.value ?? '').replaceAll('_', ''),
      checked: facts['toggle-state']?.value === 1,
    }));
  };
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: busAddress },
    notices,
    withdrawn,
    press: ({ id }) => say('ActionInvoked', 'us', [id, 'default']),
    get tray() {
      return icons.length > 0;
    },
    async trayTitle() {
      const asked = ['org.kde.StatusNotifierItem', 'ToolTip'];
      const answer = await bus.call(toIcon(item, ['org.freedesktop.DBus.Properties', 'Get'], 'ss', asked));
      const tip = answer?.body[0];
      const [, , title] = (tip as Variant<[string, unknown, string, string]>).value;
      return title;
    },
    trayMenu: entries,
    async choose(label) {
      const entry = (await entries()).find((one) => one.label === label);
      if (!entry) throw new Error(`The icon's menu has no "${label}"`);
      const clicked = [entry.id, 'clicked', new Variant('i', 0), 0];
      // Not waited for: whoever is told to quit may be gone before it answers.
      bus.send(toIcon(menu, ['com.canonical.dbusmenu', 'Event'], 'isvu', clicked));
    },
    click: () => bus.send(toIcon(item, ['org.kde.StatusNotifierItem', 'Activate'], 'ii', [0, 0])),
  };
};

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const end = once(child, 'exit');
  child.kill();
  await end;
};
