import { type RefObject, useEffect, useState } from 'react';
import { asUserKey } from '../../../../src-shared/ids.ts';
import type { PersonRef } from '../../../../src-shared/ipc/index.ts';
import type { SendLimits } from '../../../../src-shared/model/index.ts';
import { useFeature, useWorkspace } from '../../../state/context.tsx';
import type { EditorHandle } from '../handle.ts';
import type { Composer } from '../store.ts';
import { type Completion, type Offered, useCompletion } from './completion.ts';
import { findPeople, mentionBefore, nameOf } from './mention.ts';

const most = 8;
const nobody: readonly PersonRef[] = [];

/**
 * `@an` offers people: those of the conversation, whom the network then calls; in a letter anybody with an address, who
 * becomes one of those it is for.
 */
export function useMentions(
  editor: RefObject<EditorHandle | null>,
  composer: Composer,
  limits: SendLimits,
): Completion {
  const { client, composer: store } = useWorkspace();
  const { key, composition } = composer;
  const view = useFeature('conversation', ({ shown }) =>
    shown?.view.id === composition.conversation ? shown.view : undefined,
  );
  const [asked, setAsked] = useState<string | null>(null);
  const [reached, setReached] = useState(nobody);
  const letter = limits.recipients;
  useEffect(() => {
    if (!letter || asked === null || asked === '') return;
    let current = true;
    client.call('people.find', { text: asked, limit: most }).then(
      (people) => {
        const all = people.flatMap(({ identities }) => identities);
        if (current) setReached(all.filter((one) => (one.address ?? one.key).includes('@')));
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [asked, letter, client]);
  const everybody = letter ? reached : limits.mentions === 'full' && view ? [...view.members, ...view.people] : nobody;
  const call = (one: PersonRef): void => {
    const now = store.getState().composers[key]?.composition;
    if (!now) return;
    const name = nameOf(one);
    if (!letter) {
      const others = (now.mentions ?? []).filter((mention) => mention.key !== one.key);
      store.getState().edit(key, { mentions: [...others, { key: one.key, name }] });
      return;
    }
    const address = (one.address ?? one.key).replace(/^mailto:/, '');
    if (now.recipients.some((other) => other.key.toLowerCase() === address.toLowerCase())) return;
    store.getState().edit(key, { recipients: [...now.recipients, { role: 'to', key: asUserKey(address), name }] });
  };
  const offered = (one: PersonRef): Offered => ({
    id: one.key,
    label: nameOf(one),
    detail: one.address?.replace(/^(mailto|tel):/, ''),
    face: nameOf(one),
    take(handle, count) {
      handle.replaceBefore(count, `@${nameOf(one)} `);
      call(one);
    },
  });
  const completion = useCompletion(editor, mentionBefore, (words) => {
    const unique = [...new Map(everybody.map((one) => [one.key, one])).values()];
    return findPeople(unique, words, most).map(offered);
  });
  return {
    ...completion,
    look(before) {
      setAsked(letter && before !== null ? mentionBefore(before) : null);
      completion.look(before);
    },
  };
}
