import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLabellingStore } from '../../src/misunderstood/misunderstood-store.ts';
import type { Misunderstood } from '../../src/misunderstood/misunderstood.ts';
import { startApplication, type TestApplication, type TestResident } from '../support/application.ts';
import { createMemoryLog } from '../support/memory-log.ts';

const ALLOW = 'Cho máy học câu này';
/** Vague enough that some of them are not understood, however much is learned. */
const VAGUE = [
  ...[
    'hỏi hộ',
    'giấy tờ của',
    'hôm trước cùng',
    'ok thì cái đó của',
    'làm hộ',
    'nhờ',
    'như lời',
    'đi với',
    'chuyện của',
  ],
  ...[
    'giống',
    'theo',
    'asdfgh',
    'qwerty',
    'zxcvbn',
    'về',
    'việc',
    'ở chỗ',
    'hàng xóm',
    'mấy hôm nữa',
    'đóng cho',
  ],
];
const memory = createMemoryLog();
let app: TestApplication;

beforeAll(async () => {
  app = await startApplication({ log: memory.logger });
});

afterAll(async () => {
  await app.stop();
});

/** A new resident whose first message was not understood, and that message. */
async function someoneNotUnderstood(): Promise<{ resident: TestResident; vague: string; words: string }> {
  for (const vague of VAGUE) {
    const resident = app.resident();
    const words = `${vague} bà Lụa 0987654321`;
    await resident.says(words);
    if (resident.buttons().includes(ALLOW)) return { resident, vague, words };
  }
  throw new Error('Every vague message was understood: more are needed');
}

async function kept(): Promise<readonly Misunderstood[]> {
  return createLabellingStore(app.database.connection).list();
}

describe('a message that was not understood', () => {
  it('is kept masked after a yes, the next ones without asking, and all go with “đừng học”', async () => {
    const { resident, vague, words } = await someoneNotUnderstood();

    expect(await kept()).toEqual([]);

    await resident.taps(ALLOW);

    expect(await kept()).toMatchObject([{ text: `${vague} bà [tên] [sđt]`, language: 'vi' }]);

    await resident.says('menu');
    await resident.says(words);

    expect(resident.buttons()).not.toContain(ALLOW);
    expect(await kept()).toHaveLength(2);

    await resident.says('đừng học');

    expect(await kept()).toEqual([]);
    expect(memory.text()).not.toMatch(/Lụa|0987654321/);
  });

  it('of one resident stays when another one asks Zalo to be forgotten', async () => {
    const { resident: one } = await someoneNotUnderstood();
    const { resident: other } = await someoneNotUnderstood();
    await one.taps(ALLOW);
    await other.taps(ALLOW);
    expect(await kept()).toHaveLength(2);

    await fetch(`${app.simulator.url}/control/residents/${other.userId}/withdraw`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    await app.settled();

    expect(await kept()).toHaveLength(1);
    await one.says('đừng học');
    expect(await kept()).toEqual([]);
  });
});
