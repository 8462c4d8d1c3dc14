/* Where a draft stands on its way to being published, for the one who looks at it. Pure. One rule: nobody is offered what the server would refuse them. */
import type { DraftView } from './drafts';

/** reading: handed over, and I may judge. waiting: handed over by me, or I have written in it. */
export type Standing = 'writing' | 'returned' | 'waiting' | 'reading' | 'approved';

export function standingOf(view: DraftView, me: string): Standing {
  if (view.stage !== 'handed') return view.stage;
  return view.handed?.by.id === me || hasWritten(view, me) ? 'waiting' : 'reading';
}

export function hasWritten({ writers }: DraftView, member: string): boolean {
  return writers.some(each => each.id === member);
}
