export { type FakeClock, fakeClock, realClock, settle } from './clock.ts';
export { driveLogin, type LoginDrive } from './login.ts';
export { Memory } from './memory.ts';
export { type Recorder, type RecorderOptions, recorder, silent } from './recorder.ts';
