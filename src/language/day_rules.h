/*
 * Which of the days that a text speaks of an intent may mean, and which of them the words around speak for
 * most: by rules, an object for each kind of intent. Where there is a model, day_choice.h has the last word.
 */
#ifndef RELANCE_LANGUAGE_DAY_RULES_H
#define RELANCE_LANGUAGE_DAY_RULES_H

#include "base/base.h"
#include "language/dates.h"
#include "language/fields.h"

/* What DATE would mean as the day of such an intent; DATE_NONE where it cannot be that. */
date_t promise_day_of(const struct analysis *analysis, const struct date_found *date);
date_t paid_day_of(const struct analysis *analysis, const struct date_found *date);
/* The first day back: DATE, or the working day after the last day away. */
date_t absence_day_of(const struct analysis *analysis, const struct date_found *date);
/* How much the words around DATE speak for it; below 40. */
int absence_day_weigh(const struct analysis *analysis, const struct date_found *date);
date_t remittance_day_of(const struct analysis *analysis, const struct date_found *date);

/* The day of the text that suits such an intent most; NULL for none. */
const struct date_found *promise_day_by_rules(const struct analysis *analysis);
const struct date_found *paid_day_by_rules(const struct analysis *analysis);
const struct date_found *absence_day_by_rules(const struct analysis *analysis);
const struct date_found *remittance_day_by_rules(const struct analysis *analysis);

/* How well a day suits a promise; negative: not at all. TERMS: the end of a time of credit is one, too. */
int promise_day_weigh(const struct analysis *analysis, const struct date_found *date, bool terms);
/* "in the first days of April, by the 6th", "in two weeks, on Friday 3": the day that says DATE better; NULL
 * for none. */
const struct date_found *promise_day_said_better(
    const struct analysis *analysis, const struct date_found *date);

/* How likely DATE is the day of payment: above PAID_DAY_NEUTRAL where its words say so. -1: it is no past
 * day. */
#define PAID_DAY_NEUTRAL 10
int paid_day_weigh(const struct analysis *analysis, const struct date_found *date);
/* The day of a remittance, or the first day back, that stands in the subject of an automatic mail, for one
 * whose text has none; DATE_NONE for none. */
date_t subject_day(const struct analysis *analysis, enum intent_kind kind);

#endif
