import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createAnnouncementArchiveStore,
  type AnnouncementArchiveStore,
} from '../../src/announcements/announcement-archive-store.ts';
import { buildIndexes } from '../../src/mongo/connection.ts';
import type { AnnouncementSummary } from '../../src/residents/resident.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const NOW = new Date('2026-11-24T01:00:00Z');

let database: TestDatabase;
let archive: AnnouncementArchiveStore;

beforeAll(async () => {
  database = await openTestDatabase();
  archive = createAnnouncementArchiveStore(database.connection);
  await buildIndexes(database.connection);
});

beforeEach(() => database.connection.collection('announcement_archive').deleteMany({}));

afterAll(() => database.drop());

function anAnnouncement(code: string, publishedAt: string): AnnouncementSummary {
  return {
    code,
    title: 'Lịch cắt điện',
    text: 'Cắt điện từ 8h đến 11h.',
    publishedAt: new Date(publishedAt),
    villageIds: ['thon-1'],
  };
}

describe('past announcements', () => {
  it('are listed newest first and no more than asked for', async () => {
    await archive.save(anAnnouncement('TB-1', '2026-11-20T01:00:00Z'));
    await archive.save(anAnnouncement('TB-3', '2026-11-22T01:00:00Z'));
    await archive.save(anAnnouncement('TB-2', '2026-11-21T01:00:00Z'));

    const listed = await archive.listRecent(NOW, 2);

    expect(listed.map(({ code }) => code)).toEqual(['TB-3', 'TB-2']);
  });

  it('come back as they were saved', async () => {
    const saved = anAnnouncement('TB-1', '2026-11-20T01:00:00Z');
    await archive.save(saved);

    expect(await archive.listRecent(NOW, 5)).toEqual([saved]);
  });

  it('are not shown before their time', async () => {
    await archive.save(anAnnouncement('TB-1', '2026-11-25T01:00:00Z'));

    expect(await archive.listRecent(NOW, 5)).toEqual([]);
  });

  it('are replaced when saved again with the same code', async () => {
    await archive.save(anAnnouncement('TB-1', '2026-11-20T01:00:00Z'));
    await archive.save({ ...anAnnouncement('TB-1', '2026-11-20T01:00:00Z'), title: 'Đính chính' });

    expect(await archive.listRecent(NOW, 5)).toMatchObject([{ title: 'Đính chính' }]);
  });
});
