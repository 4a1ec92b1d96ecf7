/*
 * find-dates LEXICON-FOLDER LANGUAGE < "YYYY-MM-DD TAB text" lines: prints for each line the days that the
 * text speaks of, each as FORWARD/BACKWARD, parted by blanks.
 */
#include "base/base.h"

#include "language/dates.h"
#include "reply-corpus.h"

static void print_dates(const struct lexicon *lexicon, const char *language, date_t sent, const char *text)
{
	struct stream stream;
	stream_init(&stream, lexicon, lexicon_language(lexicon, language), text, strlen(text), 10000);
	struct date_base base = {.sent = sent, .due = DATE_NONE, .issued = DATE_NONE};
	GArray *dates = dates_find(&stream, &base);
	for (guint i = 0; i < dates->len; i++) {
		const struct date_found *date = &g_array_index(dates, struct date_found, i);
		char forward[DATE_TEXT_SIZE], backward[DATE_TEXT_SIZE];
		if (!date->period)
			printf("%s/%s ", date_format(date->forward, forward),
			    date_format(date->backward, backward));
	}
	putchar('\n');
	g_array_free(dates, TRUE);
	stream_clear(&stream);
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: find-dates LEXICON-FOLDER LANGUAGE\n");
		return STATUS_USAGE;
	}
	struct lexicon *lexicon = load_lexicon(argv[1], false);
	if (!lexicon_language(lexicon, argv[2])) {
		fprintf(stderr, "find-dates: no language %s\n", argv[2]);
		return STATUS_DATA;
	}
	char *line = NULL;
	size_t size = 0;
	while (getline(&line, &size, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		char *tab = strchr(line, '\t');
		date_t sent;
		if (!tab)
			return STATUS_DATA;
		*tab = '\0';
		if (!date_parse(line, &sent))
			return STATUS_DATA;
		print_dates(lexicon, argv[2], sent, tab + 1);
	}
	free(line);
	lexicon_free(lexicon);
	return STATUS_DONE;
}
