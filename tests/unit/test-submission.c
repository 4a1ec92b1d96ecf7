#include "unit.h"
#include "base/buffer.h"
#include "dunning/submission.h"
#include "host/file.h"

#include <fcntl.h>
#include <glib.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Descriptors of the caller's own before and after the one of the submission. */
#define MINE 12

/* The helper is sendmail's parent: it tells what it holds open. */
static const char script[] = "#!/bin/sh\n"
			     "cat >\"${0%/*}/mail\"\n"
			     "for fd in /proc/$PPID/fd/*; do readlink \"$fd\"; done >\"${0%/*}/open\"\n";

struct place {
	char folder[64];
	char *sendmail, *lock, *open, *submit;
};

static void write_file(const char *path, const char *text, int mode)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, (mode_t)mode), 0);
}

static void open_place(struct place *place)
{
	snprintf(place->folder, sizeof place->folder, "/tmp/relance-test-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	place->sendmail = g_build_filename(place->folder, "sendmail", NULL);
	place->lock = g_build_filename(place->folder, "lock", NULL);
	place->open = g_build_filename(place->folder, "open", NULL);
	place->submit = g_build_filename(place->folder, "submit", NULL);
	write_file(place->sendmail, script, 0755);
	write_file(place->lock, "", 0600);
}

static void close_place(struct place *place)
{
	g_autofree char *remove = g_strdup_printf("rm -rf %s", place->folder);
	assert_int_equal(system(remove), 0);
	g_free(place->sendmail);
	g_free(place->lock);
	g_free(place->open);
	g_free(place->submit);
}

static void open_mine(const struct place *place, int *mine)
{
	for (int i = 0; i < MINE; i++) {
		/* inherited, as a library's may be that knows no O_CLOEXEC */
		mine[i] = open(place->lock, O_RDWR);
		assert_true(mine[i] >= 0);
	}
}

static void close_mine(const int *mine)
{
	for (int i = 0; i < MINE; i++)
		close(mine[i]);
}

/* Else a slow sendmail would keep the lock of a clerk that was killed. */
static void the_helper_holds_nothing_of_the_clerk_but_the_submission(void **state)
{
	(void)state;
	struct place place;
	struct error error = {0};
	int before[MINE], after[MINE];
	open_place(&place);
	open_mine(&place, before);
	int descriptor = submission_prepare(place.submit, "1.1", &error);
	assert_true(descriptor >= 0);
	open_mine(&place, after);
	/* holes below and above it */
	close(before[3]);
	close(after[5]);
	struct submission submission = {.sendmail = place.sendmail,
	    .sender = "a@legoff.example",
	    .recipients = "b@habitat.example",
	    .envelope_id = "1",
	    .mail = "Subject: x\n\ny\n",
	    .length = 14,
	    .seconds = 60};
	struct submission_result result;
	if (!submission_run(descriptor, &submission, &result, &error))
		fail_msg("%s", error.text);
	assert_int_equal(result.state, SUBMISSION_EXITED);
	assert_int_equal(result.status, 0);
	before[3] = after[5] = -1;
	close_mine(before);
	close_mine(after);
	struct buffer open = BUFFER_EMPTY;
	if (!file_read(place.open, 1 << 16, &open, &error))
		fail_msg("%s", error.text);
	if (strstr(open.bytes, place.lock))
		fail_msg("the helper holds:\n%s", open.bytes);
	/* the submission's own file, which is what it writes the end into */
	g_autofree char *own = g_build_filename(place.submit, "1.1", NULL);
	assert_non_null(strstr(open.bytes, own));
	/* in, out, error, the submission, the mail, what sendmail says, and what tells that it began */
	int count = 0;
	for (const char *c = open.bytes; *c; c++)
		count += *c == '\n';
	assert_in_range(count, 5, 7);
	buffer_clear(&open);
	close_place(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_helper_holds_nothing_of_the_clerk_but_the_submission),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
