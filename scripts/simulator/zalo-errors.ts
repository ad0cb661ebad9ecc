/**
 * Zalo's error codes with its own messages, typing mistakes included.
 * Source: Zalo OA docs, error code page, read 2026-11-22.
 */
export const ZALO_ERRORS = {
  '-32': 'Your application / Your OA reached limit call api',
  '-100': 'attachment_id was expired',
  '-200': 'Send message failed',
  '-201': 'Params is invalid!',
  '-204': 'Offical Account is disable',
  '-205': 'Offical Account is not exist',
  '-209': 'Not supported this api',
  '-210': 'Parameter exceeds allowable limit',
  '-211': 'Out of quota',
  '-212': 'App has not registed this api',
  '-213': 'User has not followed OA',
  '-214': 'Article is being processed',
  '-216': 'Access token is invalid',
  '-217': 'User has blocked invitation from OA',
  '-218': 'Out of quota receive',
  '-219': 'App is removed or disabled',
  '-220': 'access_token is expired or removed',
  '-221': 'The OA needs to be verified to use this feature',
  '-223': 'Official Account has not authorized this API',
  '-224': 'The OA needs to upgrade OA Tier Package to use this feature',
  '-227': 'User is banned or has been inactive for more than 45 days',
  '-230': 'User has not interacted with the OA in the past 7 days',
  '-232': 'User has not interacted with the OA, or the last interaction has expired',
  '-233': 'message type is invalid or not support',
  '-234': 'This message cannot be sent at night (10:00PM - 6:00AM)',
  '-235': 'This API does not support this type of OA',
  '-237': 'The group is disabled',
  '-238': 'asset_id is already used',
  '-240': 'MessageV2 API has been shut down, please switch to MessageV3',
  '-241': 'asset_id is already used or disabled',
  '-242': 'Invalid appsecret_proof',
  '-244': 'User has restricted this message type from your OA',
  '-248': 'Violates our platform standards',
  '-249': 'Template does not support send via UID',
  '-320': 'Your app needs to connect with Zalo Cloud Account',
  '-321': 'Zalo Cloud Account is out of money',
  '-403': 'OA is not in group',
} as const;

export type ZaloErrorCode = keyof typeof ZALO_ERRORS;

/** What every API call answers; HTTP says 200 whatever `error` is. */
export interface ZaloAnswer {
  readonly error: number;
  readonly message: string;
  readonly data?: unknown;
}

/** A "no". `detail` replaces the general message where Zalo names the field. */
export function refusal(code: ZaloErrorCode, detail?: string): ZaloAnswer {
  return { error: Number(code), message: detail ?? ZALO_ERRORS[code] };
}

export function invalid(field: string): ZaloAnswer {
  return refusal('-201', `${field} is invalid!`);
}

export function success(data: unknown): ZaloAnswer {
  return { data, error: 0, message: 'Success' };
}

export function isZaloErrorCode(code: string): code is ZaloErrorCode {
  return Object.hasOwn(ZALO_ERRORS, code);
}

/** The body for a path or method that Zalo does not have. */
export const EMPTY_API: ZaloAnswer = {
  error: 404,
  message: 'You are accessing an empty or invalid API. Please check the API path and method.',
};
