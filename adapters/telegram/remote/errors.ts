import { ChannelError, type Outcome } from '../../../src-shared/channel.ts';

/** A refusal in Telegram's own words (core.telegram.org/api/errors), with what Carillon makes of it. */
export class TelegramError extends ChannelError {
  /** The word Telegram used, without numbers: FLOOD_WAIT, CHAT_WRITE_FORBIDDEN. */
  readonly word: string;
  /** The number in it: seconds to wait, a data center. */
  readonly number: number | undefined;
  constructor(word: string, number: number | undefined, code: string, outcome: Outcome, message: string) {
    const seconds = code === 'busy' ? (number ?? 5) : undefined;
    super(code, outcome, message, seconds === undefined ? {} : { retryAfterMs: seconds * 1000 });
    this.word = word;
    this.number = number;
  }
}

/** Words that mean this session is over (core.telegram.org/api/errors, 401 and 406). */
const ended = new Set([
  'AUTH_KEY_UNREGISTERED',
  'AUTH_KEY_INVALID',
  'AUTH_KEY_DUPLICATED',
  'AUTH_KEY_PERM_EMPTY',
  'SESSION_REVOKED',
  'SESSION_EXPIRED',
  'USER_DEACTIVATED',
  'USER_DEACTIVATED_BAN',
]);
/** For the person. */
const said: Readonly<Record<string, string>> = {
  API_ID_INVALID: 'Telegram does not know this api_id and api_hash. Copy both from my.telegram.org.',
  API_ID_PUBLISHED_FLOOD:
    'This api_id was published somewhere and may not be used. Create your own at my.telegram.org.',
  PHONE_NUMBER_INVALID: 'Telegram does not know this phone number. Write it with the country code: +420 777 123 456.',
  PHONE_NUMBER_BANNED: 'This phone number is banned from Telegram.',
  PHONE_NUMBER_UNOCCUPIED: 'There is no Telegram account for this number. Create it in the Telegram app first.',
  PHONE_CODE_INVALID: 'The code is not right.',
  PHONE_CODE_EXPIRED: 'The code is too old. Begin again to get a new one.',
  PASSWORD_HASH_INVALID: 'The password is not right.',
  ACCESS_TOKEN_INVALID: 'Telegram does not know this bot token. Copy it from @BotFather.',
  ACCESS_TOKEN_EXPIRED: 'This bot token has been replaced. Copy the new one from @BotFather.',
  AUTH_KEY_DUPLICATED: 'The same session was used in two places, so Telegram ended it. Log in again.',
  USER_DEACTIVATED: 'This Telegram account has been deleted.',
  USER_DEACTIVATED_BAN: 'This Telegram account has been banned.',
  CHAT_WRITE_FORBIDDEN: 'You may not write here.',
  USER_BANNED_IN_CHANNEL: 'You are banned from writing in groups.',
  CHAT_SEND_MEDIA_FORBIDDEN: 'You may not send files here.',
  CHAT_SEND_PLAIN_FORBIDDEN: 'You may send files here, but no words.',
  CHAT_SEND_PHOTOS_FORBIDDEN: 'You may not send pictures here.',
  CHAT_SEND_VIDEOS_FORBIDDEN: 'You may not send videos here.',
  CHAT_SEND_AUDIOS_FORBIDDEN: 'You may not send sounds here.',
  CHAT_SEND_VOICES_FORBIDDEN: 'You may not send voice messages here.',
  CHAT_SEND_DOCS_FORBIDDEN: 'You may not send files here.',
  CHAT_SEND_POLL_FORBIDDEN: 'You may not begin polls here.',
  CHAT_RESTRICTED: 'You may not write here.',
  TOPIC_CLOSED: 'This topic is closed.',
  TOPIC_DELETED: 'This topic is gone.',
  CHAT_ADMIN_REQUIRED: 'Only administrators may do this.',
  USER_IS_BLOCKED: 'This person has blocked you.',
  YOU_BLOCKED_USER: 'You have blocked this person.',
  PEER_FLOOD: 'Telegram limits this account for now: too many strangers were written to.',
  PEER_ID_INVALID: 'Telegram does not let this account reach this conversation.',
  CHANNEL_PRIVATE: 'You are no longer in this channel.',
  MESSAGE_TOO_LONG: 'The message is too long for Telegram.',
  MEDIA_CAPTION_TOO_LONG: 'The caption is too long for Telegram.',
  MESSAGE_EMPTY: 'There is nothing in this message.',
  MESSAGE_ID_INVALID: 'This message is gone.',
  MSG_ID_INVALID: 'This message is gone.',
  MESSAGE_NOT_MODIFIED: 'Nothing was changed.',
  MESSAGE_EDIT_TIME_EXPIRED: 'It is too late to change this message.',
  MESSAGE_AUTHOR_REQUIRED: 'Only its author may change a message.',
  MESSAGE_DELETE_FORBIDDEN: 'This message cannot be deleted for everyone any more.',
  REACTION_INVALID: 'This reaction is not allowed here.',
  USER_PRIVACY_RESTRICTED: 'This person does not let strangers add them to groups.',
  DATA_INVALID: 'This button does not work any more.',
  BOT_RESPONSE_TIMEOUT: 'The bot did not answer in time.',
  BOT_METHOD_INVALID: 'Telegram does not let bots do this.',
};

/** `changes`: whether the call was to change anything, so that trouble on the way leaves it unknown if it did. */
export function fromRpc(code: number, text: string, changes: boolean): TelegramError {
  const number = /_(\d+)$/.exec(text)?.[1];
  const word = number === undefined ? text : text.slice(0, -number.length - 1);
  const count = number === undefined ? undefined : Number(number);
  const make = (kind: string, outcome: Outcome, message: string) =>
    new TelegramError(word, count, kind, outcome, message);
  if (code === 420 || word === 'SLOWMODE_WAIT' || word === 'FLOOD_WAIT')
    return make('busy', 'not-done', `Telegram asks to wait ${count ?? 'a few'} seconds.`);
  if (ended.has(word)) return make('auth', 'refused', said[word] ?? 'This session was ended from another device.');
  if (code === 303) return make('moved', 'not-done', 'This account lives in another data center.');
  if (code >= 500 || code < 0)
    return make('server', changes ? 'unknown' : 'not-done', `Telegram is in trouble (${text}).`);
  const kind = code === 404 || /_INVALID$|_NOT_FOUND$/.test(word) ? 'not-found' : 'refused';
  return make(kind, 'refused', said[word] ?? `Telegram refused: ${text}.`);
}
export const lost = (changes: boolean, cause?: unknown): ChannelError =>
  new ChannelError('network', changes ? 'unknown' : 'not-done', 'Telegram cannot be reached.', { cause });
export const tooSlow = (changes: boolean): ChannelError =>
  new ChannelError('timeout', changes ? 'unknown' : 'not-done', 'Telegram does not answer.');
export const isWord = (cause: unknown, word: string): cause is TelegramError =>
  cause instanceof TelegramError && cause.word === word;
export const isEnded = (cause: unknown): cause is ChannelError =>
  cause instanceof ChannelError && cause.code === 'auth';
