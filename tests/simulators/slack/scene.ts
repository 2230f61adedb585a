import { cast, me, type Person, type Said, script, type Talk } from '../_base/index.ts';
import { dot, fileObject, typeOfName } from './methods/files.ts';
import type { SlackMessage, SlackUser } from './state.ts';
import type { Workspace } from './workspace.ts';

/** `U0ALEX`; the same person has the same id in every run. */
export const userId = ({ id }: Person): string => `U0${id.toUpperCase()}`;
const reactionNames: Readonly<Record<string, string>> = { '👍': '+1', '🎉': 'tada', '❤️': 'heart' };

export interface SceneOptions {
  readonly seed: string | number;
  readonly talks: number;
  readonly messages: number;
  readonly until: number;
}

/** The people, and what they have said so far. */
export function setScene(workspace: Workspace, address: string, options: SceneOptions): void {
  for (const person of [me, ...cast]) workspace.users.set(userId(person), userObject(workspace, address, person));
  workspace.users.set('USLACKBOT', slackbot(workspace));
  workspace.emoji.set('northwind', '/emoji/northwind.png');
  workspace.emoji.set('roof', 'alias:northwind');
  workspace.presence.set('U0INES', 'active');
  for (const talk of script(options)) play(workspace, address, talk);
  // Everything but the last word of each conversation was read.
  for (const { id } of workspace.channels.values()) {
    const channel = workspace.channels.get(id);
    const before = workspace.topLevel(id).at(-2);
    if (channel && before) channel.lastRead = before.ts;
  }
}

/** Who has put up no picture has one at Gravatar, as Slack does it. */
function userObject(
  { team }: Workspace,
  address: string,
  { id, name, given, email, phone, ...person }: Person,
): SlackUser {
  const picture = id === 'hana' ? 'https://secure.gravatar.com/avatar/0.png' : `${address}/avatars/${id}_192.png`;
  return {
    id: userId({ id, name, given, email, phone, ...person }),
    team_id: team.id,
    name: id,
    real_name: name,
    deleted: false,
    is_bot: false,
    updated: 1_700_000_000,
    profile: { real_name: name, display_name: given, email, phone, image_192: picture },
  };
}

/** Slack itself, who tells of huddles and what was deleted. */
const slackbot = ({ team }: Workspace): SlackUser => ({
  id: 'USLACKBOT',
  team_id: team.id,
  name: 'slackbot',
  real_name: 'Slackbot',
  deleted: false,
  is_bot: false,
  updated: 0,
  profile: { real_name: 'Slackbot', display_name: 'Slackbot' },
});

function play(workspace: Workspace, address: string, talk: Talk): void {
  const people = talk.members.map(userId);
  const kind = people.length === 1 ? 'im' : people.length === 2 ? 'mpim' : people.length === 3 ? 'private' : 'public';
  const slug = talk.title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const channel = workspace.openChannel(kind, kind === 'im' ? '' : slug, [workspace.me, ...people], {
    topic: kind === 'im' ? '' : talk.title,
  });
  const told = new Map<string, SlackMessage>();
  for (const [at, said] of talk.said.entries()) {
    // Every other answer is given in the thread, the rest in the conversation itself.
    const answered = said.answers === undefined || at % 2 === 0 ? undefined : told.get(said.answers);
    const message = workspace.post(
      channel.id,
      {
        user: userId(said.by),
        text: said.text.replaceAll('&', '&amp;'),
        client_msg_id: `sim-${said.id}`,
        ts: workspace.ts(said.at),
        ...(answered && { thread_ts: answered.thread_ts ?? answered.ts }),
        ...fileOf(workspace, address, channel.id, said),
      },
      true,
    );
    told.set(said.id, message);
    if (said.reaction) {
      const name = reactionNames[said.reaction.emoji] ?? 'wave';
      message.reactions = [{ name, users: [userId(said.reaction.by)], count: 1 }];
    }
  }
}

function fileOf(workspace: Workspace, address: string, channel: string, { file, by, at }: Said): object {
  if (!file) return {};
  const id = workspace.id('F');
  const held = {
    id,
    name: file.name,
    title: file.name,
    bytes: file.bytes.byteLength > 0 ? file.bytes : dot,
    mimetype: typeOfName(file.name),
    user: userId(by),
    completed: true,
    shares: [{ channel, ts: `${Math.floor(at / 1000)}.000000` }],
  };
  workspace.files.set(id, held);
  return { subtype: 'file_share', upload: false, files: [fileObject(workspace, held, address)] };
}
