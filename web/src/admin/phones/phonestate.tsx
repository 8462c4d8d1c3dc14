/* Whether a phone is ready, as a glyph with its words. One rule: colour never says it alone. */
import { Icon } from '../../parts/icon';
import '../look/phonestate.css';

/** A glyph with its words. `mild`: it does not matter, the owner has another phone that is ready. */
export function State({ good, mild = false, words }: { good: boolean; mild?: boolean; words: string }) {
  return (
    <span class={`state ${good ? 'good' : mild ? 'light' : 'bad'}`}>
      <Icon name={good ? 'check' : mild ? 'minus' : 'cross'} />
      <span class="lines">{words}</span>
    </span>
  );
}
