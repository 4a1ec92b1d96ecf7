/* What was written to the customer before. */
#ifndef RELANCE_DUNNING_WRITTEN_H
#define RELANCE_DUNNING_WRITTEN_H

#include "dunning/reminder.h"

/* The days on which the leading invoice (of several due lines: those in the reminder) was asked for in
 * writing, each once, in order (of date_t): by mails that left, and by letters that were posted; thanks,
 * copies and agreements ask for nothing. g_array_unref; NULL with ERROR. */
GArray *written_days(const struct reminder *reminder, struct error *error);

#endif
