import { ChannelError, type LoginAnswers, type LoginEnvironment, type LoginStep } from '../../../src-shared/channel.ts';
import { isWord } from '../remote/errors.ts';
import { childOf, type Plain, textOf } from '../remote/plain.ts';
import type { Line } from './line.ts';

/** core.telegram.org/api/auth: a code goes to the person's other devices, and proves that the number is theirs. */
export async function* throughPhone(
  line: Line,
  { phone = '' }: LoginAnswers,
  environment: LoginEnvironment,
): AsyncGenerator<LoginStep, Plain, LoginAnswers> {
  environment.progress?.('Asking Telegram to send a code');
  const phoneNumber = phone.replace(/[^\d+]/g, '');
  const sent = await line.call('auth.SendCode', {
    phoneNumber,
    apiId: line.app.id,
    apiHash: line.app.hash,
    settings: { _: 'CodeSettings' },
  });
  const phoneCodeHash = textOf(sent, 'phoneCodeHash');
  if (phoneCodeHash === undefined)
    throw new ChannelError('refused', 'refused', 'Telegram did not send a code. Log in with a QR code instead.');
  let error: string | undefined;
  for (;;) {
    const { code = '' } = yield {
      show: 'fields',
      id: 'code',
      title: 'The code from Telegram',
      text: whereTo(childOf(sent, 'type')),
      fields: [{ id: 'code', label: 'Code', type: 'text', required: true }],
      ...(error === undefined ? {} : { error }),
    };
    try {
      return await line.call('auth.SignIn', { phoneNumber, phoneCodeHash, phoneCode: code.replace(/\D/g, '') });
    } catch (cause) {
      if (!isWord(cause, 'PHONE_CODE_INVALID') && !isWord(cause, 'PHONE_CODE_EMPTY')) throw cause;
      error = cause.message;
    }
  }
}
/** core.telegram.org/type/auth.SentCodeType */
function whereTo(type: Plain | undefined): string {
  switch (type?._) {
    case 'auth.SentCodeTypeApp':
      return 'Telegram sent it to your other devices, as a message from “Telegram”.';
    case 'auth.SentCodeTypeEmailCode':
      return 'Telegram sent it by e-mail.';
    case 'auth.SentCodeTypeCall':
      return 'Telegram calls your phone and says it.';
    case 'auth.SentCodeTypeFragmentSms':
      return 'It waits for you on fragment.com.';
    case 'auth.SentCodeTypeSetUpEmailRequired':
      return 'Telegram wants an e-mail address first. Add one in the Telegram app under Privacy and Security, then begin again.';
    default:
      return 'Telegram sent it to your phone.';
  }
}
