/* All contacts as a file: CSV, Excel, vCard. One rule: it says whether secret numbers are in it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { saveFile } from '../../parts/share';
import { download } from '../ask';
import { me } from '../state';
import { day } from '../swedishtime';
import { k } from '../text/contacts';
import { why } from '../text/frame';

const FORMS = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  vcf: 'text/vcard',
} as const;

export function ContactExport({ secrets }: { secrets: boolean }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const [refused, setRefused] = useState('');
  useEffect(() => {
    const close = (event: Event): void => {
      const open = menu.current;
      if (open === null || !open.open) return;
      if (event instanceof KeyboardEvent && event.key === 'Escape') {
        open.open = false;
        open.querySelector('summary')?.focus();
      } else if (event.type === 'pointerdown' && event.target instanceof Node && !open.contains(event.target)) open.open = false;
    };
    document.addEventListener('keydown', close);
    document.addEventListener('pointerdown', close);
    return () => {
      document.removeEventListener('keydown', close);
      document.removeEventListener('pointerdown', close);
    };
  }, []);
  const fetchAs = async (form: keyof typeof FORMS): Promise<void> => {
    const got = await download(`contacts/export?form=${form}`, FORMS[form]);
    if (!got.ok) return setRefused(why(got));
    setRefused('');
    saveFile(got.value, `kontakter-${me.value?.organisation.id ?? ''}-${day(Date.now())}.${form}`);
    announce(k().saved);
    if (menu.current !== null) menu.current.open = false;
  };
  return (
    <details class="deed-menu" ref={menu}>
      <summary class="button">{k().toFile}</summary>
      <div class="box">
        {(Object.keys(FORMS) as (keyof typeof FORMS)[]).map(form => (
          <button key={form} type="button" onClick={() => void fetchAs(form)}>
            {k()[form]}
          </button>
        ))}
        <p class="small">{secrets ? k().withSecrets : k().withoutSecrets}</p>
        {refused !== '' && (
          <p class="wrong-words" role="alert">
            {refused}
          </p>
        )}
      </div>
    </details>
  );
}
