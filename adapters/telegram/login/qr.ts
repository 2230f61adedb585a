import { ChannelError, type LoginAnswers, type LoginEnvironment, type LoginStep } from '../../../src-shared/channel.ts';
import { updatesIn } from '../live/sort.ts';
import { bytesOf, childOf, intOf, type Plain } from '../remote/plain.ts';
import type { Line } from './line.ts';

/** core.telegram.org/api/qr-login: a token is shown, a phone accepts it, and the server says so. Tokens live about 30 s. */
export async function* throughQr(
  line: Line,
  _answers: LoginAnswers,
  environment: LoginEnvironment,
): AsyncGenerator<LoginStep, Plain, LoginAnswers> {
  const { clock, signal } = environment;
  for (;;) {
    const scanned = Promise.withResolvers<void>();
    line.listen((said) => {
      if (updatesIn(said, '')?.some((update) => update._ === 'UpdateLoginToken')) scanned.resolve();
    });
    const answer = await token(line);
    if (answer._ === 'auth.LoginTokenSuccess') return authorizationIn(answer);
    const bytes = bytesOf(answer, 'token');
    const expires = (intOf(answer, 'expires') ?? 0) * 1000;
    if (!bytes) throw new ChannelError('protocol', 'refused', 'Telegram does not offer a code to scan.');
    yield {
      show: 'qr',
      id: 'scan',
      title: 'Scan this with your phone',
      text: 'In the Telegram app: Settings, Devices, Link Desktop Device.',
      data: `tg://login?token=${Buffer.from(bytes).toString('base64url')}`,
      ...(expires > 0 ? { expiresAt: expires } : {}),
    };
    const over = new AbortController();
    const late = clock.sleep(Math.max(1000, expires - clock.now()), AbortSignal.any([over.signal, signal]));
    late.catch(() => undefined);
    await Promise.race([scanned.promise, late]).finally(() => over.abort());
  }
}
/** An account that lives elsewhere takes its token along. */
async function token(line: Line): Promise<Plain> {
  const answer = await line.call('auth.ExportLoginToken', {
    apiId: line.app.id,
    apiHash: line.app.hash,
    exceptIds: [],
  });
  const dc = intOf(answer, 'dcId');
  if (answer._ !== 'auth.LoginTokenMigrateTo' || dc === undefined) return answer;
  await line.move(dc);
  return line.call('auth.ImportLoginToken', { token: bytesOf(answer, 'token') ?? new Uint8Array() });
}
function authorizationIn(answer: Plain): Plain {
  const authorization = childOf(answer, 'authorization');
  if (!authorization) throw new ChannelError('protocol', 'refused', 'Telegram accepted the code but not the login.');
  return authorization;
}
