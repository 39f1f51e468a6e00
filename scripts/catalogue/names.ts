const foreignLetter = /[^\p{Script=Latin}\P{L}]/u;

/** A shop's title as players read it: no trademark signs, no doubled or foreign spaces, no second title in another script. */
export function cleanName(title: string): string {
  const cleaned = title
    .replace(/[™®©]/g, '')
    .replace(/\((?:English Ver\.|Beta|TCG|CCG|RPG|MMO)\)/gi, '')
    .replace(/\p{Extended_Pictographic}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  // Shop titles often carry the name twice: "Soul at Stake" beside its Chinese original. The Latin one is what people type.
  const latin = cleaned.split(foreignLetter).find((part) => /\p{L}{3}/u.test(part));
  return latin === undefined || latin === cleaned
    ? cleaned
    : latin.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}.!?)]+$/gu, '');
}

/** `Garry's Mod` → `garrys-mod`, at most 64 characters; empty when the name has letters that are not Latin. */
export function slugify(name: string): string {
  if (foreignLetter.test(name)) return '';
  return withoutMarks(name)
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replace(/^-+|-+$/g, '');
}

/** The key under which two names count as the same: letters and digits only, no case, no accents. */
export function foldName(name: string): string {
  return withoutMarks(name)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+]/gu, '');
}

function withoutMarks(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '');
}
