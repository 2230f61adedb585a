import type { SessionContext } from '../../src-shared/channel.ts';
import type { UserKey } from '../../src-shared/model/index.ts';
import type { Graph } from '../_kit/graph/index.ts';
import type { Offered } from './send/offered.ts';
import type { Directory } from './sync/directory.ts';
import type { OwnEmojiMet } from './sync/own-emoji.ts';
import type { Places } from './sync/places.ts';
import type { TeamsConfig } from './teams.ts';

/** What the parts of a session share. */
export interface Working {
  readonly context: SessionContext;
  readonly graph: Graph;
  readonly config: TeamsConfig;
  /** The account's own person. */
  readonly me: UserKey;
  readonly directory: Directory;
  readonly places: Places;
  readonly ownEmoji: OwnEmojiMet;
  /** What is on its way to Teams. */
  readonly offered: Offered;
  /** Looks for news at once. */
  readonly lookAround: () => void;
  /** Ends with the session. */
  readonly over: AbortSignal;
}
