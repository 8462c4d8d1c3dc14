/* An answer to a letter that is not sent yet. One rule: it lives in this tab alone (sessionStorage) and goes when it is sent or the tab is closed for good, for the computer may be a shared one. */

export interface HalfAnswer {
  texts: { name: string; email: string; address: string; rakel: string };
  lines: { number: string; label: string }[];
  note: string;
  left: boolean;
}

export function keepHalf(token: string, answer: HalfAnswer): void {
  try {
    sessionStorage.setItem(name(token), JSON.stringify(answer));
  } catch {
    // Storage is shut or full: the page works without it.
  }
}

export function keptHalf(token: string): HalfAnswer | null {
  try {
    return JSON.parse(sessionStorage.getItem(name(token)) ?? 'null') as HalfAnswer | null;
  } catch {
    return null;
  }
}

export function forgetHalf(token: string): void {
  try {
    sessionStorage.removeItem(name(token));
  } catch {
    // Nothing could be kept, so nothing is there.
  }
}

/** The start of the token tells letters apart, and opens none. */
function name(token: string): string {
  return `stormlykta-letter-${token.slice(0, 8)}`;
}
