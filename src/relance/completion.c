#include "base/base.h"
#include "relance/session.h"

/* Completion scripts, made of the table of commands. After the options, file names are completed. */

static void append_options(struct buffer *text, const struct option_row *rows)
{
	for (; rows != NULL && rows->name != NULL; rows++)
		buffer_printf(text, " --%s", rows->name);
}

static void append_names(struct buffer *text)
{
	for (size_t i = 0; i < command_count; i++)
		buffer_printf(text, "%s%s", i == 0 ? "" : " ", commands[i].name);
}

static void print_bash(struct buffer *text)
{
	buffer_append_text(text,
	    "# bash completion for relance\n_relance()\n{\n"
	    "\tlocal word=${COMP_WORDS[COMP_CWORD]} command= i\n"
	    "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	    "\t\tcase ${COMP_WORDS[i]} in\n"
	    "\t\t-c | -f | --config | --format | --as-of | --company | --lang | --now) ((i++)) ;;\n"
	    "\t\t-*) ;;\n"
	    "\t\t*) command=${COMP_WORDS[i]}; break ;;\n"
	    "\t\tesac\n\tdone\n"
	    "\tlocal options=\"");
	append_options(text, common_rows);
	buffer_append_text(text, "\"\n\tcase $command in\n");
	for (size_t i = 0; i < command_count; i++)
		if (commands[i].options != NULL) {
			buffer_printf(text, "\t%s) options=\"$options", commands[i].name);
			append_options(text, commands[i].options);
			buffer_append_text(text, "\" ;;\n");
		}
	buffer_append_text(text, "\tesac\n\tif [[ $word == -* ]]; then\n"
				 "\t\tCOMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
				 "\telif [[ -z $command ]]; then\n\t\tCOMPREPLY=($(compgen -W \"");
	append_names(text);
	buffer_append_text(text,
	    "\" -- \"$word\"))\n\telse\n\t\tCOMPREPLY=($(compgen -f -- \"$word\"))\n\tfi\n}\n"
	    "complete -o filenames -F _relance relance\n");
}

/* Inside single quotes of a shell. */
static void append_quoted(struct buffer *text, const char *words, const char *special)
{
	for (; *words != '\0'; words++) {
		if (*words == '\'')
			buffer_append_text(text, "'\\'");
		else if (strchr(special, *words) != NULL)
			buffer_append_char(text, '\\');
		buffer_append_char(text, *words);
	}
}

static void append_zsh_options(struct buffer *text, const struct option_row *rows)
{
	for (; rows != NULL && rows->name != NULL; rows++) {
		buffer_printf(text, " \\\n\t\t'--%s%s[", rows->name, rows->argument != NULL ? "=" : "");
		append_quoted(text, rows->help, "[]:\\");
		buffer_append_text(text, "]");
		if (rows->argument != NULL)
			buffer_printf(text, ":%s:%s", rows->argument,
			    strcmp(rows->argument, "FILE") == 0 ? "_files" : "");
		buffer_append_text(text, "'");
	}
}

static void print_zsh(struct buffer *text)
{
	buffer_append_text(text, "#compdef relance\n_relance()\n{\n\tlocal -a names\n\tnames=(\n");
	for (size_t i = 0; i < command_count; i++) {
		buffer_printf(text, "\t\t'%s:", commands[i].name);
		append_quoted(text, commands[i].summary, ":\\");
		buffer_append_text(text, "'\n");
	}
	buffer_append_text(text,
	    "\t)\n\tif (( CURRENT == 2 )); then\n\t\t_describe command names\n\t\treturn\n\tfi\n"
	    "\tcase $words[2] in\n");
	for (size_t i = 0; i < command_count; i++) {
		buffer_printf(text, "\t%s) _arguments", commands[i].name);
		append_zsh_options(text, commands[i].options);
		append_zsh_options(text, common_rows);
		buffer_append_text(text, " '*:argument:_files' ;;\n");
	}
	buffer_append_text(text, "\tesac\n}\n_relance \"$@\"\n");
}

static void append_fish_options(struct buffer *text, const struct option_row *rows, const char *condition)
{
	for (; rows != NULL && rows->name != NULL; rows++) {
		buffer_printf(text, "complete -c relance%s -l %s", condition, rows->name);
		if (rows->letter != 0)
			buffer_printf(text, " -s %c", rows->letter);
		if (rows->argument != NULL)
			buffer_append_text(text, " -r");
		buffer_append_text(text, " -d '");
		append_quoted(text, rows->help, "\\");
		buffer_append_text(text, "'\n");
	}
}

static void print_fish(struct buffer *text)
{
	buffer_append_text(text, "# fish completion for relance\n");
	for (size_t i = 0; i < command_count; i++) {
		buffer_printf(
		    text, "complete -c relance -n __fish_use_subcommand -f -a %s -d '", commands[i].name);
		append_quoted(text, commands[i].summary, "\\");
		buffer_append_text(text, "'\n");
	}
	append_fish_options(text, common_rows, "");
	for (size_t i = 0; i < command_count; i++) {
		struct buffer condition = BUFFER_EMPTY;
		buffer_printf(&condition, " -n '__fish_seen_subcommand_from %s'", commands[i].name);
		append_fish_options(text, commands[i].options, condition.bytes);
		buffer_clear(&condition);
	}
}

bool run_completion(struct session *session, struct error *error)
{
	static const struct {
		const char *shell;
		void (*print)(struct buffer *text);
	} shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
	for (size_t i = 0; i < ARRAY_LENGTH(shells); i++)
		if (strcmp(session->arguments[0], shells[i].shell) == 0) {
			struct buffer text = BUFFER_EMPTY;
			shells[i].print(&text);
			fputs(text.bytes, stdout);
			buffer_clear(&text);
			return true;
		}
	return error_set(
	    error, STATUS_USAGE, "completion: %s: not one of bash, zsh, fish", session->arguments[0]);
}
