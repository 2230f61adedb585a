import { type RefObject, useEffect, useState } from 'react';
import { asUserKey } from '../../../../src-shared/ids.ts';
import type { PersonRef } from '../../../../src-shared/ipc/index.ts';
import type { Mention, SendLimits } from '../../../../src-shared/model/index.ts';
import { useT } from '../../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../../state/context.tsx';
import type { EditorHandle } from '../handle.ts';
import type { Composer } from '../store.ts';
import { type Completion, type Offered, useCompletion } from './completion.ts';
import { type Callable, findMentionable, type Mentionable, mentionBefore, nameOf } from './mention.ts';

const most = 8;
const nobody: readonly PersonRef[] = [];
const unique = (people: readonly PersonRef[]): readonly PersonRef[] => [
  ...new Map(people.map((one) => [one.key, one])).values(),
];

/**
 * `@an` offers people: those of the conversation, whom the network then calls, and others where it can; in a letter anybody with an address, who
 * becomes one of those it is for.
 */
export function useMentions(
  editor: RefObject<EditorHandle | null>,
  composer: Composer,
  limits: SendLimits,
): Completion {
  const t = useT();
  const { client, composer: store } = useWorkspace();
  const { key, composition } = composer;
  const view = useFeature('conversation', ({ shown }) =>
    shown?.view.id === composition.conversation ? shown.view : undefined,
  );
  const [asked, setAsked] = useState<string | null>(null);
  const [reached, setReached] = useState(nobody);
  const letter = limits.recipients;
  const beyond = letter || limits.mentionsAnybody === true;
  const { account } = composition;
  useEffect(() => {
    if (!beyond || asked === null || asked === '') return setReached(nobody);
    let current = true;
    const found = letter
      ? client.call('people.find', { text: asked, limit: most }).then((people) => {
          const all = people.flatMap(({ identities }) => identities);
          return all.filter((one) => (one.address ?? one.key).includes('@'));
        })
      : client.call('people.reach', { text: asked, account, limit: most * 2 });
    found.then(
      (people) => {
        if (current) setReached(people);
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [asked, beyond, letter, account, client]);
  const callable: Callable = letter
    ? { inside: unique(reached), outside: nobody, calls: [] }
    : limits.mentions === 'full' && view
      ? {
          inside: [...view.members, ...view.people],
          outside: reached,
          calls: view.kind === 'direct' ? [] : (limits.callsMany ?? []),
        }
      : { inside: nobody, outside: nobody, calls: [] };
  const mention = (added: Mention): void => {
    const mentions = store.getState().composers[key]?.composition.mentions ?? [];
    store.getState().edit(key, { mentions: [...mentions.filter((other) => other.key !== added.key), added] });
  };
  const call = (one: PersonRef): void => {
    const now = store.getState().composers[key]?.composition;
    if (!now) return;
    const name = nameOf(one);
    if (!letter) {
      mention({ key: one.key, name });
      return;
    }
    const address = (one.address ?? one.key).replace(/^mailto:/, '');
    if (now.recipients.some((other) => other.key.toLowerCase() === address.toLowerCase())) return;
    store.getState().edit(key, { recipients: [...now.recipients, { role: 'to', key: asUserKey(address), name }] });
  };
  const offered = (found: Mentionable): Offered => {
    if (found.is === 'many') {
      const { key, name, reaches } = found.call;
      return {
        id: key,
        label: `@${name}`,
        detail: t(reaches === 'everyone' ? 'mention.everyone' : 'mention.active', { count: view?.peopleCount ?? 0 }),
        take(handle, count) {
          handle.replaceBefore(count, `@${name} `);
          mention({ key, name });
        },
      };
    }
    const { person } = found;
    const notes = [
      person.bot ? t('mention.bot') : person.address?.replace(/^(mailto|tel):/, ''),
      person.gone ? t('people.gone') : undefined,
      found.outside ? t('mention.outside') : undefined,
    ];
    return {
      id: person.key,
      label: nameOf(person),
      detail: notes.filter((note) => note).join(' · ') || undefined,
      face: { name: nameOf(person), of: person },
      take(handle, count) {
        handle.replaceBefore(count, `@${nameOf(person)} `);
        call(person);
      },
    };
  };
  const completion = useCompletion(editor, mentionBefore, (words) =>
    findMentionable(callable, words, most).map(offered),
  );
  return {
    ...completion,
    look(before) {
      setAsked(beyond && before !== null ? mentionBefore(before) : null);
      completion.look(before);
    },
  };
}
