/** Search, here and on the networks. */
import { z } from 'zod';
import { AccountId, ConversationId, type MessageId, type UserKey } from '../model/index.ts';
import { call, limit } from './call.ts';

/** `text`: the search language (`src-shared/search`), operators and all. */
export const SearchQuery = z.object({
  text: z.string().max(2000),
  order: z.enum(['newest', 'relevance']).default('newest'),
  account: AccountId.optional(),
  channel: z.string().optional(),
  conversation: ConversationId.optional(),
  facets: z.boolean().default(false),
  cursor: z.string().optional(),
  limit,
});
export type SearchQuery = z.infer<typeof SearchQuery>;

/** Around a matched word in a snippet: characters of the private use area, left out of the text itself. */
export const markStart = '\uE000';
export const markEnd = '\uE001';

export interface SearchHit {
  readonly message: MessageId;
  readonly conversation: ConversationId;
  readonly account: AccountId;
  readonly channel: string;
  /** Unix ms. */
  readonly at: number;
  readonly author: string;
  readonly fromMe: boolean;
  readonly title: string;
  /** Text around the hit; matched words stand between `markStart` and `markEnd`. */
  readonly snippet: string;
  readonly hasAttachment: boolean;
}
export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** Hand it back for more. Set as well when a long search stopped to answer: the page may then be short, or empty. */
  readonly next?: string;
  /** Words searched instead of ones the index does not know: [typed, taken]. */
  readonly corrected: readonly (readonly [string, string])[];
  /** How the query was read, operators and all, in words the person can check. */
  readonly understood: readonly { readonly field: string; readonly value: string; readonly negated: boolean }[];
  readonly facets?: SearchFacets;
}
export interface SearchFacets {
  readonly channels: readonly { readonly value: string; readonly count: number }[];
  readonly accounts: readonly { readonly value: AccountId; readonly label: string; readonly count: number }[];
  readonly people: readonly { readonly value: UserKey; readonly label: string; readonly count: number }[];
  readonly years: readonly { readonly value: number; readonly count: number }[];
  readonly withAttachment: number;
  /** Facets count the newest this many hits; beyond it they are a lower bound. */
  readonly sampled: number;
}

/** What the networks knew besides. */
export interface SearchedElsewhere {
  /** Accounts that were asked. */
  readonly asked: number;
  /** Messages that were not here before. */
  readonly found: number;
  /** Which could not be asked to the end and why, a sentence each. */
  readonly failed: readonly string[];
}

export const searchCalls = {
  'search.query': call(SearchQuery).returns<SearchResult>(),
  /** Has the networks that are online search what they never gave; what they find is here once this answers. */
  'search.elsewhere': call(
    z.object({ text: z.string().max(1000), account: AccountId.optional() }),
  ).returns<SearchedElsewhere>(),
};
