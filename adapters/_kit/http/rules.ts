import type { Clock } from '../../../src-shared/channel.ts';
import { Bucket, type Budget, type Pace } from './bucket.ts';
import type { RequestFacts } from './request.ts';

/** One allowance of a vendor, cited where it is declared. A request may fall under several; it needs its share of each. */
export interface RateRule extends Pace {
  /** Shown to the person: "Gmail quota", "Messages to one conversation". */
  readonly name: string;
  /** Units the request costs under this rule; 0 or undefined when the rule is not about it. */
  cost(request: RequestFacts): number | undefined;
  /** Splits the rule into a bucket for each answer (a method, a workspace, a conversation); absent: one bucket. */
  bucket?(request: RequestFacts): string;
}

/** The buckets of all rules, made when first needed. */
export class Allowances {
  readonly #rules: readonly RateRule[];
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rules: readonly RateRule[], clock: Clock) {
    this.#rules = rules;
    this.#clock = clock;
  }

  /** Buckets the request takes from, with what it takes. */
  for(request: RequestFacts): readonly { readonly bucket: Bucket; readonly cost: number }[] {
    return this.#rules.flatMap((rule) => {
      const cost = rule.cost(request) ?? 0;
      if (cost <= 0) return [];
      const of = rule.bucket?.(request);
      const key = `${rule.name}\n${of ?? ''}`;
      const bucket = this.#buckets.get(key) ?? new Bucket(rule.name, of, rule, this.#clock);
      this.#buckets.set(key, bucket);
      return [{ bucket, cost }];
    });
  }
  budget(): readonly Budget[] {
    return [...this.#buckets.values()].map((bucket) => bucket.budget());
  }
}
