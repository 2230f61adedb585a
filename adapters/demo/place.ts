import type { SessionContext } from '../../src-shared/channel.ts';
import type { Config } from './login.ts';
import type { Network } from './networks.ts';
import type { Tasks } from './tasks.ts';
import type { World } from './world/index.ts';

/** Where a session is: on which network, in which world, talking to whom. */
export interface Place {
  readonly context: SessionContext;
  readonly config: Config;
  readonly network: Network;
  readonly world: World;
  readonly tasks: Tasks;
}
