import type { Logger } from '../kernel/logger.ts';
import type { ZaloClient } from './client.ts';
import type { OaDescription } from './oa-profile-store.ts';
import type { OaProfiler } from './oa-profile.ts';

export interface OaCheckDeps {
  readonly client: Pick<ZaloClient, 'getOa'>;
  readonly profiler: Pick<OaProfiler, 'recordDescription'>;
  /** `ZALO_OA_ID`. */
  readonly oaId: string;
  readonly log: Logger;
}

/**
 * Asks Zalo at start which page the token is for, and keeps type and package. Throws like `ZaloClient.getOa`; a token
 * of another page is logged as an error, and its description is not kept.
 */
export async function checkOa({ client, profiler, oaId, log }: OaCheckDeps): Promise<OaDescription> {
  const description = await client.getOa();
  if (description.oaId !== '' && description.oaId !== oaId) {
    const cure = 'Set ZALO_OA_ID to the page that granted the app, or grant the app with the right page.';
    log.error('zalo.oa_mismatch', { tokenOaId: description.oaId, oaId, cure });
    return description;
  }
  await profiler.recordDescription(description);
  log.info('zalo.oa_checked', { oaId, oaType: description.oaType });
  return description;
}
