#include "base/base.h"
#include "store/rows_party.h"

static const struct column customer_columns[] = {
    ROW_COLUMN(struct customer, INTEGER, id),
    ROW_COLUMN(struct customer, TEXT, company),
    ROW_COLUMN(struct customer, TEXT, name),
    ROW_COLUMN(struct customer, TEXT, kind),
    ROW_COLUMN(struct customer, TEXT, language),
    ROW_COLUMN(struct customer, TEXT, country),
    ROW_COLUMN(struct customer, TEXT, region),
    ROW_COLUMN(struct customer, TEXT, ladder),
    ROW_COLUMN(struct customer, TEXT, state),
    ROW_COLUMN(struct customer, TEXT, legal_id),
    ROW_COLUMN(struct customer, TEXT, vat_id),
    ROW_COLUMN(struct customer, TEXT, domain),
    ROW_COLUMN(struct customer, TEXT, reference),
    ROW_COLUMN(struct customer, TEXT, address),
    ROW_COLUMN(struct customer, TEXT, phone),
    ROW_COLUMN(struct customer, DATE, insolvent_on),
};
const struct table customer_table = ROW_TABLE("customer", struct customer, customer_columns);

static const struct column contact_columns[] = {
    ROW_COLUMN(struct contact, INTEGER, id),
    ROW_COLUMN(struct contact, ID, customer),
    ROW_COLUMN(struct contact, TEXT, address),
    ROW_COLUMN(struct contact, TEXT, name),
    ROW_COLUMN(struct contact, TEXT, role),
    ROW_COLUMN(struct contact, TEXT, state),
    ROW_COLUMN(struct contact, TEXT, reason),
    ROW_COLUMN(struct contact, INTEGER, answered_at),
};
const struct table contact_table = ROW_TABLE("contact", struct contact, contact_columns);

bool customer_get(
    struct store *store, int64_t id, struct customer *customer, bool *found, struct error *error)
{
	return row_get(store, &customer_table, id, customer, found, error);
}

bool customer_of_reference(struct store *store, const char *company, const char *reference,
    struct customer *customer, bool *found, struct error *error)
{
	return row_select(store, &customer_table, customer, found, error,
	    "WHERE company = $1 AND reference = $2 ORDER BY id LIMIT 1", "tt", company, reference);
}

bool customer_of_name(struct store *store, const char *company, const char *name, struct customer *customer,
    bool *found, struct error *error)
{
	if (!row_select(store, &customer_table, customer, found, error,
		"WHERE (CAST($1 AS TEXT) IS NULL OR company = $1)"
		" AND (lower(name) = lower($2) OR lower(reference) = lower($2) OR domain = lower($2)) ORDER "
		"BY id LIMIT 1",
		"tt", company, name))
		return false;
	if (*found)
		return true;
	GPtrArray *rows = rows_select(store, &customer_table, error,
	    "WHERE (CAST($1 AS TEXT) IS NULL OR company = $1)"
	    " AND lower(substr(name, 1, length($2))) = lower($2) ORDER BY id LIMIT 2",
	    "tt", company, name);
	if (!rows)
		return false;
	*found = rows->len == 1;
	if (*found) {
		*customer = *(struct customer *)rows->pdata[0];
		g_free(rows->pdata[0]);
		g_ptr_array_free(rows, TRUE);
	} else {
		rows_free(&customer_table, rows);
	}
	return true;
}

bool customer_of_address(struct store *store, const char *company, const char *address,
    struct customer *customer, bool *found, struct error *error)
{
	g_autofree char *lower = g_ascii_strdown(address, -1);
	if (!row_select(store, &customer_table, customer, found, error,
		"WHERE id IN (SELECT customer FROM contact WHERE address = $2)"
		" AND (CAST($1 AS TEXT) IS NULL OR company = $1) ORDER BY id LIMIT 1",
		"tt", company, lower))
		return false;
	const char *at = strrchr(lower, '@');
	if (*found || !at)
		return true;
	return row_select(store, &customer_table, customer, found, error,
	    "WHERE domain = $2 AND (CAST($1 AS TEXT) IS NULL OR company = $1) ORDER BY id LIMIT 1", "tt",
	    company, at + 1);
}

GPtrArray *customer_list_of_address(struct store *store, const char *address, struct error *error)
{
	g_autofree char *lower = g_ascii_strdown(address, -1);
	const char *at = strrchr(lower, '@');
	return rows_select(store, &customer_table, error,
	    "WHERE id IN (SELECT customer FROM contact WHERE address = $1 UNION"
	    " SELECT id FROM customer WHERE domain = $2) ORDER BY id LIMIT $3",
	    "tti", lower, at ? at + 1 : NULL, (int64_t)CUSTOMER_MOST_OF_ADDRESS);
}

bool customer_of_vat_id(struct store *store, const char *company, const char *vat_id,
    struct customer *customer, bool *found, struct error *error)
{
	return row_select(store, &customer_table, customer, found, error,
	    "WHERE company = $1 AND vat_id = $2 ORDER BY id LIMIT 1", "tt", company, vat_id);
}

GPtrArray *customer_list(struct store *store, const char *company, struct error *error)
{
	return rows_select(store, &customer_table, error,
	    "WHERE (CAST($1 AS TEXT) IS NULL OR company = $1) ORDER BY lower(name), id", "t", company);
}

GPtrArray *contact_list(struct store *store, int64_t customer, struct error *error)
{
	return rows_select(
	    store, &contact_table, error, "WHERE customer = $1 ORDER BY answered_at DESC, id", "i", customer);
}

GPtrArray *contact_list_range(struct store *store, int64_t after, int64_t last, struct error *error)
{
	return rows_select(store, &contact_table, error,
	    "WHERE customer > $1 AND customer <= $2 ORDER BY customer, answered_at DESC, id", "ii", after,
	    last);
}

GPtrArray *customer_list_after(struct store *store, int64_t after, int64_t most, struct error *error)
{
	return rows_select(
	    store, &customer_table, error, "WHERE id > $1 ORDER BY id LIMIT $2", "ii", after, most);
}

bool contact_of_address(struct store *store, int64_t customer, const char *address, struct contact *contact,
    bool *found, struct error *error)
{
	g_autofree char *lower = g_ascii_strdown(address, -1);
	return row_select(store, &contact_table, contact, found, error,
	    "WHERE customer = $1 AND address = $2", "it", customer, lower);
}

GPtrArray *contact_list_of_address(struct store *store, const char *address, struct error *error)
{
	g_autofree char *lower = g_ascii_strdown(address, -1);
	return rows_select(store, &contact_table, error, "WHERE address = $1 ORDER BY id", "t", lower);
}
