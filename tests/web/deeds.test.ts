/* The way of a tick through the state that screens read: written, folded, told. */
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { documentHash } from '../../web/src/core/chain';
import { stepOf } from '../../web/src/core/progress';
import { makeIdentity } from '../../web/src/device/keys';
import { Store } from '../../web/src/device/store';
import {
  addStep,
  admit,
  assign,
  correctLog,
  exportIncident,
  exportUnsent,
  incidentOf,
  incidents,
  library,
  mark,
  rename,
  setRole,
  setStatus,
  startIncident,
  sync,
  undo,
  unsent,
  writeLog,
  addCard,
  StorageError,
} from '../../web/src/state';
import { choose, closeRoom, openRoom } from '../../web/src/state/rooms';

const document = JSON.stringify({ type: 'checklist', id: 'storm', phases: [] });
const hash = documentHash(new TextEncoder().encode(document));

beforeAll(async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('down')));
  const store = new Store('demo');
  await store.adopt(await makeIdentity(), { organisation: { id: 'demo', name: 'Demo' }, member: { id: 'anna', name: 'Anna', roles: [] }, name: 'n' }, 'e', 0);
  await store.putDocument({ hash, text: document });
  const manifest = {
    hash: 'm',
    organisation: { id: 'demo', name: 'Demo', emergency: [] },
    checklists: [{ id: 'storm', version: 3, hash }],
    members: '',
    contacts: '',
    messages: '',
    exercises: '',
    vocabulary: '',
  };
  await store.swapLibrary({ manifest: manifest as never, etag: null, fetched: 1 }, [hash], new Set());
  store.close();
  const room = await openRoom('demo');
  if (room === null) throw new Error('no room');
  await choose(room);
});
afterAll(async () => {
  await closeRoom('demo');
  vi.unstubAllGlobals();
});

const started = async (): Promise<{ inc: string; key: string }> => {
  const inc = await startIncident({ title: 'Stormen Vera', exercise: false, checklist: 'storm', place: 'Exempelstad' });
  return { inc, key: `${incidentOf(inc)?.cards[0]?.id ?? ''}/larma` };
};

describe('deeds', () => {
  test('without a checklist there is an empty card for own steps', async () => {
    const inc = await startIncident({ title: 'Något annat', exercise: false });
    const card = incidentOf(inc)?.cards[0]?.id ?? '';
    await addStep(inc, card, 'Ring grannkommunen');
    expect(incidentOf(inc)?.cards).toMatchObject([{ checklist: '', added: [{ text: 'Ring grannkommunen' }] }]);
  });

  test('an incident is started from a checklist on its version, and drawn when it is on disk', async () => {
    const { inc } = await started();
    expect(incidentOf(inc)).toMatchObject({
      title: 'Stormen Vera',
      place: 'Exempelstad',
      exercise: false,
      status: 'open',
      cards: [{ checklist: 'storm', version: 3, hash }],
    });
    expect(incidents.value[0]?.inc).toBe(inc);
    expect(library.value?.checklists.get('storm')?.document.id).toBe('storm');
  });

  test('each mark names what its author saw, so one person never disagrees with herself', async () => {
    const { inc, key } = await started();
    await Promise.all([mark(inc, key, 'doing'), mark(inc, key, 'done'), mark(inc, key, 'failed', 'ingen svarar')]);
    const step = stepOf(
      incidentOf(inc) ??
        (() => {
          throw new Error();
        })(),
      key,
    );
    expect(step).toMatchObject({ state: 'failed', differs: false, mark: { value: { reason: 'ingen svarar' } } });
    expect(step?.history).toHaveLength(3);
  });

  test('undo brings back what was there before, and only undoes that', async () => {
    const { inc, key } = await started();
    await mark(inc, key, 'failed', 'trasig');
    const done = await mark(inc, key, 'done');
    await undo(inc, done);
    const incident = incidentOf(inc);
    expect(incident && stepOf(incident, key)).toMatchObject({ state: 'failed', differs: false, mark: { value: { reason: 'trasig' } } });
    const first = incident && stepOf(incident, key)?.history[0]?.id;
    const lone = await mark(inc, `${key}2`, 'done');
    await undo(inc, lone);
    const after = incidentOf(inc);
    expect(after && stepOf(after, `${key}2`)?.state).toBe('todo');
    expect(first).toBeDefined();
  });

  test('own steps, log, corrections, roles, status and title all fold', async () => {
    const { inc, key } = await started();
    const [card = ''] = key.split('/');
    const own = await addStep(inc, card, 'Hämta filtar', { phase: 'f60' });
    await mark(inc, own, 'done');
    const wrong = await writeLog(inc, { type: 'decision', text: 'Stäng skolan', target: own, decided_by: 'anna' });
    await correctLog(inc, wrong, 'Stäng inte skolan');
    await assign(inc, key, { role: 'tib' });
    await setRole(inc, 'tib', 'anna');
    await rename(inc, 'Stormen Vera\ud83d, natten');
    await setStatus(inc, 'closed', 'klart');
    await addCard(inc, 'storm');
    await admit(inc, []);
    expect(incidentOf(inc)).toMatchObject({
      title: 'Stormen Vera, natten',
      place: 'Exempelstad',
      status: 'closed',
      cards: [
        {
          added: [
            { key: own, text: 'Hämta filtar', state: 'done', log: [{ text: 'Stäng skolan' }, { text: 'Stäng inte skolan', body: { decided_by: 'anna' } }] },
          ],
        },
        { checklist: 'storm' },
      ],
    });
    expect(incidentOf(inc)?.unknown).toBe(0);
  });

  test('what is not with the team is listed with its age, and can be carried away', async () => {
    const before = unsent.value.length;
    const { inc } = await started();
    expect(unsent.value.length).toBe(before + 2);
    expect(sync.value.unsent).toBe(unsent.value.length);
    expect(sync.value.oldest).not.toBeNull();
    const rows = (await exportUnsent().text())
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>);
    expect(rows[0]).toMatchObject({ type: 'header', organisation: 'demo' });
    expect(rows.filter(row => row.type === 'operation')).toHaveLength(unsent.value.length);
    const whole = (await exportIncident(inc).text())
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>);
    expect(whole.filter(row => row.type === 'document')).toEqual([{ type: 'document', hash, text: document }]);
    expect(whole.filter(row => row.type === 'person')).toHaveLength(1);
  });

  test('a full phone rejects the deed, draws nothing, and the next deed goes through', async () => {
    const { inc, key } = await started();
    const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(mark(inc, key, 'done')).rejects.toThrow(StorageError);
    full.mockRestore();
    expect(incidentOf(inc) && stepOf(incidentOf(inc) as never, key)).toBeUndefined();
    await mark(inc, key, 'done');
    expect(stepOf(incidentOf(inc) as never, key)?.state).toBe('done');
  });

  test('what another tab writes is drawn here', async () => {
    const { inc, key } = await started();
    const other = new Store('demo');
    await other.write([{ inc, kind: 'mark', target: key, refs: [], body: { state: 'na' } }], Date.now());
    await vi.waitFor(() => expect(stepOf(incidentOf(inc) as never, key)?.state).toBe('na'));
    other.close();
  });
});
