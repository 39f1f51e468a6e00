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
export const mediaQuotaReached = defineProblem({
  code: 'media_quota_reached',
  status: 429,
  title: { en: 'Too many uploads today', ru: 'Слишком много загрузок за сегодня' },
});
export const fileNotFound = defineProblem({
  code: 'file_not_found',
  status: 404,
  title: { en: 'There is no such file, or the link has ended', ru: 'Такого файла нет, или ссылка устарела' },
});
