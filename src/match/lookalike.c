#include "base/base.h"
#include "match/lookalike.h"

#include "store/rows_party.h"

/* Names are at most 253 bytes (RFC 1035, 2.3.4). */
#define NAME_MOST 254

/* Letters that are read for one another. */
static const struct {
	const char *seen, *meant;
} confusables[] = {
    {"rn", "m"}, {"vv", "w"}, {"cl", "d"}, {"0", "o"}, {"1", "l"}, {"i", "l"}, {"5", "s"}, {"-", ""}};

/* What a hurried reader takes NAME for; false where it is too long. */
static bool fold(const char *name, char folded[NAME_MOST])
{
	size_t length = 0;
	for (const char *at = name; *at;) {
		char small[2] = {g_ascii_tolower(at[0]), at[1] ? g_ascii_tolower(at[1]) : '\0'};
		size_t i = 0, size = 1;
		for (; i < ARRAY_LENGTH(confusables); i++) {
			size = strlen(confusables[i].seen);
			if (strncmp(small, confusables[i].seen, size) == 0)
				break;
		}
		const char *meant = i < ARRAY_LENGTH(confusables) ? confusables[i].meant : NULL;
		if (length + 1 >= NAME_MOST)
			return false;
		if (!meant)
			folded[length++] = small[0];
		else if (*meant)
			folded[length++] = *meant;
		at += meant ? size : 1;
	}
	folded[length] = '\0';
	return true;
}

/* How many letters must be put in, left out, replaced or swapped with their neighbour; MOST + 1 for more. */
static int distance(const char *a, const char *b, int most)
{
	size_t rows = strlen(a), columns = strlen(b);
	int before[NAME_MOST] = {0}, last[NAME_MOST], now[NAME_MOST] = {0};
	if ((rows > columns ? rows - columns : columns - rows) > (size_t)most)
		return most + 1;
	for (size_t j = 0; j <= columns; j++)
		last[j] = (int)j;
	for (size_t i = 1; i <= rows; i++) {
		now[0] = (int)i;
		for (size_t j = 1; j <= columns; j++) {
			now[j] = MIN(MIN(now[j - 1], last[j]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = MIN(now[j], before[j - 2] + 1);
		}
		memcpy(before, last, sizeof before);
		memcpy(last, now, sizeof last);
	}
	return last[columns];
}

/* "beaurivage.example" and "beaurivage.invalid": the name before the last point is the same. */
static bool has_same_name(const char *a, const char *b)
{
	const char *end_a = strrchr(a, '.'), *end_b = strrchr(b, '.');
	return end_a && end_b && end_a - a == end_b - b && end_a - a >= 5 &&
	       g_ascii_strncasecmp(a, b, (gsize)(end_a - a)) == 0;
}

static bool is_within(const char *domain, const char *real)
{
	size_t length = strlen(domain), tail = strlen(real);
	return length >= tail && g_ascii_strcasecmp(domain + length - tail, real) == 0 &&
	       (length == tail || domain[length - tail - 1] == '.');
}

bool domain_imitates(const char *domain, const char *real)
{
	char seen[NAME_MOST], meant[NAME_MOST];
	if (!domain || !real || !*domain || !*real || is_within(domain, real) || is_within(real, domain))
		return false;
	if (!fold(domain, seen) || !fold(real, meant))
		return false;
	const char *end = strrchr(meant, '.');
	size_t length = end ? (size_t)(end - meant) : strlen(meant);
	int most = length >= 12 ? 2 : length >= 6 ? 1 : 0;
	return strcmp(seen, meant) == 0 || has_same_name(domain, real) || distance(seen, meant, most) <= most;
}

bool lookalike_find(struct store *store, const struct company_config *company, int64_t customer,
    const char *address, char **imitated, struct error *error)
{
	const char *at = address ? strrchr(address, '@') : NULL;
	struct customer row;
	bool found;
	*imitated = NULL;
	for (size_t i = 0; at && company && i < company->domains.count; i++)
		if (!g_ascii_strcasecmp(at + 1, company->domains.items[i]))
			return true;
	for (size_t i = 0; at && company && !*imitated && i < company->domains.count; i++)
		if (domain_imitates(at + 1, company->domains.items[i]))
			*imitated = g_strdup(company->domains.items[i]);
	if (!at || *imitated)
		return true;
	if (!customer_get(store, customer, &row, &found, error))
		return false;
	if (!found)
		return true;
	if (domain_imitates(at + 1, row.domain))
		*imitated = g_strdup(row.domain);
	row_clear(&customer_table, &row);
	return true;
}
