import type { ReactNode } from 'react';
import { useWorkspace } from '../../../state/context.tsx';
import { followLink } from '../html/links.ts';

/** A link out of the window; it is named in full first when its text says it leads elsewhere. */
export function Link({
  url,
  text,
  children,
  className,
}: {
  url: string;
  text?: string;
  children?: ReactNode;
  className?: string;
}) {
  const workspace = useWorkspace();
  return (
    <a
      className={className}
      href={url}
      rel="noreferrer noopener"
      target="_blank"
      onClick={(event) => {
        event.preventDefault();
        followLink(workspace, url, text ?? event.currentTarget.textContent);
      }}
    >
      {children ?? text ?? url}
    </a>
  );
}
