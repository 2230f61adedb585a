import { TriangleAlert } from 'lucide-react';
import { Component, type ErrorInfo, type ReactNode, useState } from 'react';
import { useT } from '../../i18n/react.ts';
import { Button } from '../../ui/Button.tsx';

interface Failure {
  readonly error: unknown;
  /** Which components it came through. */
  readonly stack: string;
}
interface Props {
  readonly children: ReactNode;
  /** Where it is shown and of what; anything else is tried anew by itself. */
  readonly at?: unknown;
  /** Asked for besides when the person tries again: what could not be drawn may have been the data. */
  readonly onRetry?: (() => void) | undefined;
  /** Draws what is said of the failure where the children were. */
  readonly around?: (said: ReactNode) => ReactNode;
}

/** Keeps a mistake in one part of the window from taking the others with it. */
export class Boundary extends Component<Props, { readonly failure: Failure | null }> {
  override state: { readonly failure: Failure | null } = { failure: null };
  static getDerivedStateFromError(error: unknown): { failure: Failure } {
    return { failure: { error, stack: '' } };
  }
  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    this.setState({ failure: { error, stack: componentStack ?? '' } });
  }
  override componentDidUpdate({ at }: Props): void {
    if (this.state.failure && at !== this.props.at) this.setState({ failure: null });
  }
  override render(): ReactNode {
    const { failure } = this.state;
    if (!failure) return this.props.children;
    const retry = (): void => {
      this.props.onRetry?.();
      this.setState({ failure: null });
    };
    const said = <Failed failure={failure} onRetry={retry} />;
    return this.props.around?.(said) ?? said;
  }
}

function Failed({ failure: { error, stack }, onRetry }: { failure: Failure; onRetry: () => void }) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  const words = error instanceof Error ? error.message : String(error);
  const copy = (): void => {
    const details = error instanceof Error ? (error.stack ?? words) : words;
    navigator.clipboard.writeText(`${details}\n${stack}`).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className="empty" role="alert">
      <TriangleAlert />
      <p className="empty-title">{t('failed.title')}</p>
      <p className="empty-text">{t('failed.text')}</p>
      <p className="failed-words" dir="auto">
        {words}
      </p>
      <div className="failed-actions">
        <Button tone="primary" data-entry="" onClick={onRetry}>
          {t('action.retry')}
        </Button>
        <Button onClick={copy}>{t(copied ? 'message.copied' : 'failed.copy')}</Button>
      </div>
    </div>
  );
}
