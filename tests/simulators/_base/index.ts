/** What every simulated vendor is built from: a double on loopback, a ledger, faults on demand, one cast, seeded history. */
export { visit } from './browser.ts';
export { cast, me, type Person, personById } from './cast.ts';
export { type Chance, chance, disorderly } from './chance.ts';
export { faceOf, viewOf } from './faces.ts';
export { type Fault, Faults, type Trigger } from './faults.ts';
export { Grants, type GrantsOptions } from './grants.ts';
export { type Entry, Ledger } from './ledger.ts';
export { type Letter, lettersOf, newsTo } from './letters.ts';
export { type Header, headersIn, type PayloadPart, payloadOf, treeOf, write, writeHeader } from './mime.ts';
export { type Call, type Reply, type Route, route } from './routes.ts';
export { type Said, type ScriptOptions, script, type Talk } from './script.ts';
export { type Double, type Manners, type Seen, type ServerOptions, startDouble } from './server.ts';
export type { RunningSimulator, Simulator } from './simulator.ts';
export { type NetworkTime, networkTime } from './time.ts';
