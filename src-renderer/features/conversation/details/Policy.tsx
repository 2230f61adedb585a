import { Switch } from '@base-ui/react/switch';
import type { ConversationView, PersonView } from '../../../../src-shared/ipc/index.ts';
import { useT } from '../../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../../state/context.tsx';
import { RuleChoice } from '../../notifications/RuleChoice.tsx';

/** What a person may do here: load their pictures, ring. */
export function Policy({ view, person }: { view: ConversationView; person: PersonView | null }) {
  const t = useT();
  const { report } = useWorkspace();
  const settings = useFeature('session', (state) => state.settings);
  const change = useFeature('session', (state) => state.change);
  if (!settings) return null;
  const { remoteImagesFrom } = settings;
  const addresses = (person?.identities ?? [])
    .map((one) => (one.address ?? one.key).replace(/^mailto:/, '').toLowerCase())
    .filter((address) => address.includes('@'));
  const loads = addresses.length > 0 && addresses.every((address) => remoteImagesFrom.includes(address));
  const load = (on: boolean): void => {
    const kept = remoteImagesFrom.filter((address) => !addresses.includes(address));
    change({ remoteImagesFrom: on ? [...kept, ...addresses] : kept }).catch(report);
  };
  const choice = (of: string, label: string) => (
    <div className="details-setting">
      <span>{label}</span>
      <RuleChoice of={of} name={label} />
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
