/* What the model sees of a day: hashes of the words and classes around it, of how it is said, and of the days
 * beside it. */
#ifndef RELANCE_LANGUAGE_DAY_FEATURES_H
#define RELANCE_LANGUAGE_DAY_FEATURES_H

#include "base/base.h"
#include "language/dates.h"
#include "language/fields.h"

/* What is known of all days that are chosen from. */
struct day_field {
	const struct date_found *by_rules; /* what the rules chose; NULL for none */
	guint count;			   /* of days that may be meant */
	date_t earliest, latest;	   /* of them; DATE_NONE where there are none */
	int weight,
	    most; /* what the rules give the day at hand, and the most of all; 0 where they do not tell */
};

/* Of DATE, the INDEX'th of the field, which would mean DAY; of "no day" where DATE is NULL. An array of
 * uint32_t, sorted, each once; g_array_free. */
GArray *day_features(const struct analysis *analysis, const struct day_field *field,
    const struct date_found *date, guint index, date_t day);

#endif
