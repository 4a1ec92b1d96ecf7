/* The words that a configuration value may be written in: "25MB", "09:00", "-3d", "5bd", "10min", "0660",
 * "0.9". */
#ifndef RELANCE_BASE_CONFIG_VALUE_H
#define RELANCE_BASE_CONFIG_VALUE_H

#include "base/base.h"

/* Each returns false, and leaves its result alone, on anything that is not wholly of its form. */

/* A whole number with an optional sign. */
bool value_integer(const char *text, int64_t *number);
/* Bytes: a number with B, kB, MB, GB (powers of 1000), KiB, MiB, GiB or nothing behind it. */
bool value_bytes(const char *text, int64_t *bytes);
/* Seconds: a number with s, min, h, d or nothing behind it. */
bool value_seconds(const char *text, int64_t *seconds);
/* Days: a number with d or nothing behind it. */
bool value_days(const char *text, int64_t *days);
/* Days from an anchor: "7d", "-3d", "+14d", or "5bd" of business days. */
bool value_offset(const char *text, int64_t *days, bool *business_days);
/* "09:00" as the second of the day; "24:00" is the end of it. */
bool value_time_of_day(const char *text, int64_t *second);
/* Permissions in octal, "0660" or "660". */
bool value_mode(const char *text, int64_t *mode);
/* A share between "0" and "1" with at most three digits after the point, in thousandths. */
bool value_thousandths(const char *text, int64_t *thousandths);
/* An amount without currency, digits and at most three after the point, in thousandths. */
bool value_amount(const char *text, int64_t *thousandths);
/* yes/no, on/off, true/false. */
bool value_switch(const char *text, int64_t *on);

/* Texts with a form of their own. */
bool value_is_text(const char *text); /* not empty, UTF-8, no control character */
bool value_is_text_or_empty(const char *text);
bool value_is_lines(const char *text);	 /* as text, newlines and emptiness allowed */
bool value_is_address(const char *text); /* local@domain, nothing around it */
bool value_is_mailbox(const char *text); /* local@domain or Name <local@domain> */
bool value_is_domain(const char *text);
bool value_is_network(const char *text); /* an IPv4 or IPv6 address, optionally with /BITS */
bool value_is_socket(const char *text);	 /* unix:/PATH, local:/PATH, inet:PORT@HOST, inet6:PORT@HOST */
bool value_is_path(const char *text);	 /* absolute */
bool value_is_path_or_empty(const char *text);
bool value_is_country(const char *text);  /* two capital letters */
bool value_is_region(const char *text);	  /* ISO 3166-2, "DE-BY", or empty */
bool value_is_currency(const char *text); /* ISO 4217 */
bool value_is_zone(const char *text);	  /* the form of a tz name; whether it exists is the host's to say */
bool value_is_iban(const char *text);	  /* as iban_is_valid(); spaces and small letters are allowed */
bool value_is_bic(const char *text);	  /* ISO 9362, or empty */
bool value_is_kind(const char *text);	  /* of customer: business, public, consumer */
bool value_is_language(const char *text); /* that mails are written in */
bool value_is_time_or_off(const char *text); /* HH:MM up to 23:59, or "off" */
bool value_is_name(const char *text); /* a-z, 0-9 and hyphens, as file names of templates are made of it */

#endif
