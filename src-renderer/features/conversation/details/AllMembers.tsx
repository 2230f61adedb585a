import { useEffect, useRef, useState } from 'react';
import type { MembersView } from '../../../../src-shared/ipc/index.ts';
import type { ConversationId, PersonId } from '../../../../src-shared/model/index.ts';
import { errorMessage } from '../../../client/index.ts';
import { useFormats, useT } from '../../../i18n/react.ts';
import { useWorkspace } from '../../../state/context.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Member } from './Member.tsx';

/** The network is asked once nobody has typed for this long, ms. */
const afterMs = 300;

/** Those in a conversation of more people than are known here: asked of the network, page by page or by name. */
export function AllMembers({
  conversation,
  chosen,
  onChoose,
}: {
  conversation: ConversationId;
  chosen: PersonId | null;
  onChoose: (person: PersonId | null) => void;
}) {
  const t = useT();
  const formats = useFormats();
  const [text, setText] = useState('');
  const { found, busy, error, more } = useMembers(conversation, text.trim());
  const people = found?.people.filter((one) => !one.me && one.person !== null) ?? [];
  const missing = found === null ? 0 : found.total - found.people.length;
  return (
    <>
      <input
        className="field"
        type="text"
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        value={text}
        placeholder={t('details.findMember')}
        aria-label={t('details.findMember')}
        onChange={(event) => setText(event.target.value)}
      />
      {error === null ? null : (
        <p className="details-more" role="alert">
          {error}
        </p>
      )}
      <ul className="details-people" aria-busy={busy}>
        {people.map((one) => (
          <li key={one.identity}>
            <Member of={one} chosen={chosen} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      {found !== null && people.length === 0 && !busy ? <p className="details-more">{t('details.noMember')}</p> : null}
      {found?.next !== undefined || error !== null ? (
        <Button tone="quiet" disabled={busy} onClick={more}>
          {error !== null ? t('action.retry') : t('details.moreMembers', { count: formats.number(missing) })}
        </Button>
      ) : missing > 0 ? (
        <p className="details-more">{t('details.morePeople', { count: missing })}</p>
      ) : null}
    </>
  );
}

/** What is found for the words typed last; `more` goes on where it ended, or tries again. */
function useMembers(conversation: ConversationId, text: string) {
  const { client } = useWorkspace();
  const [found, setFound] = useState<MembersView | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(true);
  const asking = useRef(0);

  const ask = async (from: MembersView | null): Promise<void> => {
    const now = ++asking.current;
    setBusy(true);
    setError(null);
    try {
      const cursor = from?.next;
      const input = { conversation, text, ...(cursor === undefined ? {} : { cursor }) };
      const page = await client.call('conversation.members', input);
      if (now !== asking.current || !page) return;
      const known = new Set(from?.people.map(({ identity }) => identity));
      const people = page.people.filter(({ identity }) => !known.has(identity));
      setFound({ ...page, people: [...(from?.people ?? []), ...people] });
    } catch (problem) {
      if (now === asking.current) setError(errorMessage(problem));
    } finally {
      if (now === asking.current) setBusy(false);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words, or another conversation, begin anew
  useEffect(() => {
    setBusy(true);
    const wait = setTimeout(() => void ask(null), text === '' ? 0 : afterMs);
    return () => {
      clearTimeout(wait);
      asking.current++;
    };
  }, [conversation, text]);
  return { found, error, busy, more: () => void ask(found) };
}
