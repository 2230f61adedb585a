import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useFold } from './folds.ts';

/** A part of the rail under a heading that folds it away. */
export function RailSection({ name, title, children }: { name: string; title: string; children: ReactNode }) {
  const [open, toggle] = useFold(name, true);
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 className="rail-title" id={id}>
        <button type="button" className="rail-heading" aria-expanded={open} onClick={toggle}>
          {title}
          <ChevronRight />
        </button>
      </h2>
      {open ? children : null}
    </section>
  );
}
