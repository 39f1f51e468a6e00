/** Whether a text has something that leads elsewhere: `https://…`, `www.…`, or a name that ends like a site's. */
export function hasLink(text: string): boolean {
  return text.split(/\s/).some((chunk) => isLink(chunk.toLowerCase().slice(0, LONGEST)));
}

const LONGEST = 500;
const ENDINGS = new Set(
  'com net org info biz ru su рф by kz ua me gg io tv co app dev xyz site online top link club shop store ly to cc'.split(
    ' ',
  ),
);

function isLink(chunk: string): boolean {
  if (chunk.includes('://') || chunk.includes('www.')) return true;
  const [host = ''] = chunk.split(/[/?#:]/);
  const labels = host.split('.');
  return labels.some((label, i) => {
    const before = labels[i - 1] ?? '';
    // What stands behind the ending is punctuation, not a word.
    return before !== '' && /\p{L}$|\d$/u.test(before) && ENDINGS.has(label.replaceAll(/[^\p{L}\d]/gu, ''));
  });
}
