import { chmod, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { HostError, reason } from './errors.ts';

/** Where each thing of a profile lies. */
export interface ProfileFiles {
  readonly folder: string;
  readonly database: string;
  readonly lock: string;
  readonly host: string;
  /** Where the Node host served it last. */
  readonly port: string;
  readonly secrets: string;
  readonly log: string;
  /** Files a browser window handed over, kept until what they were for is done. */
  readonly uploads: string;
}
export const profileFiles = (folder: string): ProfileFiles => ({
  folder,
  database: join(folder, 'carillon.db'),
  lock: join(folder, 'lock'),
  host: join(folder, 'host.json'),
  port: join(folder, 'port'),
  secrets: join(folder, 'secrets.json'),
  log: join(folder, 'carillon.log'),
  uploads: join(folder, 'uploads'),
});

/**
 * Where the profile is when none is named: the platform's own place for application data
 * (XDG Base Directory 0.8, Apple File System Programming Guide, Windows known folders).
 */
export const defaultProfile = (environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string => {
  if (environment.CARILLON_PROFILE) return resolve(environment.CARILLON_PROFILE);
  const home = environment.HOME ?? environment.USERPROFILE ?? homedir();
  switch (platform) {
    case 'win32':
      return join(environment.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Carillon');
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Carillon');
    default:
      return join(environment.XDG_DATA_HOME || join(home, '.local', 'share'), 'carillon');
  }
};

/** Makes the folder, for the owner alone. Throws `HostError` `profile-unusable`. */
export const prepareProfile = async (folder: string): Promise<ProfileFiles> => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  } catch (error) {
    throw new HostError('profile-unusable', `The profile folder ${folder} cannot be used: ${reason(error)}`, error);
  }
  return profileFiles(folder);
};
