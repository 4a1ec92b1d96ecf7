/*
 * Amounts, dates and numbers as they are written in the customer's language. Pure; languages: fr en de es it
 * nl, anything else is written as English. Where a country writes a language in a way of its own it is named
 * by a tag: de-CH.
 */
#ifndef RELANCE_DUNNING_NOTATION_H
#define RELANCE_DUNNING_NOTATION_H

#include "base/base.h"
#include "base/buffer.h"
#include "base/date.h"
#include "base/money.h"

/* How LANGUAGE is written in COUNTRY (ISO 3166-1, may be NULL): "de-CH" where that differs, else LANGUAGE. */
const char *notation_tag(const char *language, const char *country);
/* "CHF 1’188.00" (de-CH fr-CH it-CH), "1 188,00 €" (fr, with no-break spaces), "€1,188.00" (en), "1.188,00 €"
 * (de es it), "€ 1.188,00" (nl); a currency without sign of its own is named by its code: "1 188,00 CHF".
 * Appends. */
void notation_money(struct buffer *text, struct money amount, const char *language);
/* "31 mars 2026", "1er mars 2026", "31 March 2026", "31. März 2026", "31 de marzo de 2026", "1º marzo 2026",
 * … */
void notation_date(struct buffer *text, date_t date, const char *language);
/* For tables: 31/03/2026, 31 Mar 2026, 31.03.2026, 31-03-2026. */
void notation_short_date(struct buffer *text, date_t date, const char *language);
/* "12,40 %" (fr de es nl), "12.40%" (en), "12,40%" (it); RATE in thousandths of a percent. */
void notation_percent(struct buffer *text, int rate, const char *language);
/* An IBAN in groups of four. */
void notation_iban(struct buffer *text, const char *iban);

#endif
