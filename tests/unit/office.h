/* Books with a configuration, a zone, a spool that says how much is unread, and a sendmail(1) that writes
 * down what it is given: what the tests of dunning need. */
#ifndef RELANCE_TESTS_OFFICE_H
#define RELANCE_TESTS_OFFICE_H

#include "books.h"
#include "dunning/plan.h"
#include "dunning/send.h"

struct office {
	struct books books;
	struct dunning_site site;
	struct zone *zone;
	int64_t unread;
	char mails[128]; /* the folder of sendmail: N.mail, N.arguments from 1 on */
};

/* MORE is configuration text behind a company "Le Goff" (France, French, sending = on). Monday 2026-03-02,
 * 10:00 in Paris; a transaction is open. */
void office_open(struct office *office, const char *more);
void office_close(struct office *office);
/* Moves the clock to HOUR of a day in Paris. */
void office_go(struct office *office, const char *day, int hour);
/* Plans what was touched, commits, starts the next transaction. */
void office_plan(struct office *office);
/* Commits, ticks until nothing is left to do at this moment, starts the next transaction. The ticks' sum. */
struct dunning_tick office_tick(struct office *office);
/* The planned action: "STEP DAY GUARD"; "none" where there is none. In static storage. */
const char *office_action(struct office *office, int64_t receivable);
/* How many mails sendmail was given; the N-th one and its arguments (free with free()). */
int office_mail_count(struct office *office);
char *office_mail(struct office *office, int number);
char *office_arguments(struct office *office, int number);
/* What sendmail does from now on: shell commands in place of "exit 0". */
void office_sendmail(struct office *office, const char *commands);
date_t day_of(const char *text);
/* An invoice that went out by mail with a document, to compta@ of the customer's domain. */
int64_t office_invoice(
    struct office *office, int64_t customer, const char *number, int64_t total, const char *due);

#endif
