#include "unit.h"
#include "host/notify.h"
#include "host/process.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* The exit status of `sh -c SCRIPT` with DESCRIPTOR inherited. */
static int run(const char *script, int descriptor)
{
	struct process process;
	struct error error = {0};
	process_init(&process, "sh", "/bin/sh");
	process_argument(&process, "-c");
	process_argument(&process, "%s", script);
	assert_true(process_start(&process, descriptor, &error));
	int status;
	assert_int_equal(waitpid(process.pid, &status, 0), process.pid);
	process_clear(&process);
	return status;
}

static void a_program_gets_its_descriptor_and_no_other(void **state)
{
	(void)state;
	int ends[2], others[2];
	char script[128], text[16] = "";
	assert_int_equal(pipe2(ends, 02000000 /* O_CLOEXEC */), 0);
	assert_int_equal(pipe2(others, 02000000), 0);
	snprintf(script, sizeof(script), "echo here >/dev/fd/%d; test ! -e /dev/fd/%d", ends[1], others[1]);
	assert_int_equal(run(script, ends[1]), 0);
	assert_int_equal(read(ends[0], text, sizeof(text) - 1), 5);
	assert_string_equal(text, "here\n");
	for (int i = 0; i < 2; i++) {
		close(ends[i]);
		close(others[i]);
	}
}

static void what_cannot_be_started_ends_with_127(void **state)
{
	(void)state;
	struct process process;
	struct error error = {0};
	process_init(&process, "none", "/nowhere/none");
	int kept = dup(STDERR_FILENO);
	close(STDERR_FILENO); /* its complaint belongs to no test report */
	assert_true(process_start(&process, -1, &error));
	int status;
	assert_int_equal(waitpid(process.pid, &status, 0), process.pid);
	dup2(kept, STDERR_FILENO);
	close(kept);
	assert_int_equal(WEXITSTATUS(status), 127);
	process_clear(&process);
}

static void pauses_grow_up_to_half_a_minute(void **state)
{
	(void)state;
	struct process process;
	process_init(&process, "x", "/x");
	int64_t last = 0;
	for (int i = 0; i < 20; i++) {
		process.started = process_milliseconds();
		process_ended(&process);
		assert_false(process_is_due(&process));
		int64_t pause = process.start_at - process_milliseconds();
		assert_true(pause >= last - 50 && pause <= 30000);
		last = pause;
	}
	assert_true(last > 29000);
	process.started = process_milliseconds() - 61000; /* lived for a minute */
	process_ended(&process);
	assert_true(process.start_at - process_milliseconds() <= 100);
	process.start_at = 0;
	assert_true(process_is_due(&process));
	process_clear(&process);
}

static void who_does_not_listen_is_killed(void **state)
{
	(void)state;
	struct process process;
	struct error error = {0};
	int ends[2];
	char byte;
	assert_int_equal(pipe(ends), 0);
	process_init(&process, "sh", "/bin/sh");
	process_argument(&process, "-c");
	process_argument(&process, "trap '' TERM; echo >/dev/fd/%d; while :; do sleep 1; done", ends[1]);
	assert_true(process_start(&process, ends[1], &error));
	assert_int_equal(read(ends[0], &byte, 1), 1);
	pid_t pid = process.pid;
	process_stop(&process, 50);
	assert_int_equal(process.pid, 0);
	assert_int_equal(waitpid(pid, NULL, 0), -1);
	process_stop(&process, 50);
	process_clear(&process);
	close(ends[0]);
	close(ends[1]);
}

static void systemd_is_told(void **state)
{
	(void)state;
	char folder[] = "/tmp/relance-test-notify-XXXXXX", text[64] = "";
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	assert_non_null(mkdtemp(folder));
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/socket", folder);
	int listening = socket(AF_UNIX, SOCK_DGRAM, 0);
	assert_int_equal(bind(listening, (struct sockaddr *)(void *)&address, sizeof(address)), 0);
	assert_int_equal(setenv("NOTIFY_SOCKET", address.sun_path, 1), 0);
	notify_service("READY=1");
	assert_int_equal(recv(listening, text, sizeof(text) - 1, MSG_DONTWAIT), 7);
	assert_string_equal(text, "READY=1");
	assert_int_equal(unsetenv("NOTIFY_SOCKET"), 0);
	notify_service("READY=1");
	assert_int_equal(recv(listening, text, sizeof(text) - 1, MSG_DONTWAIT), -1);
	close(listening);
	unlink(address.sun_path);
	rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_program_gets_its_descriptor_and_no_other),
	    cmocka_unit_test(what_cannot_be_started_ends_with_127),
	    cmocka_unit_test(pauses_grow_up_to_half_a_minute),
	    cmocka_unit_test(who_does_not_listen_is_killed),
	    cmocka_unit_test(systemd_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
