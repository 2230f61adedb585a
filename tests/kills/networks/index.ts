import type { StartNetwork } from '../network.ts';
import { email } from './email.ts';
import { gmail } from './gmail.ts';
import { outlook } from './outlook.ts';
import { slack } from './slack.ts';
import { teams } from './teams.ts';
import { telegram } from './telegram.ts';

/** Networks a hub can be killed on, by name. */
export const networks: Readonly<Record<string, StartNetwork>> = { slack, telegram, gmail, outlook, teams, email };
