import type { Workspace } from '../../state/workspace.ts';

/** Whether a shell stands around this window; a browser has its own. */
export const hasShell = ({ session }: Pick<Workspace, 'session'>): boolean =>
  session.getState().info?.host === 'electron';
