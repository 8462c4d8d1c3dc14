/* A browser's long name for itself, in the words people use: "Chrome på Windows". One rule: what is not known is not guessed. */
import { e } from './text/entrance';

/** In this order: each says it is the later ones too. */
const BROWSERS = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS/, 'Firefox'],
  [/Chrome\/|CriOS/, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;
const MACHINES = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'Chromebook'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
] as const;

export function browserWords(agent: string): string {
  const browser = BROWSERS.find(([mark]) => mark.test(agent))?.[1];
  const machine = MACHINES.find(([mark]) => mark.test(agent))?.[1];
  if (browser === undefined) return machine ?? e().unknownBrowser;
  return machine === undefined ? browser : e().onMachine(browser, machine);
}
