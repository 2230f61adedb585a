import type { LoginAnswers, LoginEnvironment, LoginStep } from '../../../src-shared/channel.ts';
import type { Plain } from '../remote/plain.ts';
import type { Line } from './line.ts';

/** core.telegram.org/method/auth.importBotAuthorization */
export async function* throughBot(
  line: Line,
  { token = '' }: LoginAnswers,
  environment: LoginEnvironment,
): AsyncGenerator<LoginStep, Plain, LoginAnswers> {
  environment.progress?.('Logging the bot in');
  const app = { apiId: line.app.id, apiHash: line.app.hash };
  // A generator without a step of its own: the token was asked for with the rest.
  yield* [];
  return line.call('auth.ImportBotAuthorization', { ...app, flags: 0, botAuthToken: token.trim() });
}
