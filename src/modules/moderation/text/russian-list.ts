/**
 * Russian words that do not belong into names, nor before strangers. Whole words and roots; how they are inflected,
 * prefixed and disguised is the matcher's business. Written by hand for this project; staff add to it by `text_rules`.
 */
export const russianRoots = words(`
  хуй хуя хую хуе хуи хуйн хуил схуя
  еба ебу ебо ебл ебн еби ебош ебет ебеш ебем ебен ебыр ебщ йоба йобн йобу
  бляд блят бляцк блеат блеад
  мудак мудач мудил мудоз
  пидор пидар пидр педрил педераст
  гандон гондон залуп шлюх шлюш шалав дроч минет
  жоп говн гавн сран срат срал
  херн херов херач херел херет херен херил ублюд
  трахат трахн трахал трахаю чмош мандавош
  жидовс жидяр хохляц москал кацап чурк пиндос ниггер нигга
`);

/** In whatever word they stand. */
export const russianAnywhere = words('пизд пезд пизж черножоп узкоглаз хуесос долбоеб долбаеб');

export const russianWords = words(`
  еб уеб выеб заеб наеб отъеб разъеб подъеб объеб проеб съеб доеб долбоеб долбаеб мозгоеб
  бля блэт блет мля хули хуле нах пох нахуя
  сука суки суку суке сукой сучка сучки сучку сучара сучары сукин
  хер хера херу хером нахер похер нихера дохера
  манда манду манды мандой чмо соси отсоси пососи педик педики педика
  жид жиды жидов жиду хач хачи хачей хачик хачики чурок хохлы хохлов хохлам хохлами
`);

/** Innocent words that the roots would meet. Most need none: a root counts at the start of a word or behind a prefix. */
export const russianExceptions = words(`
  страхуй страхую залупить насралл херенв дрочен командой
`);

/** Russian written in Latin letters by sound. */
export const translitRoots = words(`
  pizd pidor pidar pidr blyat blyad bliat bliad nahui nahuy nahuj pohui pohuy huesos huilo xuesos xuilo huyn
  mudak mudil gandon gondon dolboeb dolbaeb dolboyeb zaeb vyeb uebok uebis ebat ebal eblan shluh shalav zalup suchar
  xyesos xuyesos huyesos govn ohuen ohuel ahuel ahuet
`);

export const translitWords = words('suka suki suku cyka xuy xui huy blya blia eban ebany');

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
