import type { ChannelEvent, ConversationPatch, UserPatch } from '../../../src-shared/model/index.ts';
import { conversationKey, pictureRef, userKey } from '../ids.ts';
import type { Conversation, User } from '../wire/setting.ts';

/** The name a workspace shows for somebody. */
export const nameOfUser = ({ profile, real_name: real, name, id }: User): string =>
  profile?.display_name || profile?.real_name || real || name || id;

/** Numbers in a profile are written as people like; only full international ones say whose they are. */
function telOf(phone: string | undefined): string | undefined {
  const digits = phone?.replace(/[\s().-]/g, '');
  return digits && /^\+\d{6,15}$/.test(digits) ? `tel:${digits}` : undefined;
}

/** A picture somewhere else than at Slack (Gravatar) would tell that other place who looks. */
function avatarOf({ profile }: User, hosted: Hosted): Pick<UserPatch, 'avatar'> {
  const url = profile?.image_192 ?? profile?.image_72;
  return url !== undefined && url.length < 2000 && hosted(url) ? { avatar: pictureRef(url) } : {};
}

type Hosted = (url: string) => boolean;
/** `me` is not told: the account itself says who that is. `hosted`: whether an address is Slack's own. */
export function userEvents(user: User, at: number, me: string, hosted: Hosted): readonly ChannelEvent[] {
  if (user.id === me) return [];
  const { profile } = user;
  const addresses = [profile?.email ? `mailto:${profile.email}` : undefined, telOf(profile?.phone)].filter(
    (one) => one !== undefined,
  );
  const patch: UserPatch = {
    name: nameOfUser(user).slice(0, 1024),
    bot: user.is_bot ?? false,
    ...(user.deleted !== undefined && { gone: user.deleted }),
    ...(addresses.length > 0 && { addresses }),
    ...avatarOf(user, hosted),
  };
  return [{ type: 'user', key: userKey(user.id), patch, at }];
}

/** Why nobody can write here; undefined where one can. */
function readOnly(conversation: Conversation): string | undefined {
  if (conversation.is_archived) return 'This channel is archived.';
  if (conversation.is_user_deleted) return 'This account was deactivated.';
  if (conversation.is_read_only) return 'Only some people may write in this channel.';
  if (conversation.is_member === false && !conversation.is_im && !conversation.is_mpim)
    return 'You are not in this channel.';
  return undefined;
}

export interface Setting {
  readonly me: string;
  /** Who is in it, where that is known. */
  readonly members?: readonly string[] | undefined;
}
export function conversationEvent(conversation: Conversation, at: number, { me, members }: Setting): ChannelEvent {
  const { id, name, user, is_im: direct, is_mpim: group, topic, purpose } = conversation;
  const why = readOnly(conversation);
  const others = direct && user ? [user] : members;
  const about = topic?.value || purpose?.value;
  const patch: ConversationPatch = {
    kind: direct ? 'direct' : group ? 'group' : 'channel',
    // People are called by their names; only channels have one of their own.
    ...(!direct && !group && name && { title: `#${name}` }),
    ...(direct && user === me && { title: 'Notes to yourself' }),
    ...(!direct && !group && about !== undefined && { topic: about }),
    ...(others && { members: others.filter((one) => one !== me && one !== '').map(userKey) }),
    // Never the opposite, for the person may have put it away here.
    ...(conversation.is_archived && { archived: true }),
    limits: why === undefined ? {} : { readOnly: why },
  };
  return { type: 'conversation', key: conversationKey(id), patch, at };
}
