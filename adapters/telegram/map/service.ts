import type { Part } from '../../../src-shared/model/index.ts';
import { childOf, intOf, isSet, type Plain, textOf } from '../remote/plain.ts';

/** What happened in a conversation, as a line (core.telegram.org/type/MessageAction). `out`: this account did it. */
export function servicePart(action: Plain | undefined, out: boolean): Part {
  if (action?._ === 'MessageActionPhoneCall') return call(action, out);
  const title = textOf(action, 'title');
  const line = (event: string, text: string): Part => ({ kind: 'system', event, text });
  switch (action?._) {
    case 'MessageActionChatCreate':
    case 'MessageActionChannelCreate':
      return line('created', `The group “${title ?? ''}” was created.`);
    case 'MessageActionChatEditTitle':
      return line('renamed', `The name is now “${title ?? ''}”.`);
    case 'MessageActionTopicCreate':
      return line('created', `The topic “${title ?? ''}” was opened.`);
    case 'MessageActionTopicEdit':
      return line('renamed', title === undefined ? 'The topic was changed.' : `The topic is now “${title}”.`);
    case 'MessageActionChatAddUser':
      return line('member-joined', 'Somebody was added.');
    case 'MessageActionChatJoinedByLink':
    case 'MessageActionChatJoinedByRequest':
      return line('member-joined', 'Somebody joined.');
    case 'MessageActionChatDeleteUser':
      return line('member-left', 'Somebody left or was removed.');
    case 'MessageActionPinMessage':
      return line('pinned', 'A message was pinned.');
    case 'MessageActionChatEditPhoto':
      return line('picture-changed', 'The picture was changed.');
    case 'MessageActionChatDeletePhoto':
      return line('picture-changed', 'The picture was removed.');
    case 'MessageActionChatMigrateTo':
    case 'MessageActionChannelMigrateFrom':
      return line('moved', 'The group became a supergroup.');
    case 'MessageActionContactSignUp':
      return line('joined-network', 'This contact is on Telegram now.');
    case 'MessageActionHistoryClear':
      return line('cleared', 'The history was cleared.');
    case 'MessageActionScreenshotTaken':
      return line('screenshot', 'A screenshot was taken.');
    case 'MessageActionSetMessagesTTL':
      return line('timer', 'The time after which messages vanish was changed.');
    case 'MessageActionGroupCall':
    case 'MessageActionGroupCallScheduled':
      return line('call', 'A group call.');
    default: {
      const what = action?._.replace(/^MessageAction/, '') ?? '';
      const named = what.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
      return { kind: 'unsupported', what: named || 'a notice' };
    }
  }
}
function call(action: Plain, out: boolean): Part {
  const seconds = intOf(action, 'duration');
  const reason = childOf(action, 'reason')?._;
  const outcome =
    reason === 'PhoneCallDiscardReasonMissed'
      ? 'missed'
      : reason === 'PhoneCallDiscardReasonBusy'
        ? 'busy'
        : reason === 'PhoneCallDiscardReasonDisconnect'
          ? 'failed'
          : seconds === undefined
            ? 'declined'
            : 'answered';
  return {
    kind: 'call',
    direction: out ? 'outgoing' : 'incoming',
    media: isSet(action, 'video') ? 'video' : 'audio',
    outcome,
    ...(seconds === undefined || seconds < 0 ? {} : { durationMs: seconds * 1000 }),
  };
}
