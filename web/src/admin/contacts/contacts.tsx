/* The room of contacts: the list, the form of one function, reading a file in. One rule: what a deed answers is what the list shows, at once. */
import { useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { replace } from '../../parts/route';
import { ContactFile } from './contactfile';
import { ContactForm } from './contactform';
import { ContactList, type Notice } from './contactlist';
import { deskTo, useFetched } from '../desk';
import { Coming, Desk } from '../deskframe';
import { FILE, NEW, type FunctionView, type Register } from './register';
import { fm } from '../text/contactform';
import { k } from '../text/contacts';
import '../look/contacts.css';

export function ContactsScreen({ id }: { id: string | undefined }) {
  const register = useFetched<Register>('contacts');
  const [notice, setNotice] = useState<Notice | null>(null);
  const known = register.value;
  if (id === FILE)
    return (
      <ContactFile
        onDone={() => {
          setNotice(null);
          void register.again();
        }}
      />
    );
  if (known === null)
    return (
      <Desk room="kontakter" title={k().title}>
        <Coming of={register} />
      </Desk>
    );
  const put = (view: FunctionView): void => {
    const there = known.functions.some(each => each.function.id === view.function.id);
    const functions = there ? known.functions.map(each => (each.function.id === view.function.id ? view : each)) : [...known.functions, view];
    register.set({ ...known, functions });
  };
  if (id === undefined) return <ContactList register={known} notice={notice} onNotice={setNotice} onChanged={put} again={register.again} />;
  const view = known.functions.find(each => each.function.id === id);
  if (view === undefined && id !== NEW)
    return (
      <Desk room="kontakter" title={fm().gone}>
        <p>{fm().goneWhat}</p>
        <p>
          <a class="button" href={deskTo('kontakter')}>
            {fm().toList}
          </a>
        </p>
      </Desk>
    );
  return (
    <ContactForm
      key={id}
      view={view}
      register={known}
      onSaved={saved => {
        put(saved);
        setNotice({ sort: 'saved', id: saved.function.id, title: saved.function.title });
        announce(k().savedNow(saved.function.title.sv));
        replace(deskTo('kontakter'));
      }}
      onRemoved={({ function: fn }) => {
        register.set({ ...known, functions: known.functions.filter(each => each.function.id !== fn.id) });
        setNotice({ sort: 'removed', id: fn.id, title: fn.title });
        announce(k().removed(fn.title.sv));
        replace(deskTo('kontakter'));
      }}
    />
  );
}
