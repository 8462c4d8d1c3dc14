/* Addresses at the desk, and what is fetched for a page. One rule: a page shows what it last got while it asks again. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { to } from '../parts/route';
import { get, type Got, type Refused } from './ask';
import { me } from './state';

/** '#/admin/{org}/kontakter/x'. */
export function deskTo(...segments: string[]): string {
  return to('admin', me.value?.organisation.id ?? '', ...segments);
}

export interface Fetched<T> {
  value: T | null;
  /** Why the last attempt gave nothing. */
  refused: Refused | null;
  asking: boolean;
  again: () => Promise<void>;
  /** What a deed answered, in place of asking once more. */
  set: (value: T) => void;
}

/** Fetches at once, when `path` changes, when somebody signs in again, and when the window is looked at again. null: nothing yet. */
export function useFetched<T>(path: string | null): Fetched<T> {
  const [state, setState] = useState<{ path: string | null; value: T | null; refused: Refused | null; asking: boolean }>({
    path,
    value: null,
    refused: null,
    asking: true,
  });
  const wanted = useRef(path);
  wanted.current = path;
  const again = async (): Promise<void> => {
    if (path === null) return;
    setState(was => ({ ...was, path, asking: true, value: was.path === path ? was.value : null }));
    const got: Got<T> = await get<T>(path);
    if (wanted.current !== path) return;
    setState(was => ({ path, asking: false, value: got.ok ? got.value : was.value, refused: got.ok ? null : got }));
  };
  const seat = me.value?.seat;
  useEffect(() => {
    void again();
    const look = (): void => {
      if (document.visibilityState === 'visible') void again();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [path, seat]);
  const { value, refused, asking } = state;
  return { value: state.path === path ? value : null, refused, asking, again, set: next => setState({ path, value: next, refused: null, asking: false }) };
}
