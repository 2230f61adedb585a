import type { Part } from '../../../src-shared/model/index.ts';
import type { Message } from '../wire.ts';

/** What an organisation's policy makes of a message. */
export interface Judged {
  /** Stands instead of the words, or before them. */
  readonly line: Part | undefined;
  /** The reader is not to see the words. */
  readonly hidden: boolean;
}
const longestReason = 1000;

/**
 * Organisations have messages looked through for what must not be said
 * (https://learn.microsoft.com/en-us/graph/api/resources/chatmessagepolicyviolation): `blockAccess` keeps it from all who
 * read, `blockAccessExternal` from those outside, and who wrote it may override that. Undefined where nothing was found.
 */
export function judged({ policyViolation, body }: Message, mine: boolean): Judged | undefined {
  const { dlpAction = '', userAction = '', policyTip } = policyViolation ?? {};
  // Flags, of which there may be several: "notifySender,blockAccess".
  const flags = new Set(dlpAction.toLowerCase().split(/\W+/));
  const forAll = flags.has('blockaccess');
  if (!forAll && !flags.has('blockaccessexternal')) return undefined;
  if (/\boverride\b/i.test(userAction)) return { line: undefined, hidden: false };
  const isEmpty = (body?.content ?? '').trim() === '';
  const hidden = !mine && (forAll || isEmpty);
  if (!mine && !hidden) return { line: undefined, hidden };
  const found = policyTip?.matchedConditionDescriptions ?? [];
  const why = [policyTip?.generalText?.trim(), found.length > 0 ? `Found: ${found.join(', ')}.` : undefined];
  const who = mine && !forAll ? 'for people outside of your organisation' : 'by a policy of the organisation';
  const text = [`This message was blocked ${who}.`, ...why.filter(Boolean)].join(' ').slice(0, longestReason);
  return { line: { kind: 'system', event: 'blocked', text }, hidden };
}
