import { spawn } from 'node:child_process';

/** Opens an address in the person's browser. False where there is no desktop to open it on. */
export const openBrowser = (url: string, environment: NodeJS.ProcessEnv = process.env): boolean => {
  const opener = openerFor(process.platform, environment);
  if (opener === undefined) return false;
  const child = spawn(opener[0], [...opener.slice(1), url], { stdio: 'ignore', detached: true });
  // No opener installed: the address is printed anyway.
  child.on('error', () => undefined);
  child.unref();
  return true;
};

const openerFor = (platform: string, environment: NodeJS.ProcessEnv): [string, ...string[]] | undefined => {
  switch (platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler'];
    default:
      return environment.DISPLAY || environment.WAYLAND_DISPLAY ? ['xdg-open'] : undefined;
  }
};
