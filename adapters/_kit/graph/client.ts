import type { LoginAnswers, LoginStep } from '../../../src-shared/channel.ts';
import { GraphConfig, readServer } from './provider.ts';

export interface ClientStep {
  readonly title: string;
  /** How one registers the application, step by step. */
  readonly text: string;
  /** The directory where none is named, and what that means. */
  readonly tenant: string;
  readonly tenantHelp: string;
}

/** Asks for the line of the person's own application until it can be one. `trouble`: what was wrong with the last. */
export async function* askClient(
  { title, text, tenant: usual, tenantHelp }: ClientStep,
  known: GraphConfig,
  trouble: string | undefined,
): AsyncGenerator<LoginStep, GraphConfig, LoginAnswers> {
  let error = trouble;
  let { clientId, tenant, server } = known;
  for (;;) {
    const answers: LoginAnswers = yield {
      show: 'fields',
      id: 'client',
      title,
      text,
      fields: [
        { id: 'clientId', label: 'Application (client) ID', type: 'text', required: true, value: clientId },
        {
          id: 'tenant',
          label: 'Directory (tenant)',
          type: 'text',
          advanced: true,
          value: tenant,
          help: tenantHelp,
        },
        {
          id: 'server',
          label: 'Simulated Microsoft',
          type: 'text',
          advanced: true,
          help: 'Only to try Carillon out on this machine: http://127.0.0.1 and a port. Empty for Microsoft itself.',
          ...(server === undefined ? {} : { value: server }),
        },
      ],
      ...(error === undefined ? {} : { error }),
    };
    clientId = (answers.clientId ?? '').trim();
    tenant = (answers.tenant ?? '').trim() || usual;
    const typed = (answers.server ?? '').trim();
    server = typed === '' ? undefined : readServer(typed);
    const read = GraphConfig.safeParse({ clientId, tenant, ...(server === undefined ? {} : { server }) });
    if (typed !== '' && server === undefined) error = 'A simulated Microsoft is at http://127.0.0.1 and a port.';
    else if (read.success) return read.data;
    else error = clientId === '' ? 'The client ID is needed.' : 'The directory is a name or an ID, without blanks.';
  }
}
