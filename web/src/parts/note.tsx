/* A few words in a frame when something must be known. One rule: it says what is and what to do, and it never covers anything. */
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon, type Drawing } from './icon';
import { w } from './words';

export function Note({ kind = 'calm', icon, children }: { kind?: 'calm' | 'warn' | 'wrong' | 'drill'; icon?: Drawing; children: ComponentChildren }) {
  return (
    <div class={`note ${kind}`} role={kind === 'wrong' ? 'alert' : undefined}>
      <Icon name={icon ?? (kind === 'calm' ? 'text' : 'warn')} />
      <div>{children}</div>
    </div>
  );
}

export function SearchBox({ value, label, onInput }: { value: string; label: string; onInput: (value: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <div class="search" role="search">
      <label>
        <Icon name="search" />
        <input
          ref={field}
          type="search"
          value={value}
          aria-label={label}
          placeholder={label}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          enterkeyhint="search"
          onInput={event => onInput(event.currentTarget.value)}
          onKeyDown={event => event.key === 'Enter' && event.currentTarget.blur()}
        />
      </label>
      {value !== '' && (
        <button
          type="button"
          aria-label={w().clearSearch}
          onClick={() => {
            onInput('');
            field.current?.focus();
          }}
        >
          <Icon name="cross" />
        </button>
      )}
    </div>
  );
}

/** Buttons of which one is pressed. */
export function Chips<K extends string>({
  label,
  chosen,
  of,
  onChoose,
}: {
  label: string;
  chosen: K;
  of: readonly (readonly [K, string])[];
  onChoose: (key: K) => void;
}) {
  return (
    <div class="chips" role="group" aria-label={label}>
      {of.map(([key, words]) => (
        <button key={key} type="button" aria-pressed={key === chosen} onClick={() => onChoose(key)}>
          {words}
        </button>
      ))}
    </div>
  );
}
