/* The shelf, lent to the phone's own parts while a page at the desk draws with them. One rule: what was lent is taken back when the page is left. */
import { useEffect } from 'preact/hooks';
import { lent } from '../../state';
import { useFetched, type Fetched } from '../desk';
import { lentView, type Shelf } from './drafts';

export function useShelf(): Fetched<Shelf> {
  const shelf = useFetched<Shelf>('shelf');
  useEffect(() => {
    lent.value = shelf.value === null ? null : lentView(shelf.value);
  }, [shelf.value]);
  useEffect(() => () => void (lent.value = null), []);
  return shelf;
}
