import { mediaOf } from '../../../src-shared/model/media-of.ts';
import type { Operation, Track } from '../api.ts';

/** From here on what goes out may take minutes on a slow line; files of unknown size do too. Bytes. */
const bulky = 500_000;

/** Which of an account's tracks carries this. */
export function trackOf(operation: Operation): Track {
  if (operation.op !== 'send' && operation.op !== 'draft-save') return 'change';
  const media = operation.message.parts.flatMap(mediaOf);
  const bytes = media.reduce((sum, file) => sum + (file.bytes ?? bulky), 0);
  if (bytes >= bulky) return 'bulk';
  return operation.op === 'send' ? 'message' : 'change';
}
