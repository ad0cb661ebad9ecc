/** What an answer of Zalo's token endpoint means to an operator. Not documented by Zalo; from reports of other OAs. */
export interface OauthRefusal {
  readonly meaning: string;
  readonly cure: string;
}

const REGRANT =
  'An OA administrator must grant the app again at /zalo/oauth/start; nothing can be sent when the access token expires.';
const APP =
  'Check that ZALO_APP_ID and ZALO_APP_SECRET belong together and that the app is "Đang hoạt động".';

export const OAUTH_REFUSALS: ReadonlyMap<string, OauthRefusal> = new Map([
  ['-14014', { meaning: 'the refresh token was used before, has expired or is unknown', cure: REGRANT }],
  [
    '-14003',
    {
      meaning: 'the redirect address differs from the app or its domain is not verified',
      cure: 'Make "Official Account Callback Url" equal to PUBLIC_URL/zalo/oauth/callback and verify the domain.',
    },
  ],
  ['-14002', { meaning: 'the app id is wrong or the app is not active', cure: APP }],
  ['-14012', { meaning: 'the app lacks a permission or is not the owner', cure: APP }],
  ['-14024', { meaning: 'the app lacks a permission or is not the owner', cure: APP }],
  ['-118', { meaning: 'the code or refresh token is not valid', cure: REGRANT }],
  ['empty_answer', { meaning: 'nothing was answered, as for a refresh token used before', cure: REGRANT }],
  ['404', { meaning: 'the address is not that of the token endpoint', cure: 'Check ZALO_OAUTH_URL.' }],
]);

const UNLISTED: OauthRefusal = {
  meaning: 'a refusal that is not documented',
  cure: `${APP} If they are right: ${REGRANT}`,
};

const NO_ANSWER: OauthRefusal = {
  meaning: 'no trustworthy answer came back, so the refresh token may or may not be used up',
  cure: `It is tried again by itself. If it fails again: ${REGRANT}`,
};

/** Meaning and cure of the code of a refused exchange. */
export function findOauthRefusal(code: string): OauthRefusal {
  if (code.startsWith('no_answer')) return NO_ANSWER;
  return OAUTH_REFUSALS.get(code) ?? UNLISTED;
}
