/* A screen that is not needed in the first minute: its code is a file of its own, kept on the phone like the rest. One rule: while it comes, and if it does not, there are words and no hole. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { w } from './words';

export type Lazy<P> = ComponentType<P> & { warm: () => Promise<void> };

export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): Lazy<P> {
  let found: ComponentType<P> | null = null;
  const warm = async (): Promise<void> => {
    found ??= await load();
  };
  function Lazily(props: P) {
    const [state, setState] = useState<'coming' | 'here' | 'failed'>(found === null ? 'coming' : 'here');
    useEffect(() => {
      let wanted = true;
      // Also when another has fetched it since this was drawn: what was drawn then are the words.
      if (state === 'coming')
        void warm().then(
          () => wanted && setState('here'),
          () => wanted && setState('failed'),
        );
      return () => void (wanted = false);
    }, []);
    // The heading was not there to be focused when the address changed.
    useEffect(() => {
      if (state === 'here' && document.activeElement === document.body) document.querySelector('h1')?.focus({ preventScroll: true });
    }, [state]);
    if (found !== null) {
      const Found = found;
      return <Found {...props} />;
    }
    return (
      <p class="small coming" role="status">
        {state === 'failed' ? w().partMissing : w().oneMoment}
      </p>
    );
  }
  return Object.assign(Lazily, { warm });
}
