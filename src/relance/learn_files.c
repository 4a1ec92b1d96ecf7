/*
 * What was adopted: learnt-CODE.lexicon in the site's folder, plain lexicons that people may edit. Each
 * adoption stands behind a comment of its own, which is all that undoing looks for.
 */
#include "base/base.h"
#include "relance/learn.h"

#include "base/instant.h"
#include "host/file.h"

#include <unistd.h>

#define FILE_MOST 16000000
#define MARK	  "# adopted "

char *learn_file_name(const char *language)
{
	return g_strdup_printf("learnt-%s.lexicon", language);
}

static char *path_of(const struct session *session, const char *language)
{
	g_autofree char *name = learn_file_name(language);
	return g_build_filename(session->config.lexicon_extra_dir, name, NULL);
}

/* The file as it is; empty where there is none. */
static bool load(const char *path, struct buffer *text, struct error *error)
{
	if (access(path, F_OK) != 0)
		return true;
	return file_read(path, FILE_MOST, text, error);
}

static void add_language(GPtrArray *languages, const char *code)
{
	for (guint i = 0; i < languages->len; i++)
		if (strcmp(languages->pdata[i], code) == 0)
			return;
	g_ptr_array_add(languages, g_strdup(code));
}

/* The languages of the site's files and of PROPOSALS (may be NULL). Of char *; g_ptr_array_unref. */
static GPtrArray *languages_of(const struct session *session, const GPtrArray *proposals)
{
	GPtrArray *languages = g_ptr_array_new_with_free_func(g_free);
	GDir *dir = g_dir_open(session->config.lexicon_extra_dir, 0, NULL);
	const char *name;
	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *code = g_str_has_prefix(name, "learnt-") ? g_strndup(name + 7, 2) : NULL;
		g_autofree char *whole = code ? learn_file_name(code) : NULL;
		if (whole && strcmp(whole, name) == 0)
			add_language(languages, code);
	}
	if (dir)
		g_dir_close(dir);
	for (guint i = 0; proposals && i < proposals->len; i++)
		add_language(languages, ((const struct learn_proposal *)proposals->pdata[i])->language);
	return languages;
}

static bool adopt_language(struct session *session, const char *language, const GPtrArray *proposals,
    int *count, struct error *error)
{
	g_autofree char *path = path_of(session, language);
	char when[INSTANT_TEXT_SIZE];
	struct buffer text = BUFFER_EMPTY, block = BUFFER_EMPTY;
	for (guint i = 0; i < proposals->len; i++) {
		const struct learn_proposal *proposal = proposals->pdata[i];
		g_autofree char *statement = learn_statement(proposal);
		if (proposal->is_refused || strcmp(proposal->language, language) != 0)
			continue;
		buffer_printf(&block, "# message %s, %s\n%s\n", proposal->example->id, proposal->example->who,
		    statement);
		++*count;
	}
	bool ok = block.length == 0 || load(path, &text, error);
	if (ok && block.length > 0) {
		if (text.length == 0)
			buffer_printf(&text,
			    "# What the site has learnt (relance learn); see README of the "
			    "lexicons.\nlanguage %s\n",
			    language);
		buffer_printf(&text, "%s%s by %s\n%s", MARK, instant_format(session->now, 0, when),
		    session->actor, block.bytes);
		ok = folder_make(session->config.lexicon_extra_dir, 0755, error) &&
		     file_replace(path, text.bytes, text.length, 0644, error);
	}
	buffer_clear(&block);
	buffer_clear(&text);
	return ok;
}

bool learn_adopt(struct session *session, const GPtrArray *proposals, int *count, struct error *error)
{
	*count = 0;
	bool ok = *session->config.lexicon_extra_dir != '\0' ||
		  error_set(error, STATUS_CONFIG, "lexicon_extra_dir: is empty: there is no place for it");
	g_autoptr(GPtrArray) languages = languages_of(session, proposals);
	for (guint i = 0; ok && i < languages->len; i++)
		ok = adopt_language(session, languages->pdata[i], proposals, count, error);
	return ok;
}

/* Where the last adoption begins; NULL where there is none. WHEN gets its line without the mark. */
static const char *last_block(const char *text, char **when)
{
	const char *last = NULL;
	for (const char *at = text; (at = strstr(at, MARK)); at += strlen(MARK))
		if (at == text || at[-1] == '\n')
			last = at;
	if (last)
		*when = g_strndup(last + strlen(MARK), strcspn(last + strlen(MARK), " \n"));
	return last;
}

/* The instant of the latest adoption in any file; NULL: none; g_free. */
static bool find_latest(
    struct session *session, const GPtrArray *languages, char **latest, struct error *error)
{
	*latest = NULL;
	bool ok = true;
	for (guint i = 0; ok && i < languages->len; i++) {
		g_autofree char *path = path_of(session, languages->pdata[i]);
		g_autofree char *when = NULL;
		struct buffer text = BUFFER_EMPTY;
		ok = load(path, &text, error);
		if (ok && text.length > 0 && last_block(text.bytes, &when) &&
		    (!*latest || strcmp(when, *latest) > 0)) {
			g_free(*latest);
			*latest = g_steal_pointer(&when);
		}
		buffer_clear(&text);
	}
	return ok;
}

static int count_statements(const char *block)
{
	int count = 0;
	for (const char *at = block; (at = strstr(at, "\nlearnt ")); at++)
		count++;
	return count;
}

bool learn_undo(struct session *session, int *count, struct error *error)
{
	g_autofree char *latest = NULL;
	*count = 0;
	g_autoptr(GPtrArray) languages = languages_of(session, NULL);
	bool ok = find_latest(session, languages, &latest, error);
	for (guint i = 0; ok && latest && i < languages->len; i++) {
		g_autofree char *path = path_of(session, languages->pdata[i]);
		g_autofree char *when = NULL;
		struct buffer text = BUFFER_EMPTY;
		ok = load(path, &text, error);
		const char *block = ok && text.length > 0 ? last_block(text.bytes, &when) : NULL;
		if (block && strcmp(when, latest) == 0) {
			*count += count_statements(block);
			ok = file_replace(path, text.bytes, (size_t)(block - text.bytes), 0644, error);
		}
		buffer_clear(&text);
	}
	return ok;
}
