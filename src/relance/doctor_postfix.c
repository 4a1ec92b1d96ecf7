#include "base/base.h"
#include "relance/doctor.h"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>

/*
 * Postfix, asked through postconf. A milter is asked for in two lists; what decides about us is where we
 * stand, what happens when we are away, and whether the socket is where a process in the chroot looks for it.
 */
struct postfix {
	struct doctor *doctor;
	const char *program;
	char *queue;	   /* queue_directory */
	bool smtpd_chroot; /* some smtpd runs chrooted */
	bool cleanup_chroot;
};

/* postconf's answer without the line end; g_free. NULL: it failed. */
static char *ask(const struct postfix *postfix, const char *const *words)
{
	GPtrArray *arguments = g_ptr_array_new();
	char *output = NULL;
	int status = 0;
	const char *folder = postfix->doctor->options->mta_config;
	g_ptr_array_add(arguments, (char *)postfix->program);
	if (folder != NULL) {
		g_ptr_array_add(arguments, (char *)"-c");
		g_ptr_array_add(arguments, (char *)folder);
	}
	for (; *words != NULL; words++)
		g_ptr_array_add(arguments, (char *)*words);
	g_ptr_array_add(arguments, NULL);
	bool ran = g_spawn_sync(NULL, (char **)arguments->pdata, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
	    &output, NULL, &status, NULL);
	g_ptr_array_unref(arguments);
	if (ran && g_spawn_check_wait_status(status, NULL))
		return g_strchomp(output);
	g_free(output);
	return NULL;
}

/* The value of a parameter, EXPANDED or as it stands in main.cf; "" where it cannot be had. */
static char *parameter(const struct postfix *postfix, const char *name, bool expanded)
{
	char *value = ask(postfix, expanded ? (const char *const[]){"-h", "-x", name, NULL}
					    : (const char *const[]){"-h", name, NULL});
	return value != NULL ? value : g_strdup("");
}

/* The entries of a list: words, or whole "{ … }" groups. */
static GPtrArray *entries_of(const char *list)
{
	GPtrArray *entries = g_ptr_array_new_with_free_func(g_free);
	while (*(list += strspn(list, ", \t\n")) != '\0') {
		size_t length = *list == '{' ? strcspn(list, "}") + 1 : strcspn(list, ", \t\n");
		length = MIN(length, strlen(list));
		g_ptr_array_add(entries, g_strndup(list, length));
		list += length;
	}
	return entries;
}

/* What of an entry names the socket: "unix:/path" of "{ unix:/path, default_action=accept }"; g_free. */
static char *endpoint_of(const char *entry)
{
	entry += strspn(entry, "{ \t\n");
	return g_strndup(entry, strcspn(entry, ", \t\n}"));
}

static bool same_file(const char *a, const char *b)
{
	struct stat x, y;
	if (strcmp(a, b) == 0)
		return true;
	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* Where a process finds the path of an entry: in its chroot, or from the queue folder; g_free. */
static char *seen_path(const struct postfix *postfix, const char *path, bool chroot)
{
	return chroot || *path != '/' ? g_build_filename(postfix->queue, path, NULL) : g_strdup(path);
}

/* libmilter writes "inet:PORT@HOST", Postfix "inet:HOST:PORT". */
static char *inet_of_postfix(const char *socket)
{
	const char *port = strchr(socket, ':') + 1;
	const char *at = strchr(port, '@');
	return at == NULL ? g_strdup_printf("inet:localhost:%s", port)
			  : g_strdup_printf("inet:%s:%.*s", at + 1, (int)(at - port), port);
}

/* Whether an entry is ours, in either reading of its path. */
static bool is_ours(const struct postfix *postfix, const char *entry)
{
	const char *path = doctor_socket_path(postfix->doctor);
	char *endpoint = endpoint_of(entry);
	bool ours = false;
	if (path == NULL) {
		char *wanted = inet_of_postfix(postfix->doctor->session->config.socket);
		ours = g_ascii_strcasecmp(endpoint, wanted) == 0;
		g_free(wanted);
	} else if (g_str_has_prefix(endpoint, "unix:")) {
		char *inside = seen_path(postfix, endpoint + 5, true);
		char *outside = seen_path(postfix, endpoint + 5, false);
		ours = same_file(inside, path) || same_file(outside, path);
		g_free(inside);
		g_free(outside);
	}
	g_free(endpoint);
	return ours;
}

static int find_ours(const struct postfix *postfix, const GPtrArray *entries)
{
	for (guint i = 0; i < entries->len; i++)
		if (is_ours(postfix, g_ptr_array_index(entries, i)))
			return (int)i;
	return -1;
}

/* --- the entry as it should be */

/* The endpoint that smtpd and cleanup can both use: relative to the queue folder where the socket lies in it.
 */
static char *right_endpoint(const struct postfix *postfix)
{
	const char *path = doctor_socket_path(postfix->doctor);
	size_t length = strlen(postfix->queue);
	if (path == NULL)
		return inet_of_postfix(postfix->doctor->session->config.socket);
	if (strncmp(path, postfix->queue, length) == 0 && path[length] == '/')
		return g_strconcat("unix:", path + length + 1, NULL);
	return g_strconcat("unix:", path, NULL);
}

static char *right_entry(const struct postfix *postfix)
{
	char *endpoint = right_endpoint(postfix);
	char *entry = g_strdup_printf(
	    "{ %s, connect_timeout=%ds, command_timeout=%ds, content_timeout=%ds, default_action=accept }",
	    endpoint, DOCTOR_CONNECT_SECONDS, DOCTOR_COMMAND_SECONDS, DOCTOR_CONTENT_SECONDS);
	g_free(endpoint);
	return entry;
}

/* A line for the shell that sets NAME. */
static char *set_line(const struct postfix *postfix, const char *name, const char *value)
{
	const char *folder = postfix->doctor->options->mta_config;
	char *assignment = g_strdup_printf("%s = %s", name, value);
	char *quoted = g_shell_quote(assignment);
	char *line = folder == NULL ? g_strdup_printf("postconf -e %s", quoted)
				    : g_strdup_printf("postconf -c %s -e %s", folder, quoted);
	g_free(assignment);
	g_free(quoted);
	return line;
}

/* The list as it stands, without ours, and ours at its end. */
static char *remedy_of_list(const struct postfix *postfix, const char *name)
{
	char *raw = parameter(postfix, name, false);
	GPtrArray *entries = entries_of(raw);
	GString *value = g_string_new("");
	char *ours = right_entry(postfix);
	for (guint i = 0; i < entries->len; i++)
		if (!is_ours(postfix, g_ptr_array_index(entries, i)))
			g_string_append_printf(value, "%s, ", (const char *)g_ptr_array_index(entries, i));
	g_string_append(value, ours);
	char *line = set_line(postfix, name, value->str);
	g_free(ours);
	g_string_free(value, TRUE);
	g_ptr_array_unref(entries);
	g_free(raw);
	return line;
}

static void bad_list(const struct postfix *postfix, const char *check, const char *name, const char *text)
{
	char *remedy = remedy_of_list(postfix, name);
	findings_add(postfix->doctor->findings, check, VERDICT_BAD, remedy, "%s", text);
	g_free(remedy);
}

/* --- the checks */

static bool accepts_by_itself(const char *entry)
{
	char **parts = g_strsplit_set(entry, ",{} \t\n", -1);
	bool accepts = false;
	for (char **part = parts; *part != NULL; part++)
		accepts = accepts || strcmp(*part, "default_action=accept") == 0;
	g_strfreev(parts);
	return accepts;
}

static void check_path(const struct postfix *postfix, const char *entry, bool chroot, const char *service)
{
	const char *path = doctor_socket_path(postfix->doctor);
	struct findings *findings = postfix->doctor->findings;
	char *endpoint = endpoint_of(entry);
	if (path == NULL || !g_str_has_prefix(endpoint, "unix:")) {
		g_free(endpoint);
		return;
	}
	char *seen = seen_path(postfix, endpoint + 5, chroot);
	if (same_file(seen, path)) {
		findings_add(findings, "postfix-chroot", VERDICT_GOOD, NULL, "%s%s finds %s", service,
		    chroot ? " (chrooted)" : "", seen);
	} else {
		size_t length = strlen(postfix->queue);
		bool inside = strncmp(path, postfix->queue, length) == 0 && path[length] == '/';
		char *remedy =
		    inside ? NULL
			   : g_strdup_printf("socket = \"unix:%s/relance/relance.sock\"", postfix->queue);
		char *line = inside ? remedy_of_list(postfix, "smtpd_milters") : NULL;
		findings_add(findings, "postfix-chroot", VERDICT_BAD, inside ? line : remedy,
		    "%s runs %s and looks for %s, but the socket is %s", service,
		    chroot ? "chrooted" : "without chroot", seen, path);
		g_free(line);
		g_free(remedy);
	}
	g_free(seen);
	g_free(endpoint);
}

static void check_smtpd(const struct postfix *postfix)
{
	struct findings *findings = postfix->doctor->findings;
	char *list = parameter(postfix, "smtpd_milters", true);
	GPtrArray *entries = entries_of(list);
	int ours = find_ours(postfix, entries);
	if (ours < 0) {
		bad_list(postfix, "postfix-smtpd", "smtpd_milters", "smtpd_milters does not have our socket");
	} else {
		const char *entry = g_ptr_array_index(entries, (guint)ours);
		findings_add(findings, "postfix-smtpd", VERDICT_GOOD, NULL, "smtpd_milters has our socket");
		if (ours + 1 == (int)entries->len)
			findings_add(findings, "postfix-order", VERDICT_GOOD, NULL, "our entry is the last");
		else
			bad_list(postfix, "postfix-order", "smtpd_milters",
			    "our entry is not the last: what later milters add or refuse is not seen");
		if (accepts_by_itself(entry))
			findings_add(findings, "postfix-default-action", VERDICT_GOOD, NULL,
			    "mail is accepted when we are away");
		else
			bad_list(postfix, "postfix-default-action", "smtpd_milters",
			    "our entry has no default_action=accept of its own: mail would be refused when "
			    "we are away");
		check_path(postfix, entry, postfix->smtpd_chroot, "smtpd");
	}
	g_ptr_array_unref(entries);
	g_free(list);
}

/* "$smtpd_milters": what is right there is right here. */
static bool follows_smtpd(const struct postfix *postfix)
{
	char *raw = parameter(postfix, "non_smtpd_milters", false);
	bool follows = strstr(raw, "$smtpd_milters") != NULL || strstr(raw, "${smtpd_milters}") != NULL ||
		       strstr(raw, "$(smtpd_milters)") != NULL;
	g_free(raw);
	return follows;
}

static char *remedy_of_non_smtpd(const struct postfix *postfix, bool is_empty)
{
	if (follows_smtpd(postfix))
		return NULL;
	return is_empty ? set_line(postfix, "non_smtpd_milters", "$smtpd_milters")
			: remedy_of_list(postfix, "non_smtpd_milters");
}

static void check_non_smtpd(const struct postfix *postfix)
{
	struct findings *findings = postfix->doctor->findings;
	char *list = parameter(postfix, "non_smtpd_milters", true);
	GPtrArray *entries = entries_of(list);
	int ours = find_ours(postfix, entries);
	char *remedy = remedy_of_non_smtpd(postfix, entries->len == 0);
	if (ours < 0)
		findings_add(findings, "postfix-non-smtpd", VERDICT_BAD, remedy,
		    "non_smtpd_milters does not have our socket: invoices sent by sendmail(1) are not seen");
	else if (!accepts_by_itself(g_ptr_array_index(entries, (guint)ours)))
		findings_add(findings, "postfix-non-smtpd", VERDICT_BAD, remedy,
		    "our entry in non_smtpd_milters has no default_action=accept");
	else
		findings_add(
		    findings, "postfix-non-smtpd", VERDICT_GOOD, NULL, "non_smtpd_milters has our socket");
	if (ours >= 0 && postfix->cleanup_chroot != postfix->smtpd_chroot)
		check_path(
		    postfix, g_ptr_array_index(entries, (guint)ours), postfix->cleanup_chroot, "cleanup");
	g_free(remedy);
	g_ptr_array_unref(entries);
	g_free(list);
}

static void check_bounces(const struct postfix *postfix)
{
	char *classes = parameter(postfix, "internal_mail_filter_classes", true);
	char **words = g_strsplit_set(classes, ", \t\n", -1);
	bool has = false;
	for (char **word = words; *word != NULL; word++)
		has = has || strcmp(*word, "bounce") == 0;
	if (has) {
		findings_add(postfix->doctor->findings, "postfix-bounces", VERDICT_GOOD, NULL,
		    "internal_mail_filter_classes has bounce");
	} else {
		char *value = *g_strstrip(classes) == '\0' ? g_strdup("bounce")
							   : g_strdup_printf("%s, bounce", classes);
		char *remedy = set_line(postfix, "internal_mail_filter_classes", value);
		findings_add(postfix->doctor->findings, "postfix-bounces", VERDICT_BAD, remedy,
		    "bounces that this Postfix writes are not seen");
		g_free(remedy);
		g_free(value);
	}
	g_strfreev(words);
	g_free(classes);
}

static bool group_has(const struct group *group, const char *user)
{
	for (char **member = group->gr_mem; *member != NULL; member++)
		if (strcmp(*member, user) == 0)
			return true;
	return false;
}

/* smtpd and cleanup run as mail_owner, which must be allowed to write to the socket. */
static void check_permission(const struct postfix *postfix)
{
	const char *path = doctor_socket_path(postfix->doctor);
	struct findings *findings = postfix->doctor->findings;
	struct stat status;
	if (path == NULL || stat(path, &status) != 0)
		return;
	char *owner = parameter(postfix, "mail_owner", true);
	const struct passwd *user = getpwnam(owner);
	const struct group *group = getgrgid(status.st_gid);
	bool allowed = (status.st_mode & S_IWOTH) != 0;
	if (user != NULL)
		allowed = allowed || (user->pw_uid == status.st_uid && (status.st_mode & S_IWUSR) != 0) ||
			  ((user->pw_gid == status.st_gid || (group != NULL && group_has(group, owner))) &&
			      (status.st_mode & S_IWGRP) != 0);
	if (allowed) {
		findings_add(
		    findings, "postfix-permission", VERDICT_GOOD, NULL, "%s may use the socket", owner);
	} else {
		char *remedy = g_strdup_printf("socket_group = \"%s\"\nsocket_mode = 0660", owner);
		findings_add(findings, "postfix-permission", VERDICT_BAD, remedy, "%s may not write to %s",
		    owner, path);
		g_free(remedy);
	}
	g_free(owner);
}

/* Whether a service of COMMAND runs chrooted, as master.cf says; "-" is "no" from compatibility level 1 on.
 */
static bool is_chrooted(const char *services, const char *command, bool by_default)
{
	char **lines = g_strsplit(services, "\n", -1);
	bool chrooted = false;
	for (char **line = lines; *line != NULL; line++) {
		char **words = g_strsplit_set(*line, " \t", -1);
		const char *fields[8] = {NULL};
		int count = 0;
		for (char **word = words; *word != NULL && count < 8; word++)
			if (**word != '\0')
				fields[count++] = *word;
		if (count == 8 && g_ascii_isalnum((*line)[0]) && strcmp(fields[7], command) == 0)
			chrooted = chrooted || strcmp(fields[4], "y") == 0 ||
				   (strcmp(fields[4], "-") == 0 && by_default);
		g_strfreev(words);
	}
	g_strfreev(lines);
	return chrooted;
}

static void look_at_services(struct postfix *postfix)
{
	char *services = ask(postfix, (const char *const[]){"-M", NULL});
	char *level = parameter(postfix, "compatibility_level", true);
	bool by_default = *level == '\0' || strcmp(level, "0") == 0;
	if (services != NULL) {
		postfix->smtpd_chroot = is_chrooted(services, "smtpd", by_default);
		postfix->cleanup_chroot = is_chrooted(services, "cleanup", by_default);
	}
	g_free(services);
	g_free(level);
}

void doctor_postfix(struct doctor *doctor, const char *program)
{
	struct postfix postfix = {.doctor = doctor, .program = program};
	char *version = ask(&postfix, (const char *const[]){"-h", "mail_version", NULL});
	if (version == NULL) {
		findings_add(doctor->findings, "postfix", VERDICT_BAD, NULL, "%s gives no answer", program);
		return;
	}
	bool old = g_ascii_strtoll(version, NULL, 10) < 3;
	findings_add(doctor->findings, "postfix", old ? VERDICT_BAD : VERDICT_GOOD, NULL, "version %s%s",
	    version, old ? ": 3.0 or later is needed (default_action of one milter)" : "");
	postfix.queue = parameter(&postfix, "queue_directory", true);
	look_at_services(&postfix);
	check_smtpd(&postfix);
	check_non_smtpd(&postfix);
	check_bounces(&postfix);
	check_permission(&postfix);
	g_free(postfix.queue);
	g_free(version);
}
