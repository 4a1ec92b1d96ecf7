#include "base/base.h"
#include "host/file.h"
#include "host/installation.h"
#include "host/spool.h"
#include "relance/session.h"

#include <errno.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

struct init_options {
	const char *sender;
};
const struct option_row init_option_rows[] = {
    {0, "sender", OPTION_TEXT, offsetof(struct init_options, sender), "ADDRESS",
	"with --company: write a first configuration", NULL},
    OPTIONS_END,
};

/* In the file's own syntax: a quoted string. */
static void append_quoted(struct buffer *text, const char *value)
{
	buffer_append_char(text, '"');
	for (; *value != '\0'; value++) {
		if (*value == '"' || *value == '\\')
			buffer_append_char(text, '\\');
		buffer_append_char(text, *value);
	}
	buffer_append_char(text, '"');
}

static bool write_config(const struct session *session, const char *path, struct error *error)
{
	const struct init_options *options = session->options;
	const char *domain = options->sender == NULL ? NULL : strchr(options->sender, '@');
	const char *language = session_language(session);
	struct buffer text = BUFFER_EMPTY;
	struct config config;
	if (session->common.company == NULL || options->sender == NULL)
		return error_set(error, STATUS_CONFIG,
		    "%s: there is no such file (--company NAME --sender ADDRESS writes a first one)", path);
	if (domain == NULL)
		return error_set(error, STATUS_USAGE, "--sender %s: not a mail address", options->sender);
	if (language == NULL)
		return error_set(error, STATUS_USAGE,
		    "--lang LANGUAGE is wanted: in which customers are written to (fr, en, de, es, it or "
		    "nl)");
	buffer_append_text(
	    &text, "# Relance: see relance.conf(5). Nothing is sent until `sending = on`.\ncompany ");
	append_quoted(&text, session->common.company);
	buffer_append_text(&text, " {\n\tdomains = {");
	append_quoted(&text, domain + 1);
	buffer_append_text(&text, "}\n\tsenders = {");
	append_quoted(&text, options->sender);
	buffer_printf(&text, "}\n\tlanguage = %s\n}\n", language);
	bool ok = config_parse(path, text.bytes, &config, error);
	if (ok) {
		config_clear(&config);
		char *folder = g_path_get_dirname(path);
		ok = (access(folder, F_OK) == 0 || folder_make(folder, 0755, error)) &&
		     file_replace(path, text.bytes, text.length, 0644, error);
		g_free(folder);
	}
	buffer_clear(&text);
	return ok;
}

/* Root makes things for the user that the daemon runs as. */
static bool give_to_user(const struct config *config, const char *path, struct error *error)
{
	if (geteuid() != 0 || *config->user == '\0')
		return true;
	const struct passwd *user = getpwnam(config->user);
	if (user == NULL)
		return error_set(error, STATUS_CONFIG,
		    "user: there is no user \"%s\" (adduser --system --group %s makes one)", config->user,
		    config->user);
	/* the folder is the user's already: a link that stands there is not followed */
	return lchown(path, user->pw_uid, user->pw_gid) == 0 ||
	       error_set_errno(error, STATUS_NO_PERMISSION, errno, "%s", path);
}

static bool make_folders(const struct config *config, struct error *error)
{
	const char *const folders[] = {config->state_dir, config->spool_dir, config->run_dir};
	static const char *const inside[] = {"", "/tmp", "/new", "/failed"};
	struct spool spool;
	for (size_t i = 0; i < ARRAY_LENGTH(folders); i++) {
		bool there = access(folders[i], F_OK) == 0;
		if (!folder_make(folders[i], 0750, error) ||
		    (!there && !give_to_user(config, folders[i], error)))
			return false;
	}
	if (!spool_open(config->spool_dir, &spool, error))
		return false;
	spool_close(&spool);
	for (size_t i = 1; i < ARRAY_LENGTH(inside); i++) {
		char *folder = g_strconcat(config->spool_dir, inside[i], NULL);
		bool ok = access(folder, F_OK) != 0 || give_to_user(config, folder, error);
		g_free(folder);
		if (!ok)
			return false;
	}
	return true;
}

static bool make_store(const struct session *session, struct error *error)
{
	static const char *const endings[] = {"", "-wal", "-shm"};
	char *location = session_store_location(session);
	bool there = access(location, F_OK) == 0;
	struct store *store = store_open(location, STORE_CREATE, error);
	bool ok = store != NULL;
	if (ok)
		store_close(store);
	for (size_t i = 0; ok && !there && i < ARRAY_LENGTH(endings); i++) {
		char *file = g_strconcat(location, endings[i], NULL);
		ok = access(file, F_OK) != 0 || give_to_user(&session->config, file, error);
		g_free(file);
	}
	free(location);
	return ok;
}

/* Idempotent: what is there stays as it is. */
bool run_init(struct session *session, struct error *error)
{
	const char *path = session_config_path(session);
	if (access(path, F_OK) != 0 && !write_config(session, path, error))
		return false;
	if (!session_open(session, ACCESS_CONFIG, error) || !make_folders(&session->config, error) ||
	    !make_store(session, error))
		return false;
	if (!session->common.quiet)
		printf("%s is ready; \"relance doctor\" says what the mail server needs\n",
		    session->config.state_dir);
	return true;
}
