import { Building2, Contact, Mail, MapPin, Navigation, Package, Phone } from 'lucide-react';
import type { MessageView } from '../../../../src-shared/ipc/index.ts';
import type { PartOf } from '../../../../src-shared/model/index.ts';
import { useFormats, useT } from '../../../i18n/react.ts';
import { useNow } from '../../../ui/useNow.ts';
import { Link } from './Link.tsx';
import { Picture } from './Picture.tsx';

export function LocationPart({ part }: { part: PartOf<'location'> }) {
  const t = useT();
  const formats = useFormats();
  const now = useNow(60_000);
  const at = `${part.latitude.toFixed(5)}, ${part.longitude.toFixed(5)}`;
  const map = `https://www.openstreetmap.org/?mlat=${part.latitude}&mlon=${part.longitude}#map=16/${part.latitude}/${part.longitude}`;
  return (
    <div className="part-card">
      <span className="part-icon">{part.liveUntil === undefined ? <MapPin /> : <Navigation />}</span>
      <div className="part-text">
        <strong dir="auto">
          {part.name ?? t(part.liveUntil === undefined ? 'part.location' : 'part.liveLocation')}
        </strong>
        {part.address ? <span dir="auto">{part.address}</span> : null}
        <span>
          {at}
          {part.accuracyMetres === undefined ? '' : ` ± ${Math.round(part.accuracyMetres)} m`}
        </span>
        {part.liveUntil === undefined ? null : (
          <span>
            {t(part.liveUntil > now ? 'part.liveUntil' : 'part.liveEnded', { time: formats.full(part.liveUntil) })}
          </span>
        )}
        <Link url={map}>{t('part.openMap')}</Link>
      </div>
    </div>
  );
}

export function AddressPart({ part }: { part: PartOf<'address'> }) {
  return (
    <div className="part-card">
      <span className="part-icon">
        <Building2 />
      </span>
      <address className="part-text" dir="auto">
        {part.name ? <strong>{part.name}</strong> : null}
        <span className="part-lines">{part.formatted}</span>
      </address>
    </div>
  );
}

export function ContactPart({ part }: { part: PartOf<'contact'> }) {
  return (
    <div className="part-card">
      <span className="part-icon">
        <Contact />
      </span>
      <div className="part-text">
        <strong dir="auto">{part.name}</strong>
        {part.organisation ? <span dir="auto">{part.organisation}</span> : null}
        {part.phones.map((phone) => (
          <Link key={phone} url={`tel:${phone.replace(/[^+\d]/g, '')}`} className="part-way">
            <Phone aria-hidden="true" />
            {phone}
          </Link>
        ))}
        {part.emails.map((email) => (
          <Link key={email} url={`mailto:${email}`} className="part-way">
            <Mail aria-hidden="true" />
            {email}
          </Link>
        ))}
      </div>
    </div>
  );
}

export function LinkPreviewPart({ part, message }: { part: PartOf<'link-preview'>; message: MessageView }) {
  return (
    <div className="preview-card">
      <Picture media={part.image} message={message} />
      <div className="part-text">
        {part.site ? <span dir="auto">{part.site}</span> : null}
        <Link url={part.url} text={part.title ?? part.url} />
        {part.description ? (
          <span className="part-clamp" dir="auto">
            {part.description}
          </span>
        ) : null}
      </div>
    </div>
  );
}

export function ProductPart({ part, message }: { part: PartOf<'product'>; message: MessageView }) {
  const t = useT();
  const formats = useFormats();
  const price = (minor: number | undefined): string =>
    minor === undefined || part.currency === undefined ? '' : formats.money(minor, part.currency);
  const total = part.items.reduce((sum, item) => sum + (item.priceMinor ?? 0) * (item.quantity ?? 1), 0);
  return (
    <div className="part-box">
      <p className="part-head">
        <Package aria-hidden="true" />
        <strong>{part.orderId === undefined ? t('part.products') : t('part.order', { id: part.orderId })}</strong>
        {part.status ? <span className="label-chip">{part.status}</span> : null}
      </p>
      <ul className="part-rows">
        {part.items.map((item) => (
          <li key={item.id} className="part-row">
            <Picture media={item.image} message={message} small />
            <span className="part-grow" dir="auto">
              {item.quantity === undefined ? '' : `${item.quantity} × `}
              {item.url ? <Link url={item.url} text={item.title} /> : item.title}
            </span>
            <span>{price(item.priceMinor)}</span>
          </li>
        ))}
      </ul>
      {total > 0 ? (
        <p className="part-total">
          <span>{t('part.total')}</span>
          <strong>{price(total)}</strong>
        </p>
      ) : null}
    </div>
  );
}

export function StoryPart({ part, message }: { part: PartOf<'story'>; message: MessageView }) {
  const t = useT();
  return (
    <div className="part-quote">
      <span>{t(part.expired ? 'part.storyExpired' : 'part.story')}</span>
      <Picture media={part.media} message={message} />
      {part.text ? <p dir="auto">{part.text}</p> : null}
      {part.url ? <Link url={part.url} /> : null}
    </div>
  );
}
