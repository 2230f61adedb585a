import { Select } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import './choice.css';

export interface ChoiceOption<T extends string> {
  readonly value: T;
  readonly label: string;
}
/** One of a few, drawn as a select. */
export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
  quiet = false,
}: {
  label: string;
  value: T;
  options: readonly ChoiceOption<T>[];
  onChange: (value: T) => void;
  quiet?: boolean;
}) {
  return (
    <Select.Root
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
      items={[...options]}
      modal={false}
    >
      <Select.Trigger className={quiet ? 'choice choice-quiet' : 'choice'} aria-label={label}>
        <Select.Value className="truncate" />
        <Select.Icon className="choice-arrow">
          <ChevronDown />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner className="menu-positioner" alignItemWithTrigger={false} sideOffset={4}>
          <Select.Popup className="menu">
            {options.map((option) => (
              <Select.Item key={option.value} value={option.value} className="menu-item">
                <span className="menu-icon">
                  <Select.ItemIndicator>
                    <Check />
                  </Select.ItemIndicator>
                </span>
                <Select.ItemText className="menu-label">{option.label}</Select.ItemText>
              </Select.Item>
            ))}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
