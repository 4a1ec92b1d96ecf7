/* Bodies of events: reading and writing the values that a JSON object holds. */
#ifndef RELANCE_LEDGER_BODY_H
#define RELANCE_LEDGER_BODY_H

#include "base/base.h"
#include "base/date.h"

#include <jansson.h>

/* NULL, DATE_NONE or 0 where the key is absent, null or of another type. Texts are borrowed from BODY. */
const char *body_text(const json_t *body, const char *key);
date_t body_date(const json_t *body, const char *key);
int64_t body_integer(const json_t *body, const char *key);
/* A decimal string in CURRENCY to minor units; FALLBACK where the key is null or absent. False: no such
 * amount. */
bool body_amount(const json_t *body, const char *key, const char *currency, int64_t fallback, int64_t *minor);

/* New references; null for NULL, DATE_NONE, and (json_amount_or_null) 0. */
json_t *json_text(const char *text);
json_t *json_date(date_t date);
json_t *json_amount(int64_t minor, const char *currency);
json_t *json_amount_or_null(int64_t minor, const char *currency);

#endif
