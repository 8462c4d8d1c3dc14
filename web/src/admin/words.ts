/* The desk's words: each topic has its own catalogue beside its screen. One rule: Swedish and English have the same keys, and the compiler says so. */
import { language } from '../state';

/** `const x = catalogue({…}, {…})`, read as `x().key` in a component, which is then drawn anew when the language changes. */
export function catalogue<W>(sv: W, en: NoInfer<W>): () => W {
  return () => (language.value === 'en' ? en : sv);
}
