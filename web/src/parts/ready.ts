/* Is this phone ready to be alone? One rule: "Redo" is said only when it has been proved here, on this phone. */
import { readiness } from '../state';

/** What is lacking before the big word may be said, as codes; none: ready. */
export function lacking(): string[] {
  const { missing, offlineTested } = readiness.value;
  return offlineTested === null ? [...missing, 'offlineTested'] : missing;
}
