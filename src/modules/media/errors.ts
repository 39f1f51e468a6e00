import { defineProblem } from '#platform/errors.ts';

export const notAPicture = defineProblem({
  code: 'not_a_picture',
  status: 422,
  title: { en: 'Send a JPEG, PNG or WebP picture', ru: 'Пришлите картинку в JPEG, PNG или WebP' },
});
export const brokenPicture = defineProblem({
  code: 'broken_picture',
  status: 422,
  title: { en: 'The picture is damaged', ru: 'Картинка повреждена' },
});
export const pictureTooLarge = defineProblem({
  code: 'picture_too_large',
  status: 422,
  title: { en: 'The picture has too many pixels', ru: 'В картинке слишком много пикселей' },
});
export const notAVoiceNote = defineProblem({
  code: 'not_a_voice_note',
  status: 422,
  title: {
    en: 'Send a voice note as AAC in M4A, or as Opus in Ogg, WebM or CAF',
    ru: 'Пришлите голосовое сообщение как AAC в M4A или как Opus в Ogg, WebM или CAF',
  },
});
export const fileRefused = defineProblem({
  code: 'file_refused',
  status: 422,
  title: {
    en: 'Programs and web pages are not taken; put them into an archive',
    ru: 'Программы и веб-страницы не принимаются; упакуйте их в архив',
  },
});
export const uploadSizeDiffers = defineProblem({
  code: 'upload_size_differs',
  status: 422,
  title: {
    en: 'The upload is not as long as its ticket says',
    ru: 'Размер загрузки не тот, что указан при её начале',
  },
});
export const uploadTaken = defineProblem({
  code: 'upload_taken',
  status: 409,
  title: {
    en: 'Other bytes were uploaded here: begin a new upload',
    ru: 'Сюда уже загружены другие данные: начните новую загрузку',
  },
});
export const uploadEnded = defineProblem({
  code: 'upload_ended',
  status: 410,
  title: { en: 'This upload has ended: begin a new one', ru: 'Время этой загрузки вышло: начните новую' },
});
export const mediaQuotaReached = defineProblem({
  code: 'media_quota_reached',
  status: 429,
  title: { en: 'Too many uploads today', ru: 'Слишком много загрузок за сегодня' },
});
export const mediaNotFound = defineProblem({
  code: 'media_not_found',
  status: 404,
  title: { en: 'There is no such file', ru: 'Такого файла нет' },
});
export const fileNotFound = defineProblem({
  code: 'file_not_found',
  status: 404,
  title: { en: 'There is no such file, or the link has ended', ru: 'Такого файла нет, или ссылка устарела' },
});
export const rangeNotSatisfiable = defineProblem({
  code: 'range_not_satisfiable',
  status: 416,
  title: { en: 'The file is not that long', ru: 'Файл короче' },
});
