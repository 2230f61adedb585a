import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';

export function Tip({ label, keys, children }: { label: string; keys?: string | undefined; children: ReactElement }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6}>
          <Tooltip.Popup className="tip">
            {label}
            {keys ? <kbd>{keys}</kbd> : null}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
