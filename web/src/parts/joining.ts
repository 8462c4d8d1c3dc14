/* How far joining has come; null when nobody is joining. One rule: it outlives the screen, because the phone's phase changes while it goes on. */
import { signal } from '@preact/signals';

export const joining = signal<{ done: number; of: number; what: string } | null>(null);
