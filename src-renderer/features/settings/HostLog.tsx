import { useCallback, useEffect, useState } from 'react';
import type { HostContact } from '../../../src-shared/ipc/index.ts';
import type { Key } from '../../i18n/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { useNow } from '../../ui/useNow.ts';
import { Setting } from './Setting.tsx';

const reasons: Record<HostContact['why'], Key> = {
  account: 'hosts.account',
  login: 'hosts.login',
  test: 'hosts.test',
  pictures: 'hosts.pictures',
  update: 'hosts.update',
  other: 'hosts.other',
};

/** Every host this computer was connected to by Carillon, and why. */
export function HostLog() {
  const t = useT();
  const formats = useFormats();
  const now = useNow(60_000);
  const { client, report } = useWorkspace();
  const [hosts, setHosts] = useState<readonly HostContact[] | null>(null);
  const load = useCallback(() => client.call('privacy.hosts', {}).then(setHosts, report), [client, report]);
  useEffect(() => void load(), [load]);
  const forget = async (): Promise<void> => {
    try {
      await client.call('privacy.forget', {});
      await load();
    } catch (error) {
      report(error);
    }
  };
  return (
    <Setting tall title={t('hosts.title')} text={t('hosts.text')} words={hosts?.map((one) => one.host).join(' ') ?? ''}>
      {hosts?.length === 0 ? <p>{t('hosts.none')}</p> : null}
      {hosts && hosts.length > 0 ? (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
          <section className="hosts" tabIndex={0} aria-label={t('hosts.title')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('hosts.host')}</th>
                  <th scope="col">{t('hosts.why')}</th>
                  <th scope="col">{t('hosts.times')}</th>
                  <th scope="col">{t('hosts.last')}</th>
                </tr>
              </thead>
              <tbody>
                {hosts.map((one) => (
                  <tr key={`${one.host} ${one.port} ${one.why} ${one.who}`}>
                    <td>
                      {one.host}
                      <span className="setting-help">:{one.port}</span>
                    </td>
                    <td dir="auto">
                      {t(reasons[one.why])}
                      {one.who === '' ? '' : ` · ${one.who}`}
                    </td>
                    <td>{formats.number(one.times)}</td>
                    <td>{formats.brief(one.lastAt, now)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <span>
            <Button onClick={() => void forget()}>{t('hosts.forget')}</Button>
          </span>
        </>
      ) : null}
    </Setting>
  );
}
