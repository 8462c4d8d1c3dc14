/* A key that copies words and says that it did. One rule: what happened is read on the key itself, not in a box that comes and goes. */
import { useState } from 'preact/hooks';
import { announce } from './announce';
import { Icon } from './icon';
import { copy } from './share';
import { w } from './words';

export function CopyKey({ words }: { words: string }) {
  const [told, setTold] = useState('');
  const tell = async (): Promise<void> => {
    const answer = (await copy(words)) ? w().copied : w().copyFailed;
    setTold(answer);
    announce(answer);
    setTimeout(() => setTold(''), 4_000);
  };
  return (
    <button onClick={() => void tell()}>
      <Icon name={told === '' ? 'copy' : 'check'} />
      {told === '' ? w().copy : told}
    </button>
  );
}
