#include "base/base.h"
#include "relance/doctor.h"
#include "host/file.h"

/*
 * Sendmail, by its .cf: `O InputMailFilters` is the order, a line `Xname, S=…, F=…, T=…` each filter. A
 * filter without F=R or F=T counts as absent when it is away, which is what we want.
 */
struct filter {
	char *name, *socket, *flags, *timeouts; /* owned; "" where the line has none */
};

struct sendmail {
	struct doctor *doctor;
	GPtrArray *filters; /* of struct filter * */
	char **order;	    /* names; NULL: no such option */
};

static void free_filter(void *pointer)
{
	struct filter *filter = pointer;
	g_free(filter->name);
	g_free(filter->socket);
	g_free(filter->flags);
	g_free(filter->timeouts);
	g_free(filter);
}

/* "name, S=local:/path, F=, T=C:5s;S:5s" */
static struct filter *filter_of_line(const char *line)
{
	struct filter *filter = g_new0(struct filter, 1);
	char **parts = g_strsplit(line, ",", -1);
	for (char **part = parts; *part != NULL; part++) {
		const char *text = g_strstrip(*part);
		if (part == parts)
			filter->name = g_strdup(text);
		else if (g_str_has_prefix(text, "S=") && filter->socket == NULL)
			filter->socket = g_strdup(text + 2);
		else if (g_str_has_prefix(text, "F=") && filter->flags == NULL)
			filter->flags = g_strdup(text + 2);
		else if (g_str_has_prefix(text, "T=") && filter->timeouts == NULL)
			filter->timeouts = g_strdup(text + 2);
	}
	g_strfreev(parts);
	char **const texts[] = {&filter->name, &filter->socket, &filter->flags, &filter->timeouts};
	for (size_t i = 0; i < ARRAY_LENGTH(texts); i++)
		if (*texts[i] == NULL)
			*texts[i] = g_strdup("");
	return filter;
}

static char **names_of_list(const char *list)
{
	char **names = g_strsplit(list, ",", -1);
	for (char **name = names; *name != NULL; name++)
		g_strstrip(*name);
	if (*names != NULL && **names == '\0') {
		g_strfreev(names);
		return g_new0(char *, 1);
	}
	return names;
}

/* Lines that begin with a blank belong to the one before. */
static void read_cf(struct sendmail *sendmail, char *text)
{
	for (char *at = strchr(text, '\n'); at != NULL; at = strchr(at + 1, '\n'))
		if (at[1] == ' ' || at[1] == '\t')
			*at = ' ';
	char **lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		const char *option = *line + (g_str_has_prefix(*line, "O ") ? 2 : 0);
		if (**line == 'X')
			g_ptr_array_add(sendmail->filters, filter_of_line(*line + 1));
		else if (option != *line && g_str_has_prefix(option, "InputMailFilters")) {
			g_strfreev(sendmail->order);
			sendmail->order =
			    names_of_list(strchr(option, '=') != NULL ? strchr(option, '=') + 1 : "");
		}
	}
	g_strfreev(lines);
}

/* "unix:/path" and "local:/path" are the same to libmilter. */
static bool is_ours(const struct doctor *doctor, const struct filter *filter)
{
	const char *path = doctor_socket_path(doctor);
	const char *colon = strchr(filter->socket, ':');
	if (path == NULL || colon == NULL)
		return strcmp(filter->socket, doctor->session->config.socket) == 0;
	bool local = g_str_has_prefix(filter->socket, "local:") || g_str_has_prefix(filter->socket, "unix:");
	return local && strcmp(colon + 1, path) == 0;
}

static const struct filter *find_ours(const struct sendmail *sendmail)
{
	for (guint i = 0; i < sendmail->filters->len; i++)
		if (is_ours(sendmail->doctor, g_ptr_array_index(sendmail->filters, i)))
			return g_ptr_array_index(sendmail->filters, i);
	return NULL;
}

static char *right_line(const struct sendmail *sendmail)
{
	const char *path = doctor_socket_path(sendmail->doctor);
	return g_strdup_printf("INPUT_MAIL_FILTER(`relance', `S=%s%s, F=, T=C:%ds;S:%ds;R:%ds;E:%ds')dnl",
	    path != NULL ? "local:" : "", path != NULL ? path : sendmail->doctor->session->config.socket,
	    DOCTOR_CONNECT_SECONDS, DOCTOR_COMMAND_SECONDS, DOCTOR_COMMAND_SECONDS, DOCTOR_CONTENT_SECONDS);
}

static void bad(const struct sendmail *sendmail, const char *check, const char *text)
{
	char *line = right_line(sendmail);
	char *remedy = g_strdup_printf("as the last INPUT_MAIL_FILTER of sendmail.mc:\n%s", line);
	findings_add(sendmail->doctor->findings, check, VERDICT_BAD, remedy, "%s", text);
	g_free(remedy);
	g_free(line);
}

static void check_order(const struct sendmail *sendmail, const struct filter *ours)
{
	guint count = sendmail->order == NULL ? 0 : g_strv_length(sendmail->order);
	if (sendmail->order == NULL || !g_strv_contains((const char *const *)sendmail->order, ours->name))
		bad(sendmail, "sendmail-order",
		    "InputMailFilters does not name our filter: it is never asked");
	else if (strcmp(sendmail->order[count - 1], ours->name) != 0)
		bad(sendmail, "sendmail-order",
		    "our filter is not the last: what later filters add or refuse is not seen");
	else
		findings_add(sendmail->doctor->findings, "sendmail-order", VERDICT_GOOD, NULL,
		    "our filter is the last");
}

/* Sendmail hands the bounces that it writes itself to no milter, and no setting changes that. */
static void tell_of_bounces(const struct sendmail *sendmail)
{
	const struct config *config = &sendmail->doctor->session->config;
	const char *user = *config->user == '\0' ? "root" : config->user;
	const struct company_config *company = &config->companies[0];
	const char *sender = company->senders.items[0];
	int length = (int)strcspn(sender, "@");
	char *remedy = g_strdup_printf("in /etc/mail/aliases, for each address that invoices are sent from:\n"
				       "%.*s: \\%.*s, \"|sudo -u %s %s/relance import -q mail -\"\n"
				       "in /etc/sudoers.d/relance:\n"
				       "mail ALL=(%s) NOPASSWD: %s/relance import -q mail -",
	    length, sender, length, sender, user, RELANCE_BINDIR, user, RELANCE_BINDIR);
	findings_add(sendmail->doctor->findings, "sendmail-bounces", VERDICT_NOTE, remedy,
	    "bounces that this Sendmail writes itself pass no milter");
	g_free(remedy);
}

static void check_filter(const struct sendmail *sendmail)
{
	const struct filter *ours = find_ours(sendmail);
	struct findings *findings = sendmail->doctor->findings;
	if (ours == NULL) {
		bad(sendmail, "sendmail-filter", "no filter (X line) has our socket");
		return;
	}
	findings_add(findings, "sendmail-filter", VERDICT_GOOD, NULL, "filter %s has our socket", ours->name);
	check_order(sendmail, ours);
	tell_of_bounces(sendmail);
	if (*ours->flags == '\0')
		findings_add(findings, "sendmail-default-action", VERDICT_GOOD, NULL,
		    "mail is accepted when we are away");
	else
		bad(sendmail, "sendmail-default-action",
		    "F= is not empty: mail would be refused when we are away");
	if (strstr(ours->timeouts, "C:") != NULL && strstr(ours->timeouts, "E:") != NULL)
		findings_add(findings, "sendmail-timeouts", VERDICT_GOOD, NULL, "T=%s", ours->timeouts);
	else
		bad(sendmail, "sendmail-timeouts",
		    "T= sets no short timeouts: a hanging filter would delay mail");
}

void doctor_sendmail(struct doctor *doctor, const char *file)
{
	struct sendmail sendmail = {.doctor = doctor, .filters = g_ptr_array_new_with_free_func(free_filter)};
	struct buffer text = BUFFER_EMPTY;
	struct error error = {0};
	if (file_read(file, 4 * 1024 * 1024, &text, &error)) {
		findings_add(doctor->findings, "sendmail", VERDICT_GOOD, NULL, "%s", file);
		read_cf(&sendmail, text.bytes);
		check_filter(&sendmail);
	} else {
		findings_add(doctor->findings, "sendmail", VERDICT_BAD, NULL, "%s", error.text);
	}
	buffer_clear(&text);
	g_strfreev(sendmail.order);
	g_ptr_array_unref(sendmail.filters);
}
