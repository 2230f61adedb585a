import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { Boundary } from '../features/shell/Boundary.tsx';
import { Shell } from '../features/shell/Shell.tsx';
import { WorkspaceProvider } from '../state/context.tsx';
import type { Workspace } from '../state/workspace.ts';

export function App({ workspace }: { workspace: Workspace }) {
  return (
    <CSPProvider disableStyleElements>
      <WorkspaceProvider workspace={workspace}>
        <Tooltip.Provider delay={500}>
          <Boundary>
            <Shell />
          </Boundary>
        </Tooltip.Provider>
      </WorkspaceProvider>
    </CSPProvider>
  );
}
