import { z } from 'zod';
import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import type { CallOptions } from '../../_kit/http/index.ts';
import { type Spot, spotPath } from '../ids.ts';
import { type Seen, see } from '../map/message.ts';
import type { Working } from '../working.ts';
import { isClosed } from './setting.ts';
import { tell } from './tell.ts';

/** One message as it is now; undefined where it is gone. */
export async function readOne(working: Working, spot: Spot, call: CallOptions): Promise<Seen | undefined> {
  try {
    return see(spot.place, await working.graph.ask(z.unknown(), { path: spotPath(spot) }, call), spot.root);
  } catch (error) {
    if (isClosed(error)) return undefined;
    throw error;
  }
}

/** The same as events, with the reactions it had and has no more. */
export async function tellOne(working: Working, spot: Spot, seen: Seen): Promise<readonly ChannelEvent[]> {
  await working.places.load(spot.place);
  return await tell(working, spot.place, [seen], seen.createdAt || working.context.clock.now());
}
