/**
 * Every error code of the OA API as data. Source: Zalo OA docs, error code page, read 2026-11-22; what the page
 * leaves open (unlisted token codes, templates of low tiers) comes from production reports of other OAs.
 */

/**
 * What kind of refusal a code is:
 * - `token`: the access token is dead; refresh once and try once more.
 * - `retry`: not done; the same call may work a little later.
 * - `rate_limit`: too many calls; nothing of this page works before the next minute.
 * - `night`: this message may not be sent before 06:00 in Vietnam.
 * - `window`: the resident's state forbids it (not following, blocked, silent for too long).
 * - `quota`: the page has used up what its package allows.
 * - `permanent`: the request itself is wrong; repeating it changes nothing.
 * - `human`: a setting, permission, package or account must be mended first.
 * - `reupload`: an attachment has expired on Zalo's side.
 * - `switch_generation`: this kind of page uses the other API generation.
 * - `template_unsupported`: buttons or templates are refused; plain text may work.
 * - `unknown_outcome`: no trustworthy answer; the call may have taken effect.
 */
export type ZaloErrorClass =
  | 'token'
  | 'retry'
  | 'rate_limit'
  | 'night'
  | 'window'
  | 'quota'
  | 'permanent'
  | 'human'
  | 'reupload'
  | 'switch_generation'
  | 'template_unsupported'
  | 'unknown_outcome';

export interface ZaloErrorEntry {
  readonly errorClass: ZaloErrorClass;
  /** Stable dotted code for logs, metrics and callers. */
  readonly code: string;
  /** What Zalo means, short. */
  readonly meaning: string;
  /** What an operator does about it. */
  readonly cure: string;
  /**
   * A message with buttons refused by this code may be said again as plain text: `remember` when the page has no
   * buttons at all, `this_message` when only this one was malformed.
   */
  readonly plainText?: 'remember' | 'this_message';
  /** Somebody must look at it even though nothing can be mended by a setting. */
  readonly alert?: true;
}

const NOTHING_TO_DO = 'Nothing: the resident opens the conversation again by writing to the page.';
const WAIT =
  'Nothing: it is tried again by itself. If it lasts for an hour, look at the Zalo developer status.';
const REGRANT =
  'If it does not heal by itself, let an OA administrator grant the app again at /zalo/oauth/start.';
const PACKAGE = 'Check the package of the OA in OA Manager: Open API needs Tăng trưởng or Toàn diện.';
const BUG = 'A fault of this program: report it with the message id from the log.';

const TOKEN = { errorClass: 'token', code: 'zalo.token_rejected', cure: REGRANT } as const;

/** Code → what it is. The success code 0 is not an error and not in here. */
export const ZALO_ERRORS: ReadonlyMap<number, ZaloErrorEntry> = new Map<number, ZaloErrorEntry>([
  [-32, entry('rate_limit', 'zalo.rate_limited', 'the app or the page called too often this minute', WAIT)],
  [
    -100,
    entry('reupload', 'zalo.attachment_expired', 'the uploaded attachment is older than seven days', BUG),
  ],
  [-124, { ...TOKEN, meaning: 'access token invalid (ZBS host)' }],
  [-200, entry('retry', 'zalo.send_failed', 'Zalo could not send the message or take the media', WAIT)],
  [
    -201,
    {
      ...entry('permanent', 'zalo.invalid_field', 'a field of the request is invalid', BUG),
      plainText: 'this_message',
    },
  ],
  [-204, entry('human', 'zalo.oa_disabled', 'the OA is disabled', 'Ask Zalo why the OA is disabled.')],
  [
    -205,
    entry('human', 'zalo.oa_missing', 'the OA does not exist', 'Check ZALO_OA_ID and who granted the app.'),
  ],
  [
    -209,
    entry(
      'human',
      'zalo.app_inactive',
      'the app is not activated for this API',
      'Switch the app to "Đang hoạt động" on developers.zalo.me.',
    ),
  ],
  [-210, entry('permanent', 'zalo.too_long', 'a parameter is over its limit, such as 2000 characters', BUG)],
  [-211, entry('quota', 'zalo.quota_used_up', 'the page is out of quota', PACKAGE)],
  [
    -212,
    entry(
      'human',
      'zalo.permission_missing',
      'the app has not registered this API',
      'Add the permission group to the app and let an OA administrator grant it again.',
    ),
  ],
  [-213, entry('window', 'zalo.not_following', 'the resident does not follow the page', NOTHING_TO_DO)],
  [-214, entry('retry', 'zalo.article_processing', 'the article is still being processed', WAIT)],
  [-216, { ...TOKEN, meaning: 'access token invalid or expired' }],
  [-217, entry('window', 'zalo.invitation_blocked', 'the resident blocked invitations', NOTHING_TO_DO)],
  [
    -218,
    entry('window', 'zalo.receive_quota', 'the resident has received as much as allowed', NOTHING_TO_DO),
  ],
  [
    -219,
    entry(
      'human',
      'zalo.app_removed',
      'the app is removed or disabled',
      'Look at the app on developers.zalo.me, then grant it again at /zalo/oauth/start.',
    ),
  ],
  [-220, { ...TOKEN, meaning: 'access token expired or removed' }],
  [
    -221,
    entry('human', 'zalo.oa_unverified', 'the OA must be verified', 'Have the OA verified in OA Manager.'),
  ],
  [
    -223,
    entry(
      'human',
      'zalo.not_authorised',
      'the OA has not authorised this API',
      'Let an OA administrator grant the app again at /zalo/oauth/start with this permission ticked.',
    ),
  ],
  [
    -224,
    {
      ...entry('human', 'zalo.package_too_low', 'the OA needs a higher package for this', PACKAGE),
      plainText: 'remember',
    },
  ],
  [-227, entry('window', 'zalo.user_inactive', 'the resident is banned or away for 45 days', NOTHING_TO_DO)],
  [-230, entry('window', 'zalo.outside_window', 'no interaction in the past seven days', NOTHING_TO_DO)],
  [-232, entry('window', 'zalo.outside_window', 'no interaction, or the last one expired', NOTHING_TO_DO)],
  [
    -233,
    {
      ...entry('template_unsupported', 'zalo.message_type_unsupported', 'this message type is refused', BUG),
      plainText: 'remember',
    },
  ],
  [-234, entry('night', 'zalo.night', 'this message may not be sent from 22:00 to 06:00', WAIT)],
  [
    -235,
    entry(
      'switch_generation',
      'zalo.generation_refused',
      'this API is not for this type of OA (government pages use v2)',
      'Set ZALO_OA_GENERATION to auto or v2.',
    ),
  ],
  [-237, entry('human', 'zalo.group_disabled', 'the group is disabled', 'Renew the group in OA Manager.')],
  [-238, entry('human', 'zalo.asset_used', 'the group asset is already used', 'Choose a free group asset.')],
  [
    -240,
    entry(
      'switch_generation',
      'zalo.generation_refused',
      'the v2 message API is shut down for this OA',
      'Set ZALO_OA_GENERATION to auto or v3.',
    ),
  ],
  [
    -241,
    entry('human', 'zalo.asset_used', 'the group asset is used or disabled', 'Choose a free group asset.'),
  ],
  [
    -242,
    entry(
      'human',
      'zalo.appsecret_proof',
      'the appsecret_proof header is wrong',
      'Check that ZALO_APP_SECRET is the secret of the app ZALO_APP_ID.',
    ),
  ],
  [-244, entry('window', 'zalo.restricted_by_user', 'the resident restricted such messages', NOTHING_TO_DO)],
  [
    -248,
    {
      ...entry(
        'permanent',
        'zalo.policy_violation',
        'the content violates the platform standards',
        'Read go.zalo.me/oa-policy and take the wording out before the OA is punished.',
      ),
      alert: true,
    },
  ],
  [-249, entry('permanent', 'zalo.template_not_by_uid', 'the template cannot be sent by user id', BUG)],
  [
    -320,
    entry('human', 'zalo.cloud_account', 'the app needs a Zalo Cloud Account', 'Link the app to a ZCA.'),
  ],
  [-321, entry('human', 'zalo.out_of_money', 'the Zalo Cloud Account is out of money', 'Top up the ZCA.')],
  [-401, { ...TOKEN, meaning: 'access token refused (reported variant)' }],
  [-403, entry('human', 'zalo.not_in_group', 'the OA is not in the group', 'Add the OA to the group again.')],
  [-1340, entry('permanent', 'zalo.form_missing', 'the form does not exist', BUG)],
  [-1341, entry('permanent', 'zalo.form_forbidden', 'no access to the form', BUG)],
  [216, { ...TOKEN, meaning: 'access token invalid (positive variant)' }],
  [401, { ...TOKEN, meaning: 'access token refused (positive variant)' }],
  [404, entry('permanent', 'zalo.path_unknown', 'the API path is empty or invalid', BUG)],
]);

/** -223 means two things; its message tells them apart. */
const ARTICLE_QUOTA: ZaloErrorEntry = entry(
  'quota',
  'zalo.article_quota',
  'the quota of articles is used up',
  'Wait for the next period, or raise the package of the OA.',
);

/** Zalo did say no, so nothing was delivered; a few tries and then the dead letters are the safe middle. */
export const UNLISTED_ERROR: ZaloErrorEntry = entry(
  'retry',
  'zalo.unlisted',
  'a code that is not in the documentation',
  'Look the code up in the Zalo OA error code page and add it to the table.',
);

/**
 * What a refusal by Zalo means. `zaloCode` may be anything the body held; `message` is needed only where one code
 * has two meanings.
 */
export function findZaloError(zaloCode: number | string, message = ''): ZaloErrorEntry {
  const code = Number(zaloCode);
  if (code === -223 && /article/i.test(message)) return ARTICLE_QUOTA;
  return ZALO_ERRORS.get(code) ?? UNLISTED_ERROR;
}

function entry(errorClass: ZaloErrorClass, code: string, meaning: string, cure: string): ZaloErrorEntry {
  return { errorClass, code, meaning, cure };
}
