import { Switch } from '@base-ui/react/switch';
import type { ConversationView, NotifyRule, PersonView } from '../../../../src-shared/ipc/index.ts';
import { useT } from '../../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../../state/context.tsx';
import { Choice } from '../../../ui/Choice.tsx';

type Mode = NotifyRule['mode'] | 'as-all';

/** What a person may do here: load their pictures, ring. */
export function Policy({ view, person }: { view: ConversationView; person: PersonView | null }) {
  const t = useT();
  const { report } = useWorkspace();
  const settings = useFeature('session', (state) => state.settings);
  const change = useFeature('session', (state) => state.change);
  if (!settings) return null;
  const { notifyRules, remoteImagesFrom } = settings;
  const ring = (name: string, mode: Mode): void => {
    const { [name]: former, ...others } = notifyRules;
    change({ notifyRules: mode === 'as-all' ? others : { ...others, [name]: { ...former, mode } } }).catch(report);
  };
  const addresses = (person?.identities ?? [])
    .map((one) => (one.address ?? one.key).replace(/^mailto:/, '').toLowerCase())
    .filter((address) => address.includes('@'));
  const loads = addresses.length > 0 && addresses.every((address) => remoteImagesFrom.includes(address));
  const load = (on: boolean): void => {
    const kept = remoteImagesFrom.filter((address) => !addresses.includes(address));
    change({ remoteImagesFrom: on ? [...kept, ...addresses] : kept }).catch(report);
  };
  const choice = (name: string, label: string) => (
    <div className="details-setting">
      <span>{label}</span>
      <Choice<Mode>
        label={label}
        value={notifyRules[name]?.mode ?? 'as-all'}
        onChange={(mode) => ring(name, mode)}
        options={[
          { value: 'as-all', label: t('details.asAll') },
          { value: 'on', label: t('details.notifyOn') },
          { value: 'mentions', label: t('details.notifyMentions') },
          { value: 'off', label: t('details.notifyOff') },
        ]}
      />
    </div>
  );
  return (
    <section>
      <h3>{t('details.policy')}</h3>
      {choice(`conversation:${view.id}`, t('details.notifyHere'))}
      {person ? choice(`person:${person.id}`, t('details.notifyPerson')) : null}
      {addresses.length > 0 && view.limits.style === 'mail' ? (
        <div className="details-setting">
          <span id="load-pictures">{t('details.pictures')}</span>
          <Switch.Root className="switch" checked={loads} onCheckedChange={load} aria-labelledby="load-pictures">
            <Switch.Thumb className="switch-thumb" />
          </Switch.Root>
        </div>
      ) : null}
    </section>
  );
}
