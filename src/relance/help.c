#include "base/base.h"
#include "relance/session.h"

void help_command(const struct command *command, struct buffer *text)
{
	buffer_printf(text, "usage: relance %s [options]%s%s\n%s\n", command->name,
	    *command->arguments == '\0' ? "" : " ", command->arguments, command->summary);
	if (command->options != NULL) {
		buffer_append_text(text, "\nOptions:\n");
		options_describe(command->options, text);
	}
	buffer_append_text(text, "\nCommon options:\n");
	options_describe(common_rows, text);
}

void help_overview(struct buffer *text)
{
	buffer_append_text(text, "usage: relance [options] COMMAND [options] [arguments]\n");
	for (int group = 0; group < GROUP_COUNT; group++) {
		buffer_printf(text, "\n%s:\n", command_group_title((enum command_group)group));
		for (size_t i = 0; i < command_count; i++)
			if ((int)commands[i].group == group)
				buffer_printf(text, "  %-11s %s\n", commands[i].name, commands[i].summary);
	}
	buffer_append_text(text, "\nCommon options:\n");
	options_describe(common_rows, text);
	buffer_append_text(text, "\n\"relance help COMMAND\" explains a command, relance(1) all of them.\n");
}

bool run_help(struct session *session, struct error *error)
{
	struct buffer text = BUFFER_EMPTY;
	if (session->argument_count == 0) {
		help_overview(&text);
	} else {
		const struct command *command = command_find(session->arguments[0]);
		if (command == NULL)
			return error_set(error, STATUS_USAGE, "%s: no such command", session->arguments[0]);
		help_command(command, &text);
	}
	fputs(text.bytes, stdout);
	buffer_clear(&text);
	return true;
}
