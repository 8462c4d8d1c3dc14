/* The draft as it is on the screen while somebody reads it. One rule: its text never changes under the reader's eyes; a newer one waits until it is asked for. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { language } from '../../state';
import { get, type Got, type Refused } from '../ask';
import type { DraftView } from '../drafts/drafts';
import { me } from '../state';

/** How often one looks for the other's word. */
const WAIT_MS = 5_000;
/** After an hour the page has been left lying, and must not keep its seat alive. */
const WAITS = 720;

export interface ReadDraft {
  /** What is on the screen. */
  view: DraftView | null;
  /** Another text than that, which somebody has saved meanwhile. */
  newer: DraftView | null;
  refused: Refused | null;
  /** It was here, and is no longer: published, or thrown away. */
  gone: boolean;
  again: () => Promise<void>;
  takeNewer: () => void;
  /** What a deed about the draft answered. */
  told: (got: Got<DraftView>) => void;
  found: (view: DraftView) => void;
}

export function useReadDraft(id: string): ReadDraft {
  const [view, setView] = useState<DraftView | null>(null);
  const [newer, setNewer] = useState<DraftView | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const held = useRef<DraftView | null>(null);
  const lost = useRef(false);
  const show = (next: DraftView): void => {
    held.current = next;
    setView(next);
    setNewer(null);
  };
  const found = (next: DraftView): void => {
    setRefused(null);
    // After one that was seen to be gone comes another one.
    if (held.current === null || lost.current || held.current.revision === next.revision) show(next);
    else setNewer(next);
    lost.current = false;
  };
  const again = async (): Promise<void> => {
    const got = await get<DraftView>(`drafts/${id}?language=${language.peek()}`);
    if (got.ok) return found(got.value);
    lost.current = got.code === 'not-found';
    setRefused(got);
  };
  const waits = view?.stage === 'handed';
  useEffect(() => {
    if (!waits) return;
    let left = WAITS;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && left-- > 0) void again();
    }, WAIT_MS);
    return () => clearInterval(timer);
  }, [id, waits]);
  const seat = me.value?.seat;
  useEffect(() => {
    void again();
    const look = (): void => {
      if (document.visibilityState === 'visible') void again();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [id, seat, language.value]);
  return {
    view,
    newer,
    refused,
    gone: view !== null && refused?.code === 'not-found',
    again,
    takeNewer: () => void (newer !== null && show(newer)),
    told: got => void (got.ok && found(got.value)),
    found,
  };
}
