import { z } from 'zod';
import { json } from './method.ts';

const styles = ['bold', 'italic', 'strike', 'code', 'underline', 'highlight', 'client_highlight', 'unlink'];
const style = { style: z.partialRecord(z.enum(styles), z.boolean()).optional() };
/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block#element-types */
const inline = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1), ...style }),
  z.strictObject({
    type: z.literal('link'),
    url: z.url(),
    text: z.string().min(1).optional(),
    unsafe: z.boolean().optional(),
    ...style,
  }),
  z.strictObject({ type: z.literal('user'), user_id: z.string().min(1), ...style }),
  z.strictObject({ type: z.literal('channel'), channel_id: z.string().min(1), ...style }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: z.string().min(1), ...style }),
  z.strictObject({ type: z.literal('broadcast'), range: z.enum(['here', 'channel', 'everyone']), ...style }),
  z.strictObject({
    type: z.literal('emoji'),
    name: z.string().min(1),
    unicode: z.string().optional(),
    skin_tone: z.number().int().min(2).max(6).optional(),
    ...style,
  }),
]);
const inlines = z.array(inline).min(1);
const border = { border: z.number().int().optional() };
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: inlines });
const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: z.string().max(255).optional(),
  elements: z
    .array(
      z.discriminatedUnion('type', [
        section,
        z.strictObject({ type: z.literal('rich_text_quote'), elements: inlines, ...border }),
        z.strictObject({ type: z.literal('rich_text_preformatted'), elements: inlines, ...border }),
        z.strictObject({
          type: z.literal('rich_text_list'),
          style: z.enum(['bullet', 'ordered']),
          elements: z.array(section).min(1),
          indent: z.number().int().min(0).max(8).optional(),
          offset: z.number().int().min(0).optional(),
          ...border,
        }),
      ]),
    )
    .min(1),
});
const other = z.looseObject({ type: z.string().refine((type) => type !== 'rich_text') });

/** As an argument of a method: "You can include up to 50 blocks in each message". */
export const blocks = json(z.array(z.union([richText, other])).max(50));
