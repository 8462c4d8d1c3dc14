/* The focus when what had it is shut for a moment, or gone. One rule: it is moved only when nothing has it, and never at the page's first showing:
   back to a key that works again; to the heading of a new page; else to what stood round it. */
import { useEffect } from 'preact/hooks';
import { toHeading } from './arriving';

const PARTS = 'section, form, fieldset, details, article, li';

export function useKeptFocus(): void {
  useEffect(() => {
    let held: HTMLElement | null = null;
    let around: HTMLElement[] = [];
    let address = location.hash;
    let waits = false;
    let asked = false;
    const took = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement)) return;
      [held, address, waits, around] = [target, location.hash, false, []];
      for (let each = target.parentElement; each !== null; each = each.parentElement) if (each.matches(PARTS)) around.push(each);
    };
    const look = (): void => {
      asked = false;
      if (held === null || (document.activeElement !== document.body && document.activeElement !== null)) return;
      if (held.isConnected) {
        if (held.matches(':disabled')) waits = true;
        else if (waits) held.focus({ preventScroll: true });
        return;
      }
      const near = address === location.hash ? around.find(each => each.isConnected) : undefined;
      if (near === undefined) return toHeading();
      near.tabIndex = -1;
      near.addEventListener('blur', () => near.removeAttribute('tabindex'), { once: true });
      near.focus({ preventScroll: true });
    };
    // What the page itself does with the focus comes first.
    const seen = new MutationObserver(() => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => setTimeout(look));
    });
    document.addEventListener('focusin', took);
    seen.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'] });
    return () => {
      document.removeEventListener('focusin', took);
      seen.disconnect();
    };
  }, []);
}
