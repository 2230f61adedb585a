import type { MailJob, MailResult } from './api.ts';
import { toIncoming } from './map.ts';
import { parseMail } from './parse.ts';

/** A job whose bytes lie in the one buffer that came with all of them. */
export interface PackedJob extends Omit<MailJob, 'source'> {
  readonly start: number;
  readonly end: number;
}
export interface WorkerRequest {
  readonly id: number;
  readonly sources: ArrayBuffer;
  readonly jobs: readonly PackedJob[];
  readonly own: readonly string[];
}
export interface WorkerAnswer {
  readonly id: number;
  readonly results: readonly MailResult[];
}

export const mapJobs = (sources: Buffer, jobs: readonly PackedJob[], own: ReadonlySet<string>): MailResult[] =>
  jobs.map(({ start, end, receivedAt, ...rest }) => {
    const mail = parseMail(sources.subarray(start, end), receivedAt === undefined ? {} : { receivedAt });
    return { ...toIncoming(mail, { own, ...rest }), damage: mail.damage };
  });
