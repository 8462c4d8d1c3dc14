/* A draft that saves itself: whatever the line, the seat and the other clerk do, the last text is on the server or on this computer. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Got } from '../../web/src/admin/ask';
import { marked, readable } from '../../web/src/admin/drafts/referring';
import { Saver, type Kept, type SaveState } from '../../web/src/admin/editor/saving';

type Answer = { revision: number; saved: number };
const refusals = { network: 0, strange: 502, session: 401, role: 403, 'not-found': 404, conflict: 409 };
type Weather = 'fine' | keyof typeof refusals;

/** A clerk's computer, a server and a clock, all in the hand of the test. */
class Desk {
  time = 0;
  weather: Weather = 'fine';
  server = { text: 'a', revision: 1 };
  asides: string[] = [];
  kept: Kept<string> | null = null;
  state: SaveState = { what: 'saved', at: 0 };
  sent: string[] = [];
  atOnce = 0;
  most = 0;
  private timers: { at: number; run: () => void }[] = [];
  private letters: (() => void)[] = [];
  held = false;
  readonly saver = new Saver<string, Answer>(
    {
      put: (revision, text, force) => this.put(revision, text, force),
      keep: value => Promise.resolve().then(() => void (this.kept = value)),
      forget: () => Promise.resolve().then(() => void (this.kept = null)),
      clock: {
        now: () => this.time,
        after: (ms, run) => {
          const timer = { at: this.time + ms, run };
          this.timers.push(timer);
          return () => (this.timers = this.timers.filter(each => each !== timer));
        },
      },
      told: state => (this.state = state),
      saved: () => undefined,
      conflict: () => undefined,
    },
    'a',
    1,
    0,
  );

  async wait(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      await settle();
      const next = this.timers.filter(timer => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.time = Math.max(this.time, next.at);
      this.timers = this.timers.filter(each => each !== next);
      next.run();
    }
    this.time = end;
    await settle();
  }

  /** The letters that were held on their way arrive. */
  async deliver(): Promise<void> {
    this.held = false;
    this.letters.splice(0).forEach(arrive => arrive());
    await settle();
  }

  /** Somebody else saves. */
  interfere(text: string): void {
    this.server = { text, revision: this.server.revision + 1 };
  }

  private async put(revision: number, text: string, force: boolean): Promise<Got<Answer>> {
    this.sent.push(text);
    this.most = Math.max(this.most, ++this.atOnce);
    if (this.held) await new Promise<void>(arrive => this.letters.push(arrive));
    this.atOnce--;
    if (this.weather !== 'fine') return refusal(this.weather);
    if (revision !== this.server.revision && !force) return refusal('conflict');
    if (revision !== this.server.revision) this.asides.push(this.server.text);
    this.server = { text, revision: this.server.revision + 1 };
    return { ok: true, value: { revision: this.server.revision, saved: this.time } };
  }
}

function refusal(code: keyof typeof refusals): Got<Answer> {
  return { ok: false, code, status: refusals[code], message: '', body: {} };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

describe('saving', { timeout: 60_000 }, () => {
  test('a second after the last key, once', async () => {
    const desk = new Desk();
    for (const text of ['ab', 'abc', 'abcd']) {
      desk.saver.change(text);
      await desk.wait(400);
    }
    expect(desk.sent).toEqual([]);
    expect(desk.state.what).toBe('waiting');
    await desk.wait(600);
    expect(desk.sent).toEqual(['abcd']);
    expect(desk.state).toEqual({ what: 'saved', at: 1_800 });
    expect(desk.kept).toBeNull();
  });

  test('every change is kept on the computer at once', async () => {
    const desk = new Desk();
    desk.saver.change('ab');
    await desk.saver.settled();
    expect(desk.kept).toEqual({ document: 'ab', revision: 1, at: 0 });
  });

  test('whoever never pauses is saved all the same', async () => {
    const desk = new Desk();
    for (let i = 0; i < 20; i++) {
      desk.saver.change(`text ${i}`);
      await desk.wait(500);
    }
    expect(desk.sent.length).toBeGreaterThan(0);
  });

  test('one letter at a time, and what was written meanwhile goes in the next', async () => {
    const desk = new Desk();
    desk.held = true;
    desk.saver.change('ab');
    await desk.wait(1_000);
    desk.saver.change('abc');
    await desk.wait(5_000);
    expect(desk.sent).toEqual(['ab']);
    expect(desk.state.what).toBe('saving');
    await desk.deliver();
    expect(desk.kept?.document).toBe('abc');
    await desk.wait(1_000);
    expect(desk.server.text).toBe('abc');
    expect(desk.most).toBe(1);
    expect(desk.kept).toBeNull();
  });

  test('with no network it is kept, said, and tried again until it comes through', async () => {
    const desk = new Desk();
    desk.weather = 'network';
    desk.saver.change('ab');
    await desk.wait(20_000);
    expect(desk.state).toMatchObject({ what: 'unsaved', why: 'network' });
    expect(desk.kept?.document).toBe('ab');
    desk.weather = 'fine';
    await desk.wait(30_000);
    expect(desk.server.text).toBe('ab');
    expect(desk.state.what).toBe('saved');
  });

  test('an ended seat: nothing is sent until somebody has signed in, then at once', async () => {
    const desk = new Desk();
    desk.weather = 'session';
    desk.saver.change('ab');
    await desk.wait(60_000);
    expect(desk.sent).toEqual(['ab']);
    desk.saver.change('abc');
    await desk.wait(60_000);
    expect(desk.sent).toEqual(['ab']);
    expect(desk.kept?.document).toBe('abc');
    desk.weather = 'fine';
    desk.saver.wake();
    await desk.wait(0);
    expect(desk.server.text).toBe('abc');
  });

  test.each([
    ['role', 'role'],
    ['not-found', 'gone'],
  ] as const)('refused with %s: kept, and not hammered', async (weather, why) => {
    const desk = new Desk();
    desk.weather = weather;
    desk.saver.change('ab');
    await desk.wait(60_000);
    expect(desk.state).toMatchObject({ what: 'unsaved', why });
    expect(desk.sent).toEqual(['ab']);
    expect(desk.kept?.document).toBe('ab');
  });

  test('another has saved meanwhile: nothing of theirs is written over, mine is kept, and the choice decides', async () => {
    const desk = new Desk();
    desk.interfere('deras');
    desk.saver.change('min');
    await desk.wait(1_000);
    expect(desk.state.what).toBe('conflict');
    desk.saver.change('min, mer');
    await desk.wait(60_000);
    expect(desk.server.text).toBe('deras');
    expect(desk.kept?.document).toBe('min, mer');
    desk.saver.goOn('min, mer', 1, 'deras', true);
    await desk.wait(0);
    expect(desk.server.text).toBe('min, mer');
    expect([desk.asides, desk.kept]).toEqual([['deras'], null]);
    desk.interfere('deras igen');
    desk.saver.change('min, mera');
    await desk.wait(1_000);
    expect([desk.server.text, desk.state.what, desk.asides]).toEqual(['deras igen', 'conflict', ['deras']]);
    expect(desk.kept?.document).toBe('min, mera');
  });

  test('choosing theirs leaves nothing to save', async () => {
    const desk = new Desk();
    desk.interfere('deras');
    desk.saver.change('min');
    await desk.wait(1_000);
    desk.saver.goOn('deras', desk.server.revision, 'deras');
    await desk.wait(10_000);
    expect([desk.server.text, desk.state.what, desk.kept]).toEqual(['deras', 'saved', null]);
    expect(desk.sent).toEqual(['min']);
  });

  test('asked to be saved now, it waits for the letter on its way and sends the rest', async () => {
    const desk = new Desk();
    desk.held = true;
    desk.saver.change('ab');
    await desk.wait(1_000);
    desk.saver.change('abc');
    const flushed = desk.saver.flush();
    await desk.deliver();
    expect(await flushed).toBe(true);
    expect(desk.server.text).toBe('abc');
    desk.weather = 'role';
    desk.saver.change('abcd');
    expect(await desk.saver.flush()).toBe(false);
  });

  test('at once, with no network, is one try and not another until the time for it comes', async () => {
    const desk = new Desk();
    desk.weather = 'network';
    desk.saver.change('ab');
    expect(await desk.saver.flush()).toBe(false);
    expect(desk.sent).toEqual(['ab']);
    desk.weather = 'fine';
    await desk.wait(3_000);
    expect([desk.sent, desk.server.text, desk.kept]).toEqual([['ab', 'ab'], 'ab', null]);
  });

  test('what was undone while nobody sat there is said to be saved once somebody does', async () => {
    const desk = new Desk();
    desk.weather = 'session';
    desk.saver.change('ab');
    await desk.wait(2_000);
    desk.saver.change('a');
    desk.weather = 'fine';
    desk.saver.wake();
    await desk.wait(2_000);
    expect([desk.state.what, desk.server.text, desk.kept]).toEqual(['saved', 'a', null]);
  });

  test('whatever happens, in whatever order: the last text is on the server or on the computer, and never two letters at once', async () => {
    const event = fc.oneof(
      fc.record({ what: fc.constant('write' as const), text: fc.string({ minLength: 1, maxLength: 3 }) }),
      fc.record({ what: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 4_000 }) }),
      fc.record({ what: fc.constant('weather' as const), is: fc.constantFrom<Weather>('fine', 'network', 'session', 'strange') }),
      fc.record({ what: fc.constantFrom('wake' as const, 'hold' as const, 'deliver' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 25 }), async events => {
        const desk = new Desk();
        let last = 'a';
        for (const each of events) {
          if (each.what === 'write') desk.saver.change((last = each.text));
          else if (each.what === 'wait') await desk.wait(each.ms);
          else if (each.what === 'weather') desk.weather = each.is;
          else if (each.what === 'wake') desk.saver.wake();
          else if (each.what === 'hold') desk.held = true;
          else await desk.deliver();
          await desk.saver.settled();
          expect([desk.server.text, desk.kept?.document]).toContain(last);
          if (desk.state.what === 'saved') expect(desk.server.text).toBe(last);
        }
        expect(desk.most).toBeLessThan(2);
        desk.weather = 'fine';
        await desk.deliver();
        desk.saver.wake();
        await desk.wait(60_000);
        expect(desk.server.text).toBe(last);
        expect(desk.state.what).toBe('saved');
      }),
    );
  });
});

describe('references as people write them', () => {
  const names = {
    call: new Map([
      ['el-jour', 'Elnätsjouren'],
      ['tib', 'Tjänsteman i beredskap (TiB)'],
    ]),
    card: new Map([
      ['teleavbrott', 'Teleavbrott'],
      ['a', 'Vatten'],
      ['b', 'Vatten'],
    ]),
    role: new Map([['tib', 'TiB']]),
  };

  test('by name on the screen, by id in the text', () => {
    const text = 'Telefonerna är döda: [[card:teleavbrott]]. Ring [[call:el-jour]]';
    expect(readable(text, names, 'sv')).toBe('Telefonerna är döda: (Kort: Teleavbrott). Ring (Ring: Elnätsjouren)');
    expect(readable(text, names, 'en')).toBe('Telefonerna är döda: (Card: Teleavbrott). Ring (Call: Elnätsjouren)');
    expect(marked('Se (kort: Teleavbrott) och (Roll: TiB)', names, 'sv')).toBe('Se [[card:teleavbrott]] och [[role:tib]]');
  });

  test('what names nothing, or two things, is left as it was written', () => {
    expect(marked('Se (Kort: Vatten), (Kort: Inget sådant) och (se bilaga)', names, 'sv')).toBe('Se (Kort: Vatten), (Kort: Inget sådant) och (se bilaga)');
    expect(readable('[[card:a]] [[call:tib]] [[card:borta]]', names, 'sv')).toBe('(Kort: a) (Ring: tib) (Kort: borta)');
  });

  test('to the screen and back nothing is lost', () => {
    const marker = fc
      .tuple(fc.constantFrom('call', 'card', 'role'), fc.constantFrom('el-jour', 'tib', 'teleavbrott', 'a', 'b', 'borta', 'Vatten'))
      .map(([kind, id]) => `[[${kind}:${id}]]`);
    const text = fc.array(fc.oneof(marker, fc.constantFrom('Ring ', '(', ')', ': ', ', ', 'och ')), { maxLength: 6 }).map(each => each.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom('sv' as const, 'en' as const), (said, language) => {
        expect(marked(readable(said, names, language), names, language)).toBe(said);
      }),
    );
  });
});
