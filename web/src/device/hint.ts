/* The cookie that remembers which organisations this phone had joined, for the day when the browser has thrown the store away.
   One rule: it holds ids and nothing else, and it is only a hint. */

const name = 'stormlykta';
const days = 400;

export function hinted(): string[] {
  const found = document.cookie.split('; ').find(cookie => cookie.startsWith(`${name}=`));
  return (found?.slice(name.length + 1) ?? '').split('.').filter(id => /^[a-z0-9-]{1,40}$/.test(id));
}

export function hint(organisations: readonly string[]): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${name}=${organisations.join('.')}; Path=/; SameSite=Strict; Max-Age=${organisations.length === 0 ? 0 : days * 86_400}${secure}`;
}
