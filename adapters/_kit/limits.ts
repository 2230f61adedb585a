import type { SendLimits } from '../../src-shared/model/index.ts';

const converted = { level: 'converted' } as const;
/** Parts that a network without a form of its own for them carries as words (`src-shared/model/degrade.ts`). */
export const inWords = {
  sticker: converted,
  location: converted,
  address: converted,
  contact: converted,
  poll: converted,
  buttons: converted,
  list: converted,
  carousel: converted,
  template: converted,
  form: converted,
  product: converted,
  'calendar-event': converted,
  story: converted,
} as const satisfies SendLimits['parts'];
