/* Customers and their contacts. Words: see the column comments; texts may be NULL unless they say "always".
 */
#ifndef RELANCE_STORE_ROWS_PARTY_H
#define RELANCE_STORE_ROWS_PARTY_H

#include "store/rows.h"

struct customer {
	int64_t id;
	char *company;	/* always: the title of the company block */
	char *name;	/* always */
	char *kind;	/* always: business, public, consumer */
	char *language; /* fr en de es it nl, or NULL: the company's */
	char *country;
	char *region;
	char *ladder; /* NULL: the company's */
	char *state;  /* always: normal, insolvent, legal */
	char *legal_id;
	char *vat_id;
	char *domain;	 /* the mail domain it was learnt from; NULL for public mail providers' */
	char *reference; /* the importing system's own key */
	char *address;
	char *phone;
	date_t insolvent_on; /* the day on which the opening of proceedings was published; DATE_NONE: not
				known */
};
extern const struct table customer_table;

struct contact {
	int64_t id;
	int64_t customer;
	char *address; /* always, lower case */
	char *name;
	char *role;  /* always: invoice (got one), answered, named (by a verified mail), copied, proposed,
			imported */
	char *state; /* always: good, bounced, left, replaced (by another address), proposed */
	char *reason;
	int64_t answered_at; /* instant of the last answer; 0: never */
};
extern const struct table contact_table;

/* FOUND false and CUSTOMER untouched where there is none. */
bool customer_get(
    struct store *store, int64_t id, struct customer *customer, bool *found, struct error *error);
bool customer_of_reference(struct store *store, const char *company, const char *reference,
    struct customer *customer, bool *found, struct error *error);
/* By exact name without case; then by a name that starts so, when it is the only one. COMPANY NULL: all. */
bool customer_of_name(struct store *store, const char *company, const char *name, struct customer *customer,
    bool *found, struct error *error);
/* The customer that has this contact address, or else whose domain it is. COMPANY NULL: all. */
bool customer_of_address(struct store *store, const char *company, const char *address,
    struct customer *customer, bool *found, struct error *error);
/* All that have this contact address or whose domain it is, of every company; at most so many. */
#define CUSTOMER_MOST_OF_ADDRESS 20
GPtrArray *customer_list_of_address(struct store *store, const char *address, struct error *error);
bool customer_of_vat_id(struct store *store, const char *company, const char *vat_id,
    struct customer *customer, bool *found, struct error *error);
GPtrArray *customer_list(struct store *store, const char *company, struct error *error);

/* The customers behind the id AFTER, up to MOST of them, by id. */
GPtrArray *customer_list_after(struct store *store, int64_t after, int64_t most, struct error *error);

GPtrArray *contact_list(struct store *store, int64_t customer, struct error *error);
/* Those of all customers with ids above AFTER up to LAST, a customer's together. */
GPtrArray *contact_list_range(struct store *store, int64_t after, int64_t last, struct error *error);
bool contact_of_address(struct store *store, int64_t customer, const char *address, struct contact *contact,
    bool *found, struct error *error);
/* All contacts with this address, of any customer. */
GPtrArray *contact_list_of_address(struct store *store, const char *address, struct error *error);

#endif
