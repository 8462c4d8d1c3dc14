/* Who and when, and whether the team has it. One rule: a clock that cannot be trusted is said, and what is only on this phone is said. */
import type { Head, MarkValue } from '../core/shapes';
import { nameOf } from '../state';
import { clock } from './clock';
import { Icon } from './icon';
import { w } from './words';

/** "Anna 13:42 och Bo 13:44" */
export function witnesses(heads: readonly Head<MarkValue>[]): string {
  return w().and(heads.map(head => `${nameOf(head.member, head.dev) || w().somebody} ${when(head)}`));
}

/** The time of a deed, marked when its clock cannot be trusted. */
export function when(stamp: { time: number; uncertain: boolean }): string {
  return stamp.uncertain ? `${clock(stamp.time)} (${w().uncertainTime})` : clock(stamp.time);
}

export function onPhone(stamps: readonly { saved: 'phone' | 'team' }[]) {
  return (
    stamps.some(stamp => stamp.saved === 'phone') && (
      <span class="on-phone">
        <Icon name="up" />
        {w().onThisPhone}
      </span>
    )
  );
}
