/*
 * The Vietnamese numbering plan, as far as a resident's own number needs it: mobiles have ten digits beginning with
 * 03, 05, 07, 08 or 09, landlines eleven beginning with 02.
 */
const MOBILE = /^0[35789]\d{8}$/;
const LANDLINE = /^02\d{9}$/;
const OLD_MOBILE = /^01\d{9}$/;

/**
 * Mobile prefixes of the eleven-digit numbers and what they became on 15 September 2018 (renumbering by the Ministry of
 * Information and Communications). People still give the number they learned by heart.
 */
const NEW_PREFIX: Readonly<Record<string, string>> = {
  '0162': '032',
  '0163': '033',
  '0164': '034',
  '0165': '035',
  '0166': '036',
  '0167': '037',
  '0168': '038',
  '0169': '039',
  '0120': '070',
  '0121': '079',
  '0122': '077',
  '0126': '076',
  '0128': '078',
  '0123': '083',
  '0124': '084',
  '0125': '085',
  '0127': '081',
  '0129': '082',
  '0186': '056',
  '0188': '058',
  '0199': '059',
};
const OLD_PREFIX_DIGITS = 4;

/**
 * The number these digits are, as it is dialled within the country, or undefined. Takes the country code (84, 0084)
 * with or without the 0 behind it, and mobile numbers from before 2018. Ten digits for a mobile, eleven for a landline.
 */
export function toNationalNumber(digits: string): string | undefined {
  const national = withoutCountryCode(digits);
  if (MOBILE.test(national) || LANDLINE.test(national)) return national;
  const prefix = OLD_MOBILE.test(national) ? NEW_PREFIX[national.slice(0, OLD_PREFIX_DIGITS)] : undefined;
  return prefix === undefined ? undefined : prefix + national.slice(OLD_PREFIX_DIGITS);
}

function withoutCountryCode(digits: string): string {
  const rest = /^(?:00)?84(\d{9,11})$/.exec(digits)?.[1];
  if (rest === undefined) return digits;
  return rest.startsWith('0') ? rest : `0${rest}`;
}
