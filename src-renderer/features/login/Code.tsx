import { useT } from '../../i18n/react.ts';
import { useNow } from '../../ui/useNow.ts';

/** A code to type or scan elsewhere, and how long it is good for. */
export function Code({ data, qr, expiresAt }: { data: string; qr: boolean; expiresAt: number | undefined }) {
  const t = useT();
  const now = useNow(1_000);
  const seconds = expiresAt === undefined ? null : Math.max(0, Math.round((expiresAt - now) / 1000));
  const picture = qr && data.startsWith('data:image/');
  return (
    <figure className="login-code">
      {picture ? <img src={data} alt={t('login.qr')} /> : <code>{data}</code>}
      {seconds === null ? null : (
        <figcaption>{seconds > 0 ? t('login.validFor', { count: seconds }) : t('login.expired')}</figcaption>
      )}
    </figure>
  );
}
