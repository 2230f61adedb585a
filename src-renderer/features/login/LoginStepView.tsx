import { ChevronDown, ExternalLink } from 'lucide-react';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import type { LoginField, LoginStep } from '../../../src-shared/channel.ts';
import { useT } from '../../i18n/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Linked } from '../conversation/parts/TextPart.tsx';
import { Code } from './Code.tsx';

type Answers = Readonly<Record<string, string>>;

/** Steps that wait for something outside: the login hears of it and goes on, there is nothing to answer. */
const goesOnByItself = ({ show }: LoginStep): boolean => show === 'qr' || show === 'code' || show === 'browser';

/** One step of a login, drawn from what the channel asks and nothing else. */
export function LoginStepView({
  step,
  busy,
  onAnswer,
}: {
  step: LoginStep;
  busy: boolean;
  onAnswer: (answers: Answers) => void;
}) {
  const t = useT();
  const section = useRef<HTMLElement>(null);
  // What a step asks for has the focus when it comes, whatever had it in the step before.
  useLayoutEffect(() => section.current?.querySelector<HTMLElement>('input, select, textarea, button')?.focus(), []);
  return (
    <section className="login-step" aria-label={step.title} ref={section}>
      <h3>{step.title}</h3>
      {step.text ? (
        <p className="login-text">
          <Linked text={step.text} />
        </p>
      ) : null}
      {step.error ? (
        <p className="login-error" role="alert">
          {step.error}
        </p>
      ) : null}
      {step.show === 'fields' ? <Fields fields={step.fields} busy={busy} onAnswer={onAnswer} /> : null}
      {step.show === 'choose' ? (
        <ul className="channels">
          {step.options.map((option) => (
            <li key={option.id}>
              <button type="button" className="channel" disabled={busy} onClick={() => onAnswer({ choice: option.id })}>
                <span className="channel-text">
                  <strong>{option.label}</strong>
                  {option.detail ? <span>{option.detail}</span> : null}
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {step.show === 'qr' || step.show === 'code' ? (
        <Code data={step.data} qr={step.show === 'qr'} expiresAt={step.expiresAt} />
      ) : null}
      {step.show === 'browser' ? (
        <div className="dialog-actions">
          <Button tone="primary" onClick={() => window.open(step.url, '_blank', 'noopener,noreferrer')}>
            <ExternalLink />
            {t('login.openBrowser')}
          </Button>
        </div>
      ) : null}
      {goesOnByItself(step) ? (
        <p className="login-text" role="status">
          {t('login.waiting')}
        </p>
      ) : null}
    </section>
  );
}

function Fields({
  fields,
  busy,
  onAnswer,
}: {
  fields: readonly LoginField[];
  busy: boolean;
  onAnswer: (answers: Answers) => void;
}) {
  const t = useT();
  const [values, setValues] = useState<Answers>(() =>
    Object.fromEntries(fields.map((field) => [field.id, field.value ?? ''])),
  );
  const [advanced, setAdvanced] = useState(false);
  const usual = fields.filter((field) => !field.advanced);
  const others = fields.filter((field) => field.advanced);
  const shown = advanced ? [...usual, ...others] : usual;
  return (
    <form
      className="login-fields"
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer(values);
      }}
    >
      {shown.map((field) => (
        <Field
          key={field.id}
          field={field}
          value={values[field.id] ?? ''}
          onChange={(value) => setValues({ ...values, [field.id]: value })}
        />
      ))}
      {others.length > 0 ? (
        <button type="button" className="login-more" aria-expanded={advanced} onClick={() => setAdvanced(!advanced)}>
          <ChevronDown aria-hidden="true" />
          {t('login.more')}
        </button>
      ) : null}
      <div className="dialog-actions">
        <Button tone="primary" type="submit" disabled={busy}>
          {t(busy ? 'login.working' : 'login.next')}
        </Button>
      </div>
    </form>
  );
}

function Field({ field, value, onChange }: { field: LoginField; value: string; onChange: (value: string) => void }) {
  const id = useId();
  const help = field.help ? `${id}-help` : undefined;
  const common = { id, required: field.required ?? false, 'aria-describedby': help };
  const control = (): React.ReactNode => {
    switch (field.type) {
      case 'select':
        return (
          <select className="field" {...common} value={value} onChange={(event) => onChange(event.target.value)}>
            {field.options?.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        );
      case 'checkbox':
        return (
          <input
            type="checkbox"
            {...common}
            required={false}
            checked={value === 'true'}
            onChange={(event) => onChange(event.target.checked ? 'true' : 'false')}
          />
        );
      case 'certificate':
        return (
          <textarea
            className="field"
            rows={4}
            {...common}
            value={value}
            spellCheck={false}
            onChange={(event) => onChange(event.target.value)}
          />
        );
      default:
        return (
          <input
            className="field"
            {...common}
            type={field.type}
            value={value}
            autoComplete={field.type === 'password' ? 'current-password' : field.type === 'email' ? 'email' : 'off'}
            spellCheck={false}
            onChange={(event) => onChange(event.target.value)}
          />
        );
    }
  };
  return (
    <div className={field.type === 'checkbox' ? 'login-field login-check' : 'login-field'}>
      <label htmlFor={id}>
        {field.label}
        {field.required ? <span aria-hidden="true"> *</span> : null}
      </label>
      {control()}
      {field.help ? (
        <p className="login-help" id={help}>
          {field.help}
        </p>
      ) : null}
    </div>
  );
}
