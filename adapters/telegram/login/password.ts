import type { LoginAnswers, LoginEnvironment, LoginStep } from '../../../src-shared/channel.ts';
import { isWord } from '../remote/errors.ts';
import { type Plain, textOf } from '../remote/plain.ts';
import type { Line } from './line.ts';

/** core.telegram.org/api/srp: the password is proven and never sent. */
export async function* askForPassword(
  line: Line,
  environment: LoginEnvironment,
): AsyncGenerator<LoginStep, Plain, LoginAnswers> {
  const hint = textOf(await line.call('account.GetPassword', {}), 'hint');
  let error: string | undefined;
  for (;;) {
    const { password = '' } = yield {
      show: 'fields',
      id: 'password',
      title: 'Two-step verification',
      text: hint ? `Your Telegram password. Hint: ${hint}` : 'Your Telegram password.',
      fields: [{ id: 'password', label: 'Password', type: 'password', required: true }],
      ...(error === undefined ? {} : { error }),
    };
    environment.progress?.('Checking the password');
    try {
      return await line.call('auth.CheckPassword', { password: await line.checkPassword(password) });
    } catch (cause) {
      if (!isWord(cause, 'PASSWORD_HASH_INVALID')) throw cause;
      error = cause.message;
    }
  }
}
