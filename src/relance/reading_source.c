#include "base/base.h"
#include "relance/reading_source.h"

#include "host/installation.h"
#include "ledger/body.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT_SECONDS 10
#define DEFAULT_MEMORY	((int64_t)512 * 1024 * 1024)

void reading_source_init(struct reading_source *source, const struct session *session)
{
	char *dir = reading_layout_dir(session);
	reading_source_init_with(source, session, *dir != '\0' ? dir : NULL);
	g_free(dir);
}

void reading_source_init_with(
    struct reading_source *source, const struct session *session, const char *layout_dir)
{
	*source = (struct reading_source){.session = session, .layout_dir = g_strdup(layout_dir)};
}

void reading_source_stop(struct reading_source *source)
{
	reader_client_free(source->client);
	source->client = NULL;
}

void reading_source_clear(struct reading_source *source)
{
	reading_source_stop(source);
	g_clear_pointer(&source->layout_dir, g_free);
}

char *reading_layout_dir(const struct session *session)
{
	const char *value = getenv("RELANCE_LAYOUTDIR");
	if (value == NULL || *value == '\0')
		value =
		    session->has_config ? session->config.layout_dir : RELANCE_SYSCONFDIR "/relance/layouts";
	return g_strdup(value);
}

/* Where something lies: the environment's word, else the installed PATH, else BUILT beside the program;
 * free(). */
static char *place(const char *variable, const char *path, const char *built)
{
	const char *value = getenv(variable);
	return value != NULL && *value != '\0' ? strdup(value) : installation_find(path, built);
}

char *reading_source_lexicons(const struct session *session)
{
	return place("RELANCE_LEXICONDIR",
	    session->has_config ? session->config.lexicon_dir : RELANCE_DATADIR "/lexicon", "conf/lexicon");
}

static bool start(struct reading_source *source, struct error *error)
{
	const struct session *session = source->session;
	const struct config *config = session->has_config ? &session->config : NULL;
	char *lexicons = reading_source_lexicons(session);
	const char *extra = source->extra_dir != NULL ? source->extra_dir
			    : config != NULL	      ? config->lexicon_extra_dir
						      : "";
	char *libexec = place("RELANCE_LIBEXECDIR", RELANCE_LIBEXECDIR "/relance-reader", "relance-reader");
	char *program = g_str_has_suffix(libexec, "/relance-reader")
			    ? g_strdup(libexec)
			    : g_build_filename(libexec, "relance-reader", NULL);
	source->client = reader_client_start(program, lexicons, access(extra, R_OK) == 0 ? extra : NULL,
	    source->layout_dir, config != NULL ? config->reader_seconds : DEFAULT_SECONDS,
	    config != NULL ? config->reader_memory : DEFAULT_MEMORY, error);
	g_free(program);
	free(libexec);
	free(lexicons);
	return source->client != NULL;
}

static int open_file(const char *file, struct error *error)
{
	struct stat status;
	int descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (descriptor < 0) {
		error_set_errno(error, STATUS_DATA, errno, "%s", file);
		return -1;
	}
	if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode))
		return descriptor;
	error_set(error, STATUS_DATA, "%s: is not a plain file", file);
	close(descriptor);
	return -1;
}

bool reading_source_read(struct reading_source *source, const char *file, int message,
    struct reader_answer *answer, struct error *error)
{
	bool own = message < 0;
	if (own && (message = open_file(file, error)) < 0)
		return false;
	enum reader_outcome outcome = READER_LOST;
	if (source->client != NULL || start(source, error))
		outcome = reader_client_read(source->client, message, file, answer, error);
	if (own)
		close(message);
	if (outcome == READER_DONE)
		return true;
	reading_source_stop(source);
	if (outcome != READER_LOST)
		error->status = STATUS_DATA;
	return error_prefix(error, "%s", file);
}

bool reading_source_teach(struct reading_source *source, int lesson, json_t **answer, struct error *error)
{
	enum reader_outcome outcome = READER_LOST;
	if (source->client != NULL || start(source, error))
		outcome = reader_client_teach(source->client, lesson, answer, error);
	if (outcome == READER_DONE)
		return true;
	reading_source_stop(source);
	if (outcome != READER_LOST)
		error->status = STATUS_DATA;
	return false;
}

json_t *reading_of_error(const char *file, const char *text)
{
	return json_pack("{s:i, s:o, s:o}", "schema", 1, "file", json_text(file), "error", json_text(text));
}
