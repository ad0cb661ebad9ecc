/**
 * A word as it sounds where people write by ear: l for n, tr for ch, s for x, d and gi for r, ng for n, c for t, y for i.
 * Only for comparing: different words may share a sound. Takes and gives folded words.
 */
export function soundOf(folded: string): string {
  return folded
    .replace(/^(?:tr|ch)/, 'c')
    .replace(/^(?:s|x)/, 'x')
    .replace(/^(?:gi(?=[aeouy])|d|r|v|z)/, 'z')
    .replace(/^(?:ngh?|nh)/, 'g')
    .replace(/^(?:l|n)/, 'n')
    .replace(/^(?:qu|w)/, 'w')
    .replace(/^(?:k|c|q)/, 'c')
    .replace(/^gh/, 'g')
    .replace(/(?:ng|nh|n)$/, 'n')
    .replace(/(?:ch|c|t)$/, 't')
    .replaceAll('y', 'i')
    .replace(/(.)\1+/g, '$1');
}
