import { InvalidInputError } from '../kernel/errors.ts';
import { beforeCall, createZaloApi, type ZaloApiDeps } from './api.ts';
import { ZaloApiError } from './api-error.ts';
import type { Generation } from './generation.ts';
import type { WireMessage } from './message-format.ts';
import type { OaDescription } from './oa-profile-store.ts';
import type { OaProfiler } from './oa-profile.ts';
import { history, oaAnswer, sentMessage, type HistoryMessage, type OaAnswer } from './wire.ts';

/**
 * The OA API. Every method throws `ZaloApiError` for an unconfirmed call, `AppError` when it could not be tried
 * (no token, no database), and `InvalidInputError` for an id that is not one of Zalo's.
 */
export interface ZaloClient {
  /** Success only when Zalo says so and names the message. */
  sendMessage(userId: string, message: WireMessage): Promise<{ readonly messageId: string }>;
  getOa(): Promise<OaDescription>;
  /** Newest first; Zalo gives at most ten at a time. */
  conversation(userId: string, offset: number, count: number): Promise<readonly HistoryMessage[]>;
}

export interface ZaloClientDeps extends ZaloApiDeps {
  readonly generation: Pick<OaProfiler, 'generation' | 'switchGeneration'>;
}

type Sent = { readonly messageId: string };

const MAX_HISTORY_COUNT = 10;
const SEND_PATHS = {
  v2: '/v2.0/oa/message',
  v3: '/v3.0/oa/message/cs',
} as const satisfies Record<Generation, string>;

export function createZaloClient(deps: ZaloClientDeps): ZaloClient {
  const { generation } = deps;
  const api = createZaloApi(deps);

  async function send(used: Generation, body: string): Promise<Sent> {
    const { message_id: messageId } = await api.call({
      method: 'sendMessage',
      request: {
        method: 'POST',
        path: SEND_PATHS[used],
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body,
      },
      answer: sentMessage,
    });
    return { messageId };
  }

  return {
    async sendMessage(userId, message) {
      const body = JSON.stringify({ recipient: { user_id: checkedId(userId) }, message });
      const used = await beforeCall('sendMessage', () => generation.generation());
      try {
        return await send(used, body);
      } catch (error) {
        if (!(error instanceof ZaloApiError) || error.errorClass !== 'switch_generation') throw error;
        const { zaloCode } = error;
        const next = await beforeCall('sendMessage', () => generation.switchGeneration(used, zaloCode));
        if (!next) throw error;
        return await send(next, body);
      }
    },
    async getOa() {
      const request = { method: 'GET', path: '/v2.0/oa/getoa' } as const;
      return toDescription(await api.call({ method: 'getOa', request, answer: oaAnswer }));
    },
    async conversation(userId, offset, count) {
      const page = `"offset":${String(offset)},"count":${String(Math.min(count, MAX_HISTORY_COUNT))}`;
      // Written as text: Zalo wants a bare integer here, and a JavaScript number would change its last digits.
      const query = { data: `{"user_id":${checkedId(userId)},${page}}` };
      const request = { method: 'GET', path: '/v2.0/oa/conversation', query } as const;
      return api.call({ method: 'conversation', request, answer: history });
    },
  };
}

function toDescription(oa: OaAnswer): OaDescription {
  const { oa_type: oaType, package_name: packageName, package_valid_through_date: packageValidThrough } = oa;
  return {
    oaId: oa.oaid ?? oa.oa_id ?? '',
    name: oa.name,
    ...(oaType === undefined ? {} : { oaType }),
    ...(packageName === undefined ? {} : { packageName }),
    ...(packageValidThrough === undefined ? {} : { packageValidThrough }),
  };
}

/** Ids go unquoted into one query, so nothing but digits may pass. */
function checkedId(userId: string): string {
  if (/^\d{1,20}$/.test(userId)) return userId;
  throw new InvalidInputError('A Zalo user id is a decimal number.', { code: 'zalo.user_id_invalid' });
}
