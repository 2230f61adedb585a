import { connectSteadily } from '../src-main/hosts/connections.ts';

// What the tests ask of hosts and simulators goes over the same connections as what the hub asks.
await connectSteadily();
