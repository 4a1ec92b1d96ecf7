/* What mails and letters may be about, at every place that they are written for: the tests of their words and
 * of their looks go through all of it. */
#ifndef RELANCE_TESTS_SCENES_H
#define RELANCE_TESTS_SCENES_H

#include "office.h"
#include "dunning/reminder.h"

/* A language as it is written in a country, by a company of it to a customer of it. */
struct place {
	const char *name, *language, *country, *currency;
	const char *address, *iban, *phone, *person;
	const char *customer, *customer_address;
};
extern const struct place places[];
extern const size_t place_count;
/* So many of them are the six languages in their own countries. */
#define HOME_PLACES 6

/* How much of what it is about. */
struct load {
	const char *name;
	int invoices;
	int64_t total;
	const char *due;      /* days late count up to 2026-03-02 */
	const char *currency; /* NULL: the place's */
	int reminded;	      /* how often it was written before */
	bool is_partly;	      /* a payment, a dispute, a credit note */
	const char *promise;  /* NULL: none; "partly", "broken" */
	const char *kind;     /* of customer; NULL: business */
	bool is_long;	      /* names and numbers */
	bool is_bare;	      /* no person, telephone, account, no date of issue: whatever may lack */
	bool is_settled;      /* all of it is paid */
};
extern const struct load loads[];
extern const size_t load_count;

extern const char *const steps[];
extern const size_t step_count;

struct scene {
	struct office office;
	struct desk desk;
	const struct place *place;
	const struct load *load;
	char *customer; /* its name */
	int64_t invoices[64];
};

/* CHANNEL "mail" or "letter": of all steps. */
void scene_start(
    struct scene *scene, const struct place *place, const struct load *load, const char *channel);
void scene_end(struct scene *scene);
/* Whether STEP can be written about the load: nothing formal where something is missing or settled. */
bool scene_has_step(const struct scene *scene, const char *step);
/* The day of STEP: a courtesy note comes before the due date. */
void scene_go_to(struct scene *scene, const char *step);
/* "de-CH-warning-partly" in g_free'd storage. */
char *scene_name(const struct scene *scene, const char *step);
/* Keeps what was made in the folder RELANCE_LOOK, where it is given, to be looked at. */
void scene_keep(const char *name, const char *kind, const void *bytes, size_t length);

#endif
