#include "unit.h"
#include "books.h"

#include <unistd.h>

void books_open(struct books *books)
{
	struct error error = {0};
	*books = (struct books){.folder = "/tmp/relance-books-XXXXXX"};
	assert_non_null(mkdtemp(books->folder));
	snprintf(books->path, sizeof books->path, "%s/relance.db", books->folder);
	books->store = store_open(books->path, STORE_CREATE, &error);
	if (!books->store)
		fail_msg("%s", error.text);
	ledger_init(&books->ledger, books->store, &books->config, "clerk", BOOKS_NOW, BOOKS_TODAY);
	assert_true(store_begin(books->store, &error));
}

void books_commit(struct books *books)
{
	struct error error = {0};
	if (!store_commit(books->store, &error) || !store_begin(books->store, &error))
		fail_msg("%s", error.text);
}

void books_close(struct books *books)
{
	ledger_clear(&books->ledger);
	store_close(books->store);
	static const char *const ends[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < ARRAY_LENGTH(ends); i++) {
		char path[128];
		snprintf(path, sizeof path, "%s%s", books->path, ends[i]);
		unlink(path);
	}
	rmdir(books->folder);
}

int64_t books_customer(struct books *books, const char *name, const char *domain)
{
	struct error error = {0};
	struct customer draft = {.company = (char *)"Le Goff",
	    .name = (char *)name,
	    .kind = (char *)"business",
	    .domain = (char *)domain};
	int64_t customer;
	g_autofree char *address = g_strdup_printf("compta@%s", domain);
	if (!act_open_customer(&books->ledger, &draft, &customer, &error) ||
	    !act_learn_contact(&books->ledger, customer, address, NULL, "invoice", &error))
		fail_msg("%s", error.text);
	return customer;
}

int64_t books_receivable(struct books *books, int64_t customer, const char *number, int64_t total,
    date_t issue_date, date_t due_date)
{
	struct error error = {0};
	struct receivable_draft draft = {.company = "Le Goff",
	    .customer = customer,
	    .number = number,
	    .kind = "invoice",
	    .issue_date = issue_date,
	    .due_date = due_date,
	    .currency = "EUR",
	    .total = total,
	    .open = INT64_MIN};
	int64_t receivable;
	bool opened;
	if (!act_open_receivable(&books->ledger, &draft, &receivable, &opened, &error))
		fail_msg("%s", error.text);
	assert_true(opened);
	return receivable;
}

struct receivable books_load(struct books *books, int64_t id)
{
	struct error error = {0};
	struct receivable receivable;
	bool found;
	if (!receivable_get(books->store, id, &receivable, &found, &error))
		fail_msg("%s", error.text);
	assert_true(found);
	return receivable;
}
