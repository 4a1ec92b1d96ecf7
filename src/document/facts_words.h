/* The words between a label and its value: which of them change nothing of what the label means. */
#ifndef RELANCE_DOCUMENT_FACTS_WORDS_H
#define RELANCE_DOCUMENT_FACTS_WORDS_H

#include "base/base.h"
#include "document/facts.h"

/* The first token that begins at the byte OFFSET or behind it. */
guint facts_token_at(const struct tokens *tokens, guint offset);
/* Whether only fillers stand among the tokens [FIRST, END). */
bool facts_only_fillers(const struct tokens *tokens, guint first, guint end);
/* The same, a date among them: "Amount due by 19 January 2026". */
bool facts_only_fillers_and_dates(const struct cell_facts *cell, guint first, guint end);
/* The same from the token FIRST to the end of the cell, with labels of a day to pay by: "exigible le 01/04".
 */
bool facts_only_words_of_days(const struct cell_facts *cell, guint first);
/* "Zu zahlen bis 10.04.2026 | 11.900,00": a label of days that says of the amount beside it what it is. */
bool facts_names_payable(const struct tokens *tokens);
/* Whether an open bracket stands before OFFSET. */
bool facts_is_bracketed(const char *text, guint offset);
/* "Total (incl. £9.00 VAT)", "Abschläge (12 x 130,00)": what stands in brackets behind a word or a factor
 * says something else. */
bool facts_is_in_brackets(const char *text, guint offset);

#endif
