/* The live stream: pokes, silence and coming back. */
import { expect, test } from 'vitest';
import { Api } from '../../web/src/device/api';
import { Live } from '../../web/src/device/live';
import { TestClock, until } from './phone';

class Line {
  streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  refuse = false;

  readonly fetch: typeof fetch = async (_, init) => {
    if (this.refuse) throw new TypeError('down');
    const body = new ReadableStream<Uint8Array>({
      start: controller => {
        this.streams.push(controller);
        init?.signal?.addEventListener('abort', () => controller.error(new DOMException('aborted', 'AbortError')));
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };

  says(text: string): void {
    this.streams.at(-1)?.enqueue(new TextEncoder().encode(text));
  }
}

test('a poke wakes the loop, a comment only keeps the line alive, silence ends it, and it comes back', async () => {
  const clock = new TestClock();
  const line = new Line();
  let pokes = 0;
  const live = new Live(new Api(line.fetch, clock), '/live', () => pokes++);
  live.open();
  await until(() => live.up);
  expect(pokes).toBe(1);
  line.says('event: poke\nda');
  line.says('ta: {"incident":"x","seq":4}\n\n');
  await until(() => pokes === 2);
  line.says(': still here\n\n');
  clock.forward(44_000);
  line.says(': still here\n\n');
  await new Promise(resolve => setImmediate(resolve));
  clock.forward(44_000);
  expect([live.up, pokes]).toEqual([true, 2]);
  clock.forward(2_000);
  await until(() => clock.nextIn === 750);
  expect(live.up).toBe(false);
  line.refuse = true;
  clock.forward(1_000);
  await until(() => clock.nextIn === 1500);
  line.refuse = false;
  clock.forward(1_500);
  await until(() => live.up);
  expect(pokes).toBe(3);
  live.open();
  expect(line.streams).toHaveLength(2);
  live.close();
  await until(() => !live.up);
  expect(clock.nextIn).toBeNull();
});

test('a stream that the server ends wakes the loop: a revoked phone is told so at once', async () => {
  const clock = new TestClock();
  const line = new Line();
  let pokes = 0;
  const live = new Live(new Api(line.fetch, clock), '/live', () => pokes++);
  live.open();
  await until(() => live.up);
  line.refuse = true;
  line.streams[0]?.close();
  await until(() => !live.up);
  expect(pokes).toBe(2);
  live.close();
});
