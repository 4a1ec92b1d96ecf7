/*
 * What a mail says about accounts: whether it announces that bank details have changed (the commonest fraud
 * with invoices), and which account numbers stand in it. Nothing of it is ever used to pay or to be paid;
 * people are told.
 */
#ifndef RELANCE_LANGUAGE_BANK_H
#define RELANCE_LANGUAGE_BANK_H

#include "base/base.h"
#include "language/stream.h"

/* Account numbers that are listed of one mail at most. */
#define BANK_IBANS_MOST 20

/* The words by which STREAM speaks of changed bank details (g_free), by the classes BANK-CHANGE,
 * BANK-CHANGE-WHAT and BANK-CHANGE-HOW of the lexicons; NULL where it does not. */
char *bank_change_find(const struct stream *stream);
/* The valid IBANs in TEXT, each once, without blanks: of char *. */
GPtrArray *bank_ibans(const char *text, size_t length);

#endif
