import './own.css';
import type { AccountId } from '../../../src-shared/model/index.ts';
import { isOwnEmoji, pictureOfEmoji } from '../people/pictures.ts';
import { usePicture } from '../people/usePicture.ts';

/** An emoji as its network draws it: a character, or the picture of one that workspace or person made. */
export const Emoji = ({ account, emoji }: { account: AccountId; emoji: string }) =>
  isOwnEmoji(emoji) ? <OwnEmoji account={account} emoji={emoji} /> : emoji;

function OwnEmoji({ account, emoji }: { account: AccountId; emoji: string }) {
  const picture = usePicture(pictureOfEmoji(account, emoji));
  return picture === undefined ? emoji : <img className="own-emoji" src={picture} alt={emoji} draggable={false} />;
}
