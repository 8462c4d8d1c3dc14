/* Fetching what is published: whole or not at all. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { documentHash } from '../../web/src/core/chain';
import { Api } from '../../web/src/device/api';
import { bare, comeBackTo, joinWith } from '../../web/src/device/joining';
import { Librarian } from '../../web/src/device/library';
import { Root } from '../../web/src/device/store';
import { Phone, TestClock } from './phone';
import { json, Server } from './server';

let clock: TestClock;
let server: Server;
let anna: Phone;
let librarian: Librarian;
let used: Set<string>;

const hashOf = (text: string): string => documentHash(new TextEncoder().encode(text));
function publish(name: string, texts: string[]): void {
  for (const text of texts) server.documents.set(hashOf(text), text);
  const checklists = texts.map((text, at) => ({
    id: `c${at}`,
    version: 1,
    hash: hashOf(text),
    title: text,
    kind: 'action-card',
    published: 1,
    review_by: '2027-01-01',
  }));
  server.library = name;
  server.manifest = { hash: name, organisation: { id: 'demo', name: 'Demo' }, checklists, members: '', contacts: '', messages: '' };
}

beforeEach(async () => {
  clock = new TestClock();
  server = new Server(clock.now);
  anna = await Phone.joined('anna', server, clock);
  used = new Set();
  librarian = new Librarian(anna.store, new Api(server.fetch, clock), () => used);
});
afterEach(() => anna.store.close());

describe('the library', () => {
  test('is fetched whole, with progress, and only what is lacking the next time', async () => {
    publish('one', ['storm åäö', 'vatten', 'it']);
    const steps: string[] = [];
    expect(await librarian.refresh((done, of, what) => steps.push(`${done}/${of} ${what}`))).toBe('fetched');
    expect([steps[0], steps.at(-1)?.slice(0, 3)]).toEqual(['0/3 ', '3/3']);
    expect((await anna.store.shelf())?.manifest).toMatchObject({ hash: 'one', exercises: '', organisation: { emergency: [] } });
    publish('two', ['storm åäö', 'vatten', 'it, ny utgåva']);
    const asked = server.asked.length;
    await librarian.refresh();
    expect(server.asked.slice(asked).map(each => each.path.split('/').slice(4).join('/'))).toEqual(['library', `documents/${hashOf('it, ny utgåva')}`]);
    expect(await anna.store.heldDocuments()).not.toContain(hashOf('it'));
  });

  test('stays the old one when a document is not what its hash says', async () => {
    publish('one', ['storm']);
    await librarian.refresh();
    publish('two', ['storm', 'vatten']);
    server.documents.set(hashOf('vatten'), '<h1>portal</h1>');
    expect(await librarian.refresh()).toBe('strange');
    expect((await anna.store.shelf())?.manifest.hash).toBe('one');
  });

  test('stays the old one when the line breaks half way, and goes on from there', async () => {
    publish('one', ['a', 'b', 'c', 'd', 'e', 'f']);
    server.faults = [null, null, null, 'down'];
    expect(await librarian.refresh()).toBe('unreachable');
    expect(await anna.store.shelf()).toBeUndefined();
    expect((await anna.store.heldDocuments()).length).toBeGreaterThan(0);
    expect(await librarian.refresh()).toBe('fetched');
  });

  test('keeps the version that an open incident uses', async () => {
    publish('one', ['storm']);
    await librarian.refresh();
    used.add(hashOf('storm'));
    publish('two', ['storm, ny utgåva']);
    await librarian.refresh();
    expect((await anna.store.heldDocuments()).sort()).toEqual([hashOf('storm'), hashOf('storm, ny utgåva')].sort());
  });

  test('who asks while it is being fetched gets the same answer', async () => {
    publish('one', ['storm']);
    expect(await Promise.all([librarian.refresh(), librarian.refresh()])).toEqual(['fetched', 'fetched']);
    expect(server.asked.filter(each => each.path.endsWith('/library'))).toHaveLength(1);
  });
});

describe('joining', () => {
  const joinedBody = {
    member: { id: 'anna', name: 'Anna', roles: ['leader'] },
    organisation: { id: 'demo', name: 'Demo' },
    epoch: 'e',
    now: 1_795_392_060_000,
  };

  test('a code is read as a tired person types it, also out of a link', () => {
    expect(bare(' abcd-o1il ')).toBe('ABCD0111');
    expect(bare('https://lykta.example/#/gamed/7KQM-XW2P')).toBe('7KQMXW2P');
  });

  test('an answer lost on the way does not cost the code: the same device and key ask again', async () => {
    const root = new Root();
    const api = new Api(server.fetch, clock);
    server.faults = ['down', json(201, joinedBody)];
    expect(await joinWith(root, api, '7KQM-XW2P', 'Annas telefon', 'b')).toMatchObject({ refused: 'network' });
    const joined = await joinWith(root, api, '7KQM-XW2P', 'Annas telefon', 'b');
    expect(joined).toMatchObject({ epoch: 'e', offset: 60_000, membership: { member: { name: 'Anna' } } });
    const [first, second] = server.asked.map(each => each.body);
    expect(first).toEqual(second);
    expect(first).toMatchObject({ code: '7KQMXW2P', name: 'Annas telefon', build: 'b' });
    root.close();
  });

  test.each([
    ['used', 410],
    ['expired', 410],
    ['code', 404],
    ['limit', 429],
  ])('a refusal "%s" is told in one word', async (code, status) => {
    const root = new Root();
    server.faults = [json(status, { error: { code, message: 'Koden gäller inte' } })];
    expect(await joinWith(root, new Api(server.fetch, clock), 'x', 'n', 'b')).toEqual({ refused: code, message: 'Koden gäller inte' });
    root.close();
  });

  test('a wiped phone with a living cookie comes back as a new device', async () => {
    expect(await comeBackTo(new Api(server.fetch, clock), 'demo', 'n', 'b')).toMatchObject({ membership: { member: { id: 'anna' } } });
    server.sessionAlive = false;
    expect(await comeBackTo(new Api(server.fetch, clock), 'demo', 'n', 'b')).toBeNull();
  });
});
