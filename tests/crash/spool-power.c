/*
 * The two sides of the test of a loss of power, on the spool in the folder DIR:
 *
 *   spool-power write DIR     takes mails in and out for a while, then some that stay; prints their stems and
 * dies spool-power recover DIR   what the front does at its start; prints the stems of the messages that are
 * whole
 */
#include "base/base.h"
#include "host/spool.h"

#include <signal.h>
#include <unistd.h>

#define ROUNDS 30
#define EACH   40

static void insist(bool done, const struct error *error)
{
	if (done)
		return;
	fprintf(stderr, "spool-power: %s\n", error->text);
	exit(EXIT_FAILURE);
}

/* A message of some 5 kB, different in size and bytes from the others. */
static void take_in(const struct spool *spool, int number, char stem[SPOOL_STEM_SIZE])
{
	static const char envelope[] = "{\"schema\":1}\n";
	char body[6000];
	struct spool_entry entry;
	struct error error = {0};
	memset(body, 'a' + number % 26, sizeof body);
	insist(spool_begin(spool, &entry, &error), &error);
	insist(spool_append(&entry, body, 5000 + (size_t)(number * 37 % 1000), &error), &error);
	insist(spool_commit(spool, &entry, envelope, strlen(envelope), &error), &error);
	memcpy(stem, entry.stem, SPOOL_STEM_SIZE);
}

static void write_mails(const struct spool *spool)
{
	char stems[EACH][SPOOL_STEM_SIZE];
	struct error error = {0};
	for (int round = 0; round <= ROUNDS; round++) {
		for (int i = 0; i < EACH; i++)
			take_in(spool, round * EACH + i, stems[i]);
		for (int i = 0; round < ROUNDS && i < EACH; i++)
			insist(spool_remove(spool->new, stems[i], &error), &error);
		if (round == ROUNDS / 2)
			insist(spool_sync_names(spool, &error), &error);
		usleep(6000); /* so that the pool is looked at */
	}
	for (int i = 0; i < EACH; i++)
		puts(stems[i]);
	fflush(stdout);
	kill(getpid(), SIGKILL);
}

static void recover(const struct spool *spool)
{
	static char stems[2 * ROUNDS * EACH][SPOOL_STEM_SIZE];
	struct error error = {0};
	insist(spool_recover(spool, &error), &error);
	int count = spool_list(spool->new, stems, ARRAY_LENGTH(stems), &error);
	insist(count >= 0, &error);
	for (int i = 0; i < count; i++) {
		struct buffer envelope = BUFFER_EMPTY;
		struct spool_message message;
		struct spool_form form;
		if (spool_open_message(spool->new, stems[i], &message, &envelope, &error)) {
			if (spool_form_read(message.file, &form) == SPOOL_WHOLE)
				puts(form.stem);
			close(message.file);
		}
		buffer_clear(&envelope);
	}
}

int main(int count, char **arguments)
{
	struct spool spool;
	struct error error = {0};
	if (count != 3) {
		fputs("usage: spool-power write|recover DIR\n", stderr);
		return STATUS_USAGE;
	}
	insist(spool_open(arguments[2], &spool, &error), &error);
	if (!strcmp(arguments[1], "write"))
		write_mails(&spool);
	else
		recover(&spool);
	spool_close(&spool);
	return 0;
}
