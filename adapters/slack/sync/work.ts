import type { Clock, Log, SessionContext } from '../../../src-shared/channel.ts';
import type { Reading } from '../map/reading.ts';
import type { Edits } from '../send/edits.ts';
import type { Uploads } from '../send/uploads.ts';
import type { Web } from '../web.ts';
import type { Directory } from './directory.ts';
import type { Windows } from './windows.ts';

/** What everything that happens within one session works with. */
export interface Work {
  readonly context: SessionContext;
  readonly clock: Clock;
  readonly log: Log;
  readonly web: Web;
  /** Ends with the session. */
  readonly over: AbortSignal;
  readonly apiUrl: string;
  readonly me: string;
  readonly reading: Reading;
  readonly directory: Directory;
  readonly windows: Windows;
  readonly uploads: Uploads;
  readonly edits: Edits;
}
