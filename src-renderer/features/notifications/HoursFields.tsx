import './rules.css';
import type { QuietHours } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';

/** Where quiet hours begin and end. */
export function HoursFields({
  hours,
  name,
  onChange,
}: {
  hours: QuietHours;
  /** Whose they are, where they are not everybody's. */
  name?: string;
  onChange: (hours: QuietHours) => void;
}) {
  const t = useT();
  const of = name === undefined ? '' : ` (${name})`;
  return (
    <span className="rule-hours">
      <Time
        label={`${t('settings.quietFrom')}${of}`}
        minute={hours.from}
        onChange={(from) => onChange({ ...hours, from })}
      />
      –
      <Time label={`${t('settings.quietTo')}${of}`} minute={hours.to} onChange={(to) => onChange({ ...hours, to })} />
    </span>
  );
}

const two = (value: number): string => String(value).padStart(2, '0');
function Time({ label, minute, onChange }: { label: string; minute: number; onChange: (minute: number) => void }) {
  return (
    <input
      className="field"
      type="time"
      aria-label={label}
      value={`${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`}
      onChange={(event) => {
        const [hours, minutes] = event.target.value.split(':').map(Number);
        if (hours !== undefined && minutes !== undefined) onChange(hours * 60 + minutes);
      }}
    />
  );
}
