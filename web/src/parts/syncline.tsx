/* One permanent line in words: is it safe with the team? One rule: it tells the truth with its age, and speaks aloud only when the answer changes. */
import { useEffect, useRef } from 'preact/hooks';
import { sync } from '../state';
import { announce } from './announce';
import { clock } from './clock';
import { Icon, type Drawing } from './icon';
import { w } from './words';

export function SyncLine() {
  const { look, icon, words } = lineNow();
  const last = useRef(look);
  useEffect(() => {
    if (last.current === look) return undefined;
    // A line that flickers between sending and safe is nobody's news: wait until it has settled.
    const settled = setTimeout(() => {
      last.current = look;
      announce(w().syncSpoken[look]);
    }, 2_000);
    return () => clearTimeout(settled);
  }, [look]);
  return (
    <p class={`sync ${look}`} role="status" aria-live="off">
      <Icon name={icon} />
      <span>{words}</span>
    </p>
  );
}

type Look = 'safe' | 'waiting' | 'quiet' | 'trouble';

function lineNow(): { look: Look; icon: Drawing; words: string } {
  const { state, at, since, unsent, oldest, problem, progress } = sync.value;
  // All of it was written after the network went: then "offline since" has said how old it is.
  const told = state === 'offline' && since !== null && oldest !== null && oldest >= since;
  const left = unsent > 0 ? w().onPhoneCount(unsent, oldest === null || told ? '' : clock(oldest)) : '';
  if (problem !== undefined) return { look: 'trouble', icon: 'warn', words: [w().syncProblem[problem], left].filter(Boolean).join(' · ') };
  if (state === 'offline') {
    const offline = since === null ? w().offline : w().offlineSince(clock(since));
    return { look: unsent > 0 ? 'waiting' : 'quiet', icon: unsent > 0 ? 'up' : 'minus', words: `${offline} · ${left || w().nothingWaits}` };
  }
  if (progress !== undefined && progress.have < progress.of)
    return { look: unsent > 0 ? 'waiting' : 'quiet', icon: 'down', words: [w().fetching(progress.have, progress.of), left].filter(Boolean).join(' · ') };
  if (unsent > 0) return { look: 'waiting', icon: 'up', words: state === 'sending' ? `${w().sending} · ${left}` : left };
  if (state === 'never' || at === null) return { look: 'quiet', icon: 'minus', words: w().syncNever };
  return { look: 'safe', icon: 'check', words: w().allWithTeam(clock(at)) };
}
