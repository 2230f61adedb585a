import { type Call, type Grants, type NetworkTime, type Route, script } from '../../_base/index.ts';
import { ChannelDeltas, channelRoutes } from './channels.ts';
import { chatRoutes } from './chats.ts';
import { Drive, driveRoutes } from './drive.ts';
import { fillTeams } from './fill.ts';
import { teamsPeopleRoutes } from './people.ts';
import { TeamsWorld } from './world.ts';

export { Drive } from './drive.ts';
export { idOf, personOf, type Stored, TeamsWorld, tenant } from './world.ts';

/** What Teams may be asked for: none of the first needs an administrator. */
export const chatScopes =
  'User.ReadBasic.All People.Read Chat.ReadWrite ChatMessage.Send Chat.Create Presence.Read.All Presence.ReadWrite Files.ReadWrite Files.Read.All'.split(
    ' ',
  );
export const channelScopes =
  'Team.ReadBasic.All Channel.ReadBasic.All ChannelMessage.Read.All ChannelMessage.Send ChannelMessage.ReadWrite ChannelMember.Read.All Files.ReadWrite.All'.split(
    ' ',
  );

export interface TeamsOptions {
  readonly seed?: string;
  readonly talks: number;
  readonly messages: number;
}
export interface Teams {
  readonly world: TeamsWorld;
  readonly deltas: ChannelDeltas;
  readonly drive: Drive;
  routes(grants: Grants): readonly Route[];
}
export function openTeams(time: NetworkTime, options: TeamsOptions | undefined): Teams {
  const world = new TeamsWorld(time);
  const deltas = new ChannelDeltas();
  const drive = new Drive();
  if (options) {
    const { seed = 'teams', talks, messages } = options;
    const until = time.now() - 3_600_000;
    fillTeams(world, drive, script({ seed, talks, messages, until }), until);
  }
  return {
    world,
    deltas,
    drive,
    routes(grants) {
      const allowed = ({ headers }: Pick<Call, 'headers'>) =>
        grants.scopesOf((headers.authorization ?? '').replace(/^Bearer /i, '')).includes('ChannelMessage.Read.All');
      return [
        ...chatRoutes(world),
        ...channelRoutes(world, deltas, allowed),
        ...driveRoutes(drive, (id) => world.isMember(id)),
        ...teamsPeopleRoutes(world),
      ];
    },
  };
}
