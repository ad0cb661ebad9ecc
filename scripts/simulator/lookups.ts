import { isObject } from './message-rules.ts';
import { matches, pageOf, parseData, pick, rawUserId } from './lookup-query.ts';
import { toDetail, toHistoryEntry, toProfile } from './lookup-views.ts';
import type { Resident } from './residents.ts';
import { vietnamDay } from './sending-window.ts';
import type { World } from './world.ts';
import { invalid, refusal, success, type ZaloAnswer } from './zalo-errors.ts';

/** Reading calls of the API. Field names and limits: Zalo OA docs, user and conversation pages, read 2026-11-22. */
export interface Lookups {
  oaProfile(): ZaloAnswer;
  /** v3 `user/detail`, ids as strings. */
  userDetail(data: string): ZaloAnswer;
  /** v3 `user/getlist`. */
  userList(data: string): ZaloAnswer;
  /** v2 `getprofile`, ids as raw integers. */
  profile(data: string): ZaloAnswer;
  /** v2 `getfollowers`. */
  followers(data: string): ZaloAnswer;
  conversation(data: string): ZaloAnswer;
  recentChats(data: string): ZaloAnswer;
  quota(body: unknown): ZaloAnswer;
}

const MAX_CHATS = 10;
const MAX_USERS = 50;
const DAY_MS = 24 * 3_600_000;

export function createLookups(world: World): Lookups {
  const { oa, clock, residents, quota } = world;
  const isGovernment = oa.generation === 'government';
  const followers = (): readonly Resident[] => residents.list().filter((resident) => resident.follows);

  const findByRawId = (data: string): Resident | ZaloAnswer => {
    const userId = rawUserId(data);
    const resident = userId === undefined ? undefined : residents.find(userId);
    return resident ?? refusal('-201', 'user_id is not valid');
  };

  return {
    oaProfile: () =>
      success({
        oaid: oa.oaId,
        name: oa.oaName,
        description: '',
        oa_alias: '',
        is_verified: true,
        oa_type: isGovernment ? 4 : 2,
        cate_name: isGovernment ? 'Cơ quan nhà nước' : 'Doanh nghiệp',
        num_follower: followers().length,
        avatar: '',
        cover: '',
        package_name: 'Tăng trưởng',
        package_valid_through_date: vietnamDay(clock.nowMs() + 180 * DAY_MS),
        package_auto_renew_date: '',
        linked_ZCA: '',
      }),

    userDetail(data) {
      if (isGovernment) return refusal('-235');
      const userId = parseData(data)?.['user_id'];
      const resident = typeof userId === 'string' ? residents.find(userId) : undefined;
      return resident ? success(toDetail(resident)) : invalid('user_id');
    },

    userList(data) {
      if (isGovernment) return refusal('-235');
      const query = parseData(data);
      const page = pageOf(query, MAX_USERS);
      if (!query || !page) return invalid('count');
      const matching = residents.list().filter((resident) => matches(resident, query, clock.nowMs()));
      return success({
        total: matching.length,
        count: page.count,
        offset: page.offset,
        users: pick(matching, page).map((resident) => ({ user_id: resident.userId })),
      });
    },

    profile(data) {
      if (!isGovernment) return refusal('-235');
      const resident = findByRawId(data);
      if ('error' in resident) return resident;
      return resident.follows ? success(toProfile(resident)) : refusal('-213');
    },

    followers(data) {
      if (!isGovernment) return refusal('-235');
      const page = pageOf(parseData(data), MAX_USERS);
      if (!page) return invalid('count');
      const all = followers();
      return success({
        total: all.length,
        followers: pick(all, page).map((resident) => ({ user_id: resident.userId })),
      });
    },

    conversation(data) {
      const resident = findByRawId(data);
      if ('error' in resident) return resident;
      const page = pageOf(parseData(data), MAX_CHATS);
      if (!page) return refusal('-201', `count: maximum limit is ${String(MAX_CHATS)}`);
      const end = resident.messages.length - page.offset;
      const newest = resident.messages.slice(Math.max(0, end - page.count), Math.max(0, end)).reverse();
      return success(newest.map((message) => toHistoryEntry(resident, message, oa)));
    },

    recentChats(data) {
      const page = pageOf(parseData(data), MAX_CHATS);
      if (!page) return refusal('-201', `count: maximum limit is ${String(MAX_CHATS)}`);
      const chats = residents
        .list()
        .flatMap((resident) => {
          const message = resident.messages.at(-1);
          return message ? [{ resident, message }] : [];
        })
        .sort((a, b) => b.message.atMs - a.message.atMs);
      return success(pick(chats, page).map(({ resident, message }) => toHistoryEntry(resident, message, oa)));
    },

    quota(body) {
      if (!isObject(body)) return invalid('body');
      const nowMs = clock.nowMs();
      if (body['quota_owner'] === 'OA') {
        const asset = { asset_id: `sub-${oa.oaId}`, valid_through: quota.expiresOn(nowMs) };
        return success([{ ...asset, total: quota.total, remain: quota.remain(nowMs) }]);
      }
      const resident = residents.find(String(body['user_id']));
      if (!resident) return invalid('user_id');
      return success({
        last_interaction: resident.lastInteractionMs === undefined ? '' : String(resident.lastInteractionMs),
        cs_reply: { remain: 8, total: 8 },
        promotion: { daily_remain: 1, daily_total: 1, monthly_remain: 30, monthly_total: 30 },
      });
    },
  };
}
