#include "base/base.h"
#include "relance/session.h"

#include "report/words.h"

#include <unistd.h>

static void init_options(struct session *session)
{
	struct option_set common = {common_rows, &session->common};
	options_init(&common);
}

/* Room for the fields that ROWS point at. */
static size_t size_of_options(const struct option_row *rows)
{
	size_t size = sizeof(struct date_option);
	for (; rows != NULL && rows->name != NULL; rows++)
		if (rows->offset + sizeof(struct date_option) > size)
			size = rows->offset + sizeof(struct date_option);
	return size;
}

/* The common options before the command, the command, then both kinds of options. */
static bool parse_arguments(struct session *session, int count, char **arguments, struct error *error)
{
	struct option_set sets[2] = {{common_rows, &session->common}, {NULL, NULL}};
	int left;
	if (!options_parse(sets, 1, arguments, count, true, &left, error))
		return false;
	if (left == 0 || session->common.version)
		return true;
	session->command = command_find(arguments[0]);
	if (session->command == NULL)
		return error_set(error, STATUS_USAGE, "%s: no such command (see relance help)", arguments[0]);
	session->options = g_malloc0(size_of_options(session->command->options));
	sets[1] = sets[0];
	sets[0] = (struct option_set){session->command->options, session->options};
	options_init(&sets[0]);
	session->arguments = arguments + 1;
	if (!options_parse(sets, 2, arguments + 1, left - 1, false, &session->argument_count, error))
		return error_prefix(error, "%s", session->command->name);
	return true;
}

static bool check_arguments(const struct session *session, struct error *error)
{
	const struct command *command = session->command;
	if (session->common.lang != NULL && !words_has_language(session->common.lang))
		return error_set(error, STATUS_USAGE, "--lang %s: not one of fr, en, de, es, it, nl",
		    session->common.lang);
	if (session->argument_count < command->least)
		return error_set(error, STATUS_USAGE, "%s: usage: relance %s %s", command->name,
		    command->name, command->arguments);
	if (command->most >= 0 && session->argument_count > command->most)
		return error_set(error, STATUS_USAGE, "%s: one argument too many: %s", command->name,
		    session->arguments[command->most]);
	return true;
}

static void print_help(const struct session *session)
{
	struct buffer text = BUFFER_EMPTY;
	if (session->command != NULL)
		help_command(session->command, &text);
	else
		help_overview(&text);
	fputs(text.bytes, stdout);
	buffer_clear(&text);
}

static bool has_acting_word(const struct session *session)
{
	static const char *const words[] = {"set", "claim", "waive", "keep"};
	for (int i = 0; session->argument_count > 1 && i < session->argument_count; i++)
		for (size_t w = 0; w < ARRAY_LENGTH(words); w++)
			if (strcmp(session->arguments[i], words[w]) == 0)
				return true;
	return false;
}

static enum access access_of(const struct session *session)
{
	if (session->command->access == ACCESS_READ_OR_ACT)
		return has_acting_word(session) ? ACCESS_WRITE : ACCESS_READ;
	bool lists = session->argument_count == 0 || strcmp(session->arguments[0], "list") == 0 ||
		     strcmp(session->arguments[0], "show") == 0;
	if (session->command->access != ACCESS_LIST_OR_WRITE)
		return session->command->access;
	return lists ? ACCESS_READ : ACCESS_WRITE;
}

static bool run_command(struct session *session, struct error *error)
{
	bool done = check_arguments(session, error) && session_open(session, access_of(session), error) &&
		    session->command->run(session, error);
	return session_finish(session, !done, error);
}

int main(int count, char **arguments)
{
	struct session session = {0};
	struct error error = {0};
	bool done;

	init_options(&session);
	if (!parse_arguments(&session, count - 1, arguments + 1, &error))
		done = false;
	else if (session.common.version)
		done = printf("relance %s\n", PACKAGE_VERSION) > 0;
	else if (session.common.help)
		done = (print_help(&session), true);
	else if (session.command == NULL)
		done = error_set(&error, STATUS_USAGE, "a command is needed (see relance help)");
	else
		done = run_command(&session, &error);

	session_close(&session);
	if (done && (fflush(stdout) != 0 || ferror(stdout) != 0))
		done = error_set(&error, STATUS_IO, "standard output: could not be written");
	if (done)
		return (int)session.status;
	session_tell(&error);
	return (int)error.status;
}
