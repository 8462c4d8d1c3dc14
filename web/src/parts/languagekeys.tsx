/* Svenska or English. One rule: each language is named in its own words. */
import { language, setLanguage } from '../state';
import { Chips } from './note';
import { w } from './words';

export function LanguageKeys() {
  return (
    <Chips
      label={w().language}
      chosen={language.value}
      of={[
        ['sv', 'Svenska'],
        ['en', 'English'],
      ]}
      onChoose={setLanguage}
    />
  );
}
