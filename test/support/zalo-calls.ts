import type { Generation, RecordedCall } from '../../scripts/simulator/types.ts';
import type { TestApplication } from './application.ts';

/** Both kinds of page, each with the only path Zalo accepts its messages on. */
export const GENERATIONS: readonly { readonly generation: Generation; readonly path: string }[] = [
  { generation: 'government', path: '/v2.0/oa/message' },
  { generation: 'business', path: '/v3.0/oa/message/cs' },
];

/** The body of a message as it left the application. */
export interface SentBody {
  readonly recipient: { readonly user_id: string };
  readonly message: {
    readonly text: string;
    readonly attachment?: {
      readonly type: string;
      readonly payload: {
        readonly buttons: readonly {
          readonly title: string;
          readonly type: string;
          readonly payload: unknown;
        }[];
      };
    };
  };
}

/** Every message the application tried to send to this resident, refused ones included, oldest first. */
export function sendsTo(app: TestApplication, userId: string): readonly RecordedCall[] {
  return app.simulator.calls.filter(
    ({ path, body }) =>
      path.includes('/oa/message') && (body as SentBody | null)?.recipient.user_id === userId,
  );
}

/** The newest of them. */
export function lastSent(app: TestApplication, userId: string): SentBody {
  const call = sendsTo(app, userId).at(-1);
  if (!call) throw new Error('nothing was sent to this resident');
  return call.body as SentBody;
}

/** The rows of one resident in a collection. */
export async function rowsOf(
  app: TestApplication,
  collection: 'escalations' | 'feedback' | 'residents' | 'outbox',
  residentId: string,
): Promise<readonly Record<string, unknown>[]> {
  return app.database.connection.collection(collection).find({ residentId }).toArray();
}
