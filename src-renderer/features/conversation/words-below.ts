import { createContext } from 'react';
import type { MessageId } from '../../../src-shared/model/index.ts';

/** The message of an album whose words stand under all its pictures, and not under its own alone. */
export const WordsBelow = createContext<MessageId | null>(null);
