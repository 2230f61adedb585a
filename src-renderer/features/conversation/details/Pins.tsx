import { PinOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ConversationView, MessageView } from '../../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../../state/context.tsx';
import { IconButton } from '../../../ui/Button.tsx';
import { useNow } from '../../../ui/useNow.ts';
import { personName } from '../../list/names.ts';
import { previewOf } from '../preview.ts';

/** What was pinned here, the newest first; pressing one goes to it. */
export function Pins({ view }: { view: ConversationView }) {
  const t = useT();
  const formats = useFormats();
  const workspace = useWorkspace();
  const { actions, client, conversation, report } = workspace;
  const now = useNow(60_000);
  const [pins, setPins] = useState<readonly MessageView[]>([]);
  const messages = useFeature('conversation', (state) => state.shown?.messages);
  const [told, setTold] = useState(0);
  // What one pins here shows at once, before the hub has heard of it; and not every pin is among the messages shown.
  useEffect(
    () =>
      client.on('changed', ({ topics }) => {
        if (topics.some((topic) => topic.on === 'conversations' && (topic.ids?.includes(view.id) ?? true)))
          setTold((times) => times + 1);
      }),
    [client, view.id],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `messages` and `told` say that something changed
  useEffect(() => {
    let current = true;
    client.call('conversation.pins', { conversation: view.id }).then((found) => current && setPins(found), report);
    return () => {
      current = false;
    };
  }, [client, view.id, report, messages, told]);
  if (pins.length === 0) return null;
  return (
    <section>
      <h3>{t('details.pins')}</h3>
      <ul className="details-pins">
        {pins.map((pin) => (
          <li key={pin.id}>
            <button
              type="button"
              className="details-entry"
              onClick={() => void conversation.getState().goTo({ message: pin.id }).catch(report)}
            >
              <span className="details-pin">
                <b className="truncate" dir="auto">
                  {pin.fromMe || !pin.author ? t('message.me') : personName(pin.author)}
                </b>
                <span dir="auto">{previewOf(pin.parts)}</span>
              </span>
              <time>{formats.brief(pin.at, now)}</time>
            </button>
            {view.features.includes('pin') ? (
              <IconButton label={t('message.unpin')} onClick={() => void actions.pinMessage(pin.id, false)}>
                <PinOff />
              </IconButton>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
