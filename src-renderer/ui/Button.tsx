import './button.css';
import type { ComponentProps, ReactNode } from 'react';
import { Tip } from './Tip.tsx';

type Tone = 'plain' | 'primary' | 'danger' | 'quiet';
export function Button({
  tone = 'plain',
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & { tone?: Tone }) {
  return <button type={type} className={`button button-${tone} ${className ?? ''}`} {...rest} />;
}

/** A button that is an icon; its name shows on hover with the keys that do the same. */
export function IconButton({
  label,
  keys,
  children,
  className,
  type = 'button',
  ...rest
}: Omit<ComponentProps<'button'>, 'aria-label'> & { label: string; keys?: string | undefined; children: ReactNode }) {
  return (
    <Tip label={label} keys={keys}>
      <button type={type} aria-label={label} className={`icon-button ${className ?? ''}`} {...rest}>
        {children}
      </button>
    </Tip>
  );
}
