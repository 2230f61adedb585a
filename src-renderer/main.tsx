import './ui/tokens.css';
import './ui/base.css';
import './ui/print.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { mountWindow } from './app/mount.ts';
import { createClient, hostTransport } from './client/index.ts';
import { paperIn } from './features/desktop/paper/paper.ts';
import { uploadToHost } from './features/imports/upload.ts';

const root = document.getElementById('root');
const paper = paperIn(location);
if (root && paper !== null) {
  void import('./features/desktop/paper/mount.tsx').then(({ mountPaper }) =>
    mountPaper(root, createClient(hostTransport()), paper),
  );
} else if (root) {
  const workspace = mountWindow({ client: createClient(hostTransport()), upload: uploadToHost });
  createRoot(root).render(<App workspace={workspace} />);
}
