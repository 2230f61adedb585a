import {
  ChannelError,
  type LoginAnswers,
  type LoginDone,
  type LoginEnvironment,
  type LoginField,
  type LoginStep,
} from '../../src-shared/channel.ts';
import { configOf, secretNames } from './config.ts';
import { userKey } from './ids.ts';
import { throughBot } from './login/bot.ts';
import { Line } from './login/line.ts';
import { askForPassword } from './login/password.ts';
import { throughPhone } from './login/phone.ts';
import { throughQr } from './login/qr.ts';
import { nameIn } from './peers.ts';
import { trust } from './remote/keys.ts';
import { home, type Place, writePlace } from './remote/place.ts';
import { childOf, isSet, longOf, type Plain, textOf } from './remote/plain.ts';

export const flows = [{ id: 'account', label: 'Phone number, QR code or bot token' }] as const;

/** What each way in does between the app's credentials and an authorization. */
export type Way = (
  line: Line,
  answers: LoginAnswers,
  environment: LoginEnvironment,
) => AsyncGenerator<LoginStep, Plain, LoginAnswers>;
const ways: Readonly<Record<string, Way>> = { phone: throughPhone, qr: throughQr, bot: throughBot };
const choice = [
  { id: 'phone', label: 'Phone number', detail: 'Telegram sends a code to your other devices.' },
  { id: 'qr', label: 'QR code', detail: 'You scan it with the Telegram app on your phone.' },
  { id: 'bot', label: 'Bot token', detail: 'For a bot of yours, from @BotFather.' },
] as const;

const how = [
  'Telegram lets every program in under an api_id of its own. Yours takes two minutes:',
  '1. Open https://my.telegram.org and log in with your phone number.',
  '2. Choose "API development tools" and fill in a title and a short name; platform "Desktop".',
  '3. Copy api_id and api_hash here. They are kept on this computer only.',
].join('\n');

/** core.telegram.org/api/auth, /api/qr-login, /api/bots. One line is open at a time and closed however this ends. */
export async function* login(
  flow: string,
  environment: LoginEnvironment,
): AsyncGenerator<LoginStep, LoginDone, LoginAnswers> {
  if (!flows.some(({ id }) => id === flow))
    throw new ChannelError('flow', 'refused', `There is no way into Telegram called ${flow}.`);
  const chosen = yield { show: 'choose', id: 'way', title: 'How do you want to log in?', options: choice };
  const kind = chosen.choice ?? 'phone';
  const way = ways[kind];
  if (!way) throw new ChannelError('flow', 'refused', `There is no way into Telegram called ${kind}.`);
  const known = environment.existing && configOf(environment.existing);
  let typed: LoginAnswers = known ? { apiId: String(known.apiId) } : {};
  let error: string | undefined;
  for (;;) {
    const answers: LoginAnswers = yield {
      show: 'fields',
      id: 'app',
      title: 'Your Telegram app',
      text: how,
      fields: fieldsFor(kind, typed),
      ...(error === undefined ? {} : { error }),
    };
    typed = answers;
    const app = { id: Number(answers.apiId), hash: (answers.apiHash ?? '').trim() };
    if (!Number.isSafeInteger(app.id) || app.id <= 0 || !/^[0-9a-f]{32}$/i.test(app.hash)) {
      error = 'The api_id is a number, the api_hash is 32 letters and digits. Copy both from my.telegram.org.';
      continue;
    }
    const serverKey = answers.serverKey?.trim() || undefined;
    let place: Place;
    try {
      place = placeOf(answers);
      if (serverKey !== undefined) trust(serverKey);
    } catch (cause) {
      if (!(cause instanceof ChannelError)) throw cause;
      error = cause.message;
      continue;
    }
    const line = new Line(app, place, environment);
    try {
      environment.progress?.('Connecting to Telegram');
      await line.open();
      const authorization = yield* withPassword(way(line, answers, environment), line, environment);
      const user = childOf(authorization, 'user');
      const id = longOf(user, 'id');
      if (!user || id === undefined)
        throw new ChannelError(
          'sign-up',
          'refused',
          'There is no account for this number. Create it in the Telegram app first.',
        );
      const key = userKey({ kind: 'user', id });
      const name = nameIn(user);
      const phone = textOf(user, 'phone');
      return {
        account: {
          key,
          label: phone ? `+${phone.replace(/^\+/, '')}` : (name ?? 'Telegram'),
          identities: [{ key, ...(name === undefined ? {} : { name }) }],
          config: {
            apiId: app.id,
            bot: isSet(user, 'bot') || kind === 'bot',
            user: id,
            ...(serverKey === undefined ? {} : { serverKey }),
          },
        },
        secrets: { [secretNames.session]: writePlace(line.place()), [secretNames.apiHash]: app.hash },
      };
    } catch (cause) {
      environment.signal.throwIfAborted();
      if (!(cause instanceof ChannelError) || cause.code === 'sign-up') throw cause;
      error = cause.message;
    } finally {
      await line.close();
    }
  }
}
/** Any way in may end at the door of two-step verification (core.telegram.org/api/srp). */
async function* withPassword(
  steps: AsyncGenerator<LoginStep, Plain, LoginAnswers>,
  line: Line,
  environment: LoginEnvironment,
): AsyncGenerator<LoginStep, Plain, LoginAnswers> {
  try {
    return yield* steps;
  } catch (cause) {
    if (!(cause instanceof ChannelError) || !('word' in cause) || cause.word !== 'SESSION_PASSWORD_NEEDED') throw cause;
    return yield* askForPassword(line, environment);
  }
}
/** What was typed stands there again after a mistake, but for secrets. */
function fieldsFor(kind: string, typed: LoginAnswers): readonly LoginField[] {
  const again = (id: string) => (typed[id] ? { value: typed[id] } : {});
  const phone = { id: 'phone', label: 'Phone number', type: 'text', help: 'With the country code: +420 …' } as const;
  const token = { id: 'token', label: 'Bot token', type: 'password', help: 'From @BotFather: 123456:ABC…' } as const;
  const own: readonly LoginField[] =
    kind === 'phone'
      ? [{ ...phone, required: true, ...again('phone') }]
      : kind === 'bot'
        ? [{ ...token, required: true }]
        : [];
  const server = { id: 'server', label: 'Another server', help: 'host:port of a server of your own' } as const;
  return [
    { id: 'apiId', label: 'api_id', type: 'number', required: true, ...again('apiId') },
    { id: 'apiHash', label: 'api_hash', type: 'password', required: true },
    ...own,
    { ...server, type: 'text', advanced: true, ...again('server') },
    { id: 'serverKey', label: 'Its public key', type: 'text', advanced: true, help: 'PEM', ...again('serverKey') },
  ];
}
function placeOf({ server = '' }: LoginAnswers): Place {
  if (server.trim() === '') return home;
  const url = URL.canParse(`tcp://${server.trim()}`) ? new URL(`tcp://${server.trim()}`) : undefined;
  if (!url?.hostname || !url.port) throw new ChannelError('address', 'refused', 'Write the server as host:port.');
  return { dc: 2, address: url.hostname, port: Number(url.port) };
}
