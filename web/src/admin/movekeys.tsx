/* Moving a row up and down, and taking it away, by keys that say what they do. One rule: the key that was pressed keeps the focus, on the row that moved. */
import { useRef } from 'preact/hooks';
import { announce } from '../parts/announce';
import { Icon } from '../parts/icon';
import { DeskIcon } from './drawings';
import { s } from './text/settings';

interface MoveKeysProps {
  at: number;
  of: number;
  what: string;
  onMove: (by: -1 | 1) => void;
  /** Missing: it can not be taken away. */
  onTake?: () => void;
}

export function MoveKeys({ at, of, what, onMove, onTake }: MoveKeysProps) {
  const keys = useRef<HTMLDivElement>(null);
  const move = (by: -1 | 1): void => {
    onMove(by);
    announce(s().moved(what, at + by + 1, of));
    const rows = keys.current?.closest('ol')?.children;
    requestAnimationFrame(() => {
      const found = rows?.[at + by]?.querySelectorAll<HTMLButtonElement>('.move-keys button') ?? [];
      const [up, down] = [...found];
      (by === -1 ? (up?.disabled === true ? down : up) : down?.disabled === true ? up : down)?.focus();
    });
  };
  return (
    <div class="move-keys" ref={keys}>
      <button type="button" disabled={at === 0} aria-label={s().moveUp(what)} onClick={() => move(-1)}>
        <DeskIcon name="higher" />
      </button>
      <button type="button" disabled={at === of - 1} aria-label={s().moveDown(what)} onClick={() => move(1)}>
        <Icon name="down" />
      </button>
      {onTake !== undefined && (
        <button type="button" aria-label={s().takeWhat(what)} onClick={onTake}>
          <Icon name="cross" />
        </button>
      )}
    </div>
  );
}
