/* What is typed in a form and not sent yet: in this tab's hands at once, and on this computer's disk. One rule: nothing is forgotten until the deed it was typed for is done. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { forget, keep, kept } from './kept';

export interface Typed<T> {
  value: T;
  set: (change: Partial<T>) => void;
  drop: () => void;
}

/** null: not looked for yet. What is not typed is as in `empty`. */
export function useTyped<T extends object>(key: string, empty: T): Typed<T> | null {
  const [value, setValue] = useState<T | null>(null);
  const held = useRef<T>(empty);
  const put = (next: T): void => {
    held.current = next;
    setValue(next);
  };
  useEffect(() => {
    let wanted = true;
    const found = (left: Partial<T> | null): void => void (wanted && put({ ...empty, ...left }));
    void kept<Partial<T>>(key).then(found, () => found(null));
    return () => void (wanted = false);
  }, [key]);
  if (value === null) return null;
  return {
    value,
    set: change => {
      put({ ...held.current, ...change });
      void keep(key, held.current).catch(() => undefined);
    },
    drop: () => {
      put(empty);
      void forget(key).catch(() => undefined);
    },
  };
}
