#include "base/base.h"
#include "mail/authentication_results.h"

/*
 * The value without comments and quotes, blanks as single spaces; NULL where a comment or quote does not
 * end.
 */
static char *strip_comments(const char *value)
{
	GString *plain = g_string_new(NULL);
	int depth = 0;
	bool quoted = false;
	for (const char *at = value; *at; at++) {
		if (*at == '\\' && at[1] && (quoted || depth)) {
			at++;
			if (!depth)
				g_string_append_c(plain, *at);
		} else if (*at == '"' && !depth) {
			quoted = !quoted;
		} else if (!quoted && *at == '(') {
			depth++;
		} else if (!quoted && *at == ')' && depth) {
			depth--;
		} else if (!depth) {
			/* A separator within quotes must not separate. */
			bool blank = g_ascii_isspace(*at) || (quoted && (*at == ';' || *at == '='));
			if (!blank || (plain->len && plain->str[plain->len - 1] != ' '))
				g_string_append_c(plain, blank ? ' ' : *at);
		}
	}
	bool sound = !depth && !quoted;
	char *text = g_string_free(plain, !sound);
	return sound ? text : NULL;
}

static bool is_within(const char *domain, const char *parent)
{
	size_t length = strlen(domain), parent_length = strlen(parent);
	return length > parent_length && domain[length - parent_length - 1] == '.' &&
	       !g_ascii_strcasecmp(domain + length - parent_length, parent) && strchr(parent, '.');
}

static bool is_aligned(const char *domain, const char *signer)
{
	return !g_ascii_strcasecmp(domain, signer) || is_within(domain, signer) || is_within(signer, domain);
}

/* The domain of a property's value: "@mail.example", "user@mail.example" or "mail.example". */
static const char *domain_of(const char *value)
{
	const char *at = strrchr(value, '@');
	return at ? at + 1 : value;
}

/* One result, "dkim=pass header.d=example.org". */
static bool result_passes(const char *result, const char *domain)
{
	static const struct {
		const char *verdict;
		const char *properties[3];
	} methods[] = {
	    {"dmarc=pass", {"header.from=", NULL}},
	    {"dkim=pass", {"header.d=", "header.i=", NULL}},
	};
	bool passes = false;
	g_auto(GStrv) words = g_strsplit(result, " ", -1);
	size_t method = 0;
	bool has_verdict = false;
	for (int i = 0; words[i]; i++) {
		for (size_t m = 0; !has_verdict && m < ARRAY_LENGTH(methods); m++)
			if (!g_ascii_strcasecmp(words[i], methods[m].verdict)) {
				method = m;
				has_verdict = true;
			}
		for (int p = 0; has_verdict && methods[method].properties[p]; p++) {
			size_t length = strlen(methods[method].properties[p]);
			if (!g_ascii_strncasecmp(words[i], methods[method].properties[p], length))
				passes = passes || is_aligned(domain, domain_of(words[i] + length));
		}
	}
	return passes;
}

/* DMARC's own verdict stands against a signature that is aligned only loosely. */
static bool is_refused(const char *result)
{
	g_auto(GStrv) words = g_strsplit(result, " ", -1);
	for (int i = 0; words[i]; i++)
		if (!g_ascii_strcasecmp(words[i], "dmarc=fail"))
			return true;
	return false;
}

bool authentication_passed(const GPtrArray *values, const struct text_list *authserv_ids, const char *domain)
{
	if (!values->len || !authserv_ids->count || !domain || !*domain)
		return false;
	g_autofree char *plain = strip_comments(values->pdata[0]);
	if (!plain)
		return false;
	g_auto(GStrv) parts = g_strsplit(plain, ";", -1);
	if (!parts[0])
		return false;
	/* "authserv-id [version]" */
	g_auto(GStrv) head = g_strsplit(g_strstrip(parts[0]), " ", 2);
	if (!head[0] || !text_list_has(authserv_ids, head[0]))
		return false;
	bool passed = false;
	for (int i = 1; parts[i]; i++) {
		if (is_refused(parts[i]))
			return false;
		passed = passed || result_passes(parts[i], domain);
	}
	return passed;
}
