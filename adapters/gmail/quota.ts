import type { RateRule, RequestFacts } from '../_kit/http/index.ts';

/**
 * Units each method costs, by https://developers.google.com/workspace/gmail/api/reference/quota. Projects made since
 * May 2026 have 6,000 a minute for each person. A bucket of 1,200 that gains 4,800 a minute never hands out more than
 * 6,000 within any minute, and leaves nothing unused for long.
 */
export const quota: RateRule = {
  name: 'Gmail quota',
  rate: 4800,
  perMs: 60_000,
  burst: 1200,
  cost: (request) => unitsOf(request),
};

function unitsOf({ method, url }: RequestFacts): number {
  const called = /^(?:\/upload)?\/gmail\/v1\/users\/[^/]+\/(.*)$/.exec(url.pathname)?.[1];
  if (called === undefined) return 0;
  const [resource = '', id, inner] = called.split('/');
  switch (resource) {
    case 'history':
      return 2;
    case 'messages':
      if (id === undefined) return 5;
      if (id === 'send') return 100;
      if (id === 'batchModify' || id === 'batchDelete') return 50;
      return inner === 'modify' ? 5 : 20;
    case 'drafts':
      return method === 'GET' ? 5 : method === 'PUT' ? 15 : 10;
    default:
      return 5;
  }
}
