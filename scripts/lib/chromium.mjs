import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The Chromium of this machine: `CARILLON_CHROMIUM`, or one on PATH; undefined where there is none. */
export const findChromium = (env = process.env) => {
  const runs = (path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  const folders = (env.PATH ?? '').split(delimiter);
  return [env.CARILLON_CHROMIUM, ...folders.flatMap((folder) => names.map((name) => join(folder, name)))].find(
    (path) => path && runs(path),
  );
};
