export { type FakeClock, fakeClock, realClock, settle } from './clock.ts';
export { type LettingGo, lettingGo } from './letting-go.ts';
export { driveLogin, type LoginDrive } from './login.ts';
export { fetchHistory, keepParser, letter, sendOptions } from './mailbox/by-hand.ts';
export { Memory } from './memory.ts';
export { type Recorder, type RecorderOptions, recorder, silent } from './recorder.ts';
