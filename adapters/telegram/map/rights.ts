import { childOf, intOf, isSet, type Plain } from '../remote/plain.ts';

/** Why this account may not write to somebody, in a group or in a channel (core.telegram.org/api/rights). `at`: Unix ms. */
export function whyReadOnly(entity: Plain, at: number): string | undefined {
  if (/Forbidden$/.test(entity._)) return 'You can no longer see this conversation.';
  if (isSet(entity, 'deleted')) return 'This account was deleted.';
  if (isSet(entity, 'left')) return 'You are no longer in it.';
  if (childOf(entity, 'migratedTo') !== undefined || isSet(entity, 'deactivated'))
    return 'This group became a supergroup; it goes on there.';
  if (isSet(entity, 'creator')) return undefined;
  const rights = childOf(entity, 'adminRights');
  if (isSet(entity, 'broadcast'))
    return isSet(rights, 'postMessages') ? undefined : 'Only administrators write in this channel.';
  const barred = [childOf(entity, 'bannedRights'), rights ? undefined : childOf(entity, 'defaultBannedRights')];
  return barred.some((one) => isSet(one, 'sendMessages') && !isOver(one, at))
    ? 'You may not write in this group.'
    : undefined;
}
/** core.telegram.org/constructor/chatBannedRights: until then, in Unix seconds; zero is for ever. */
function isOver(rights: Plain | undefined, at: number): boolean {
  const until = intOf(rights, 'untilDate') ?? 0;
  return until > 0 && until * 1000 <= at;
}
