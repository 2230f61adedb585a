/** Folders and labels. */
import { z } from 'zod';
import { AccountId, type LabelId, type LabelPatch, type LabelRole } from '../model/index.ts';
import { call } from './call.ts';

export interface LabelView {
  readonly id: LabelId;
  readonly account: AccountId;
  readonly name: string;
  readonly kind: NonNullable<LabelPatch['kind']>;
  readonly role: LabelRole | null;
  readonly colour: string | null;
  readonly unread: number;
  readonly conversations: number;
}

export const labelCalls = {
  'labels.list': call(z.object({ account: AccountId.optional() })).returns<readonly LabelView[]>(),
  /** A folder or label of that name, made on the network; the account must be online. */
  'labels.create': call(z.object({ account: AccountId, name: z.string().trim().min(1).max(200) })).returns<{
    label: LabelId;
  }>(),
};
