/** The version of the terms in force; `GET /v1/meta` tells it. */
export const TERMS_VERSION = '2026-11-01';
