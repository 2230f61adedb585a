import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ConversationId, PersonId } from '../../../src-shared/ids.ts';
import type { Settings } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { askDesktop, desktopState } from '../notifications/desktop.ts';
import { HoursFields } from '../notifications/HoursFields.tsx';
import { RuleChoice } from '../notifications/RuleChoice.tsx';
import { night, withRule } from '../notifications/rules.ts';
import { Setting, Toggle } from './Setting.tsx';
import { useChange } from './useChange.ts';

export function NotificationsSection({ settings }: { settings: Settings }) {
  const t = useT();
  const change = useChange();
  const accounts = useFeature('accounts', (state) => state.accounts) ?? [];
  const [desktop, setDesktop] = useState(desktopState);
  const { quietHours } = settings;
  return (
    <>
      <Toggle
        title={t('settings.notifications')}
        text={t('settings.notificationsText')}
        on={settings.notifications}
        onChange={(notifications) => change({ notifications })}
      />
      {desktop === 'absent' ? null : (
        <Setting title={t('settings.browser')} text={t('settings.browserText')}>
          {desktop === 'default' ? (
            <Button onClick={() => void askDesktop().then(setDesktop)}>{t('notices.allow')}</Button>
          ) : (
            <span>{t(desktop === 'granted' ? 'settings.allowed' : 'settings.denied')}</span>
          )}
        </Setting>
      )}
      <Toggle
        title={t('settings.quiet')}
        text={t('settings.quietText')}
        on={quietHours !== null}
        onChange={(on) => change({ quietHours: on ? night : null })}
      />
      {quietHours ? (
        <Setting title={t('settings.quietWhen')}>
          <HoursFields hours={quietHours} onChange={(hours) => change({ quietHours: hours })} />
        </Setting>
      ) : null}
      {accounts.map((account) => (
        <Setting key={account.id} title={account.label} words={t('settings.notifications')}>
          <RuleChoice of={`account:${account.id}`} name={account.label} />
        </Setting>
      ))}
      <Exceptions settings={settings} />
    </>
  );
}

/** Rules for people and conversations, by their names; they are made where the person or conversation is. */
function Exceptions({ settings }: { settings: Settings }) {
  const t = useT();
  const { client } = useWorkspace();
  const change = useChange();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const keys = Object.keys(settings.notifyRules)
    .filter((key) => !key.startsWith('account:'))
    .join('\n');
  useEffect(() => {
    let current = true;
    const nameOf = async (key: string): Promise<readonly [string, string]> => {
      const [is, id] = key.split(':');
      if (is === 'person') {
        const person = await client.call('people.get', { person: PersonId.parse(Number(id)) });
        return [key, person?.name ?? ''];
      }
      const conversation = await client.call('conversation.get', { conversation: ConversationId.parse(Number(id)) });
      return [key, conversation?.title || (conversation?.people.map((one) => one.name).join(', ') ?? '')];
    };
    Promise.all(keys.split('\n').filter(Boolean).map(nameOf)).then(
      (found) => current && setNames(new Map(found)),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [keys, client]);
  if (keys === '') return null;
  return keys.split('\n').map((key) => {
    const name = names.get(key) || t('settings.goneRule');
    return (
      <Setting key={key} title={name} words={t('settings.notifications')}>
        <span className="setting-times">
          <RuleChoice of={key} name={name} />
          <IconButton
            label={t('settings.removeRule', { name })}
            onClick={() => change({ notifyRules: withRule(settings.notifyRules, key, 'inherit') })}
          >
            <X />
          </IconButton>
        </span>
      </Setting>
    );
  });
}
