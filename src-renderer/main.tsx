import './ui/tokens.css';
import './ui/base.css';
import './ui/print.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { mountWindow } from './app/mount.ts';
import { createClient, hostTransport } from './client/index.ts';
import { uploadToHost } from './features/imports/upload.ts';

const root = document.getElementById('root');
if (root) {
  const workspace = mountWindow({ client: createClient(hostTransport()), upload: uploadToHost });
  createRoot(root).render(<App workspace={workspace} />);
}
