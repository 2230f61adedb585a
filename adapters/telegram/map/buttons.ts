import type { Button, Part } from '../../../src-shared/model/index.ts';
import { bytesOf, childOf, childrenOf, type Plain, textOf } from '../remote/plain.ts';

/** A button that calls the bot carries what to tell it, so that pressing it needs nothing else. */
const callbackId = (data: Uint8Array): string => `data:${Buffer.from(data).toString('base64url')}`;
export function callbackData(id: string): Uint8Array | undefined {
  return id.startsWith('data:') ? Buffer.from(id.slice('data:'.length), 'base64url') : undefined;
}

/** What a bot offers to press (core.telegram.org/api/bots/buttons). */
export function buttonParts(markup: Plain | undefined): readonly Part[] {
  const quickReplies = markup?._ === 'ReplyKeyboardMarkup';
  if (!quickReplies && markup?._ !== 'ReplyInlineMarkup') return [];
  const buttons = childrenOf(markup, 'rows').flatMap((row, line) =>
    childrenOf(row, 'buttons').map((button, place) => buttonOf(button, `${line}.${place}`)),
  );
  return buttons.length > 0 ? [{ kind: 'buttons', quickReplies, buttons }] : [];
}
function buttonOf(button: Plain, place: string): Button {
  const label = textOf(button, 'text') ?? '';
  const type = childOf(button, 'type');
  const url = textOf(type, 'url');
  const data = bytesOf(type, 'data');
  switch (type?._) {
    case 'ButtonTypeDefault':
      return { id: place, label, action: 'reply', value: label };
    case 'ButtonTypeRequestGeoLocation':
      return { id: place, label, action: 'location' };
    case 'InlineButtonTypeUrl':
    case 'InlineButtonTypeUrlAuth':
    case 'InlineButtonTypeWebView':
      return { id: place, label, action: 'url', ...(url === undefined ? {} : { value: url }) };
    case 'InlineButtonTypeCallback':
      return { id: callbackId(data ?? new Uint8Array()), label, action: 'callback' };
    default:
      return { id: place, label, action: 'other' };
  }
}
