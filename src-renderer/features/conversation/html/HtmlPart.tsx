import './html.css';
import { ImageOff, Quote } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { MessageView } from '../../../../src-shared/ipc/index.ts';
import { foldAttribute } from '../../../../src-shared/text/quotes-html.ts';
import { useT } from '../../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../../state/context.tsx';
import { Button } from '../../../ui/Button.tsx';
import { MailFrame } from './MailFrame.tsx';
import { useRemoteHosts } from './remoteHosts.ts';
import { sanitise } from './sanitise.ts';

const addressOf = (message: MessageView): string =>
  (message.author?.address ?? message.author?.key ?? '').replace(/^mailto:/, '').toLowerCase();

export function HtmlPart({ html, message }: { html: string; message: MessageView }) {
  const t = useT();
  const { client, session, report } = useWorkspace();
  const settings = useFeature('session', (state) => state.settings);
  const sender = addressOf(message);
  const [once, setOnce] = useState(false);
  const [quotes, setQuotes] = useState(false);
  const remote = once || settings?.remoteImages === 'always' || (settings?.remoteImagesFrom.includes(sender) ?? false);
  const { attachments } = message;
  const clean = useMemo(
    () =>
      sanitise(html, {
        remote,
        contentUrl: (id) => {
          const found = attachments.find((one) => one.contentId === id);
          return found && client.attachmentUrl(found.id);
        },
      }),
    [html, remote, attachments, client],
  );
  useRemoteHosts(clean.body, remote, sender);
  const always = (): void => {
    const from = [...new Set([...(settings?.remoteImagesFrom ?? []), sender])];
    session.getState().change({ remoteImagesFrom: from }).catch(report);
  };
  const quoted = clean.body.querySelector(`[${foldAttribute}]`) !== null;
  return (
    <div className="html-part">
      {clean.remoteImages > 0 ? (
        <div className="remote-banner">
          <ImageOff aria-hidden="true" />
          <span>{t('remote.blocked', { count: clean.remoteImages })}</span>
          <Button tone="quiet" onClick={() => setOnce(true)}>
            {t('remote.once')}
          </Button>
          {sender ? (
            <Button tone="quiet" onClick={always}>
              {t('remote.always', { sender })}
            </Button>
          ) : null}
        </div>
      ) : null}
      <MailFrame clean={clean} remote={remote} quotes={quotes} />
      {quoted ? (
        <button type="button" className="fold" aria-expanded={quotes} onClick={() => setQuotes(!quotes)}>
          <Quote aria-hidden="true" />
          {t(quotes ? 'message.hideQuote' : 'message.showQuote')}
        </button>
      ) : null}
    </div>
  );
}
