/**
 * What the keys in `source.keys` of a card stand for, for whoever reviews the card. Read September to November
 * 2026; nearly all are secondary sources, which is why no card ships as reviewed. Residents see `source.text`.
 */
export const SOURCE_REGISTER: Readonly<Record<string, string>> = {
  P0: 'Press and law look-up pages on procedures; links of single items were not kept',
  P1: 'A public list of national procedure codes kept by a third party',
  P2: "Another ward's public guidance pages (times and fees; its codes are wrong in places)",
  P3: 'A public question-and-answer collection that cites laws and portals',
  P4: 'Procedure pages of the Ministry of Public Security, copy of 5 September 2026',
  P5: "A commune police station's guidance on residence and vehicles",
  P6: 'Decision 5230/QĐ-BCA-C06 (September 2026) on identity cards',
  P7: 'Public form templates for disability certificates',
  C1: 'Decree 20/2008/NĐ-CP on feedback about regulations',
  C2: 'Decision 1207/QĐ-UBND (Hà Nội, 2025) on feedback from residents',
  V: 'Press articles and a VNeID handbook for residents; links of single items were not kept',
  V1: 'Procedure pages of the Ministry of Public Security, copy of 5 September 2026',
  V2: 'Registration guide of vneid.gov.vn, read through a public question-and-answer collection',
  V3: "A commune police station's guidance on VNeID",
};
