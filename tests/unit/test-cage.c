/* Each row enters the cage in a child of its own and tries something. */
#include "unit.h"
#include "reader/cage.h"
#include "reader/setup.h"

#include <netinet/in.h>
#include <poll.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MEMORY (64 << 20)

/* ---- attempts; each returns 0 when it was let through ---- */

static int failed(long result)
{
	return result < 0 ? errno : 0;
}

static int open_file(void)
{
	return failed(open("/etc/passwd", O_RDONLY | O_CLOEXEC));
}

static int open_by_system_call(void)
{
	return failed(syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY, 0));
}

static int create_file(void)
{
	return failed(open("/tmp/relance-test-cage", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
}

static int look_at_file(void)
{
	struct stat status;
	return failed(stat("/etc/passwd", &status));
}

static int remove_file(void)
{
	return failed(unlink("/tmp/relance-test-cage"));
}

static int open_socket(void)
{
	return failed(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

static int open_local_socket(void)
{
	return failed(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
}

static int send_on_the_connection_to_elsewhere(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(25)};
	return failed(connect(CAGE_CONNECTION, (const struct sockaddr *)&address, sizeof address));
}

static int start_program(void)
{
	char *arguments[] = {(char[]){"/bin/true"}, NULL};
	return failed(execv(arguments[0], arguments));
}

static int start_process(void)
{
	return failed(syscall(SYS_fork));
}

static int start_thread(void)
{
	return failed(
	    syscall(SYS_clone, CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD, 0, 0, 0, 0));
}

static int trace_parent(void)
{
	return failed(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
}

static int read_memory_of_parent(void)
{
	return failed(syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0));
}

static int signal_first_process(void)
{
	return failed(kill(1, 0));
}

static int signal_other_process(void)
{
	return failed(syscall(SYS_tgkill, 1, 1, 0));
}

static int map_executable(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return at == MAP_FAILED ? errno : 0;
}

static int make_executable(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return at == MAP_FAILED ? 0 : failed(mprotect(at, 4096, PROT_READ | PROT_EXEC));
}

static int map_file(void)
{
	return mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 0, 0) == MAP_FAILED ? errno : 0;
}

static int change_system(void)
{
	return failed(syscall(SYS_mount, "none", "/", "tmpfs", 0, NULL));
}

static int use_kernel_program(void)
{
	return failed(syscall(SYS_bpf, 0, NULL, 0));
}

static int use_io_uring(void)
{
	return failed(syscall(SYS_io_uring_setup, 1, NULL));
}

static int raise_limit(void)
{
	struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
	return failed(setrlimit(RLIMIT_AS, &limit));
}

static int write_to_left_descriptor(void)
{
	return failed(write(100, "x", 1));
}

static const struct attempt {
	const char *name;
	int (*attempt)(void);
	bool is_quiet; /* it is refused with an error, as libraries try it by habit; else it ends the process
			*/
	bool not_sanitized; /* the runtime of a sanitizer needs this right */
} attempts[] = {
    {"open a file", open_file, true, false},
    {"open a file by system call", open_by_system_call, true, false},
    {"create a file", create_file, true, false},
    {"look at a file", look_at_file, true, false},
    {"remove a file", remove_file, false, false},
    {"open a network socket", open_socket, false, false},
    {"open a local socket", open_local_socket, false, false},
    {"connect the connection elsewhere", send_on_the_connection_to_elsewhere, false, false},
    {"start a program", start_program, false, false},
    {"start a process", start_process, false, false},
    {"start a thread", start_thread, false, false},
    {"trace the parent", trace_parent, false, false},
    {"read the parent's memory", read_memory_of_parent, false, false},
    {"signal the first process", signal_first_process, false, false},
    {"signal a thread of another process", signal_other_process, false, true},
    {"map executable memory", map_executable, false, true},
    {"make memory executable", make_executable, false, true},
    {"map a file", map_file, false, true},
    {"mount", change_system, false, false},
    {"load a kernel program", use_kernel_program, false, false},
    {"use io_uring", use_io_uring, false, false},
    {"raise a limit", raise_limit, true, false},
    {"write to a descriptor left open", write_to_left_descriptor, true, false},
};

/* ---- help ---- */

/* In a child in the cage; gives its wait status. */
static int in_the_cage(int (*attempt)(void), int cpu_seconds)
{
	int ends[2], status;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		for (int i = 1; i < SIGSYS; i++)
			signal(i, SIG_DFL); /* cmocka's own handlers */
		dup2(ends[0], 100);
		struct cage_limits limits = {.memory = MEMORY, .cpu_seconds = cpu_seconds};
		struct error error = {0};
		if (!cage_enter(ends[1], &limits, &error)) {
			(void)!write(STDERR_FILENO, error.text, strlen(error.text));
			_exit(255);
		}
		_exit(attempt());
	}
	close(ends[0]);
	close(ends[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

/* ---- tests ---- */

static void nothing_outside_can_be_reached_from_the_cage(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(attempts); i++) {
#ifdef RELANCE_SANITIZED
		if (attempts[i].not_sanitized)
			continue;
#endif
		int status = in_the_cage(attempts[i].attempt, 5);
		if (attempts[i].is_quiet &&
		    !(WIFEXITED(status) && WEXITSTATUS(status) > 0 && WEXITSTATUS(status) < 255))
			fail_msg("%s: it was not refused (status %x)", attempts[i].name, (unsigned)status);
		if (!attempts[i].is_quiet && !(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS))
			fail_msg(
			    "%s: it did not end the process (status %x)", attempts[i].name, (unsigned)status);
	}
	assert_int_equal(access("/tmp/relance-test-cage", F_OK), -1);
}

/* The attempts mean something only where they succeed outside. */
static void the_same_attempts_succeed_outside(void **state)
{
	(void)state;
	assert_int_equal(open_file(), 0);
	assert_int_equal(open_by_system_call(), 0);
	assert_int_equal(look_at_file(), 0);
	assert_int_equal(open_local_socket(), 0);
	assert_int_equal(map_executable(), 0);
}

static int talk_on_the_connection(void)
{
	char text[3];
	if (write(CAGE_CONNECTION, "hi", 2) != 2 || read(CAGE_CONNECTION, text, 2) != 2)
		return 1;
	return memcmp(text, "ok", 2) ? 2 : 0;
}

static void the_connection_still_works_in_the_cage(void **state)
{
	(void)state;
	int ends[2], status;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
	pid_t pid = fork();
	if (pid == 0) {
		struct cage_limits limits = {.memory = MEMORY, .cpu_seconds = 5};
		_exit(cage_enter(ends[1], &limits, NULL) ? talk_on_the_connection() : 255);
	}
	close(ends[1]);
	char text[2];
	assert_int_equal(read(ends[0], text, 2), 2);
	assert_int_equal(write(ends[0], "ok", 2), 2);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	close(ends[0]);
}

static int compute(void)
{
	GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (int i = 0; i < 10000; i++)
		g_hash_table_add(table, g_strdup_printf("%d", i));
	bool all_there = g_hash_table_size(table) == 10000;
	g_hash_table_destroy(table);
	struct timespec now;
	return !all_there || clock_gettime(CLOCK_MONOTONIC, &now);
}

static void computing_is_all_that_is_left(void **state)
{
	(void)state;
	assert_int_equal(in_the_cage(compute, 5), 0);
}

static int take_memory(void)
{
	volatile char *much = malloc(2 * MEMORY);
	return much ? 0 : ENOMEM;
}

static void memory_has_an_end(void **state)
{
	(void)state;
#ifdef RELANCE_SANITIZED
	skip();
#endif
	int status = in_the_cage(take_memory, 5);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), ENOMEM);
}

static int compute_for_ever(void)
{
	for (volatile unsigned i = 0; i < 7; i ^= 1)
		;
	return 0;
}

static void time_has_an_end(void **state)
{
	(void)state;
	int status = in_the_cage(compute_for_ever, 1);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGXCPU);
}

static int compute_under_a_timer(void)
{
	cage_time(1, 60);
	return compute_for_ever();
}

static void a_message_has_its_own_time(void **state)
{
	(void)state;
	int status = in_the_cage(compute_under_a_timer, 60);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGPROF);
}

static int wait_under_a_timer(void)
{
	cage_time(60, 1);
	poll(NULL, 0, -1);
	return 0;
}

static void a_message_has_its_own_time_by_the_clock_too(void **state)
{
	(void)state;
	int status = in_the_cage(wait_under_a_timer, 60);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGALRM);
}

static int decode_character_sets(void)
{
	static const struct {
		const char *set, *bytes, *text;
	} rows[] = {
	    {"iso-8859-15", "\xa4", "€"},
	    {"windows-1252", "\x80", "€"},
	    {"windows-1250", "\xb9", "ą"},
	    {"koi8-r", "\xc1", "а"},
	    {"gb18030", "\xd6\xd0", "中"},
	    {"shift_jis", "\x82\xa0", "あ"},
	    {"macintosh", "\x8e", "é"},
	    {"utf-7", "+IKw-", "€"},
	    {"utf-16le", "\xac\x20", "€"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *text = g_convert(
		    rows[i].bytes, (gssize)strlen(rows[i].bytes), "UTF-8", rows[i].set, NULL, NULL, NULL);
		if (!text || strcmp(text, rows[i].text))
			return (int)i + 1;
		g_free(text);
	}
	return 0;
}

static void character_sets_are_known_in_the_cage(void **state)
{
	(void)state;
	setup_libraries();
	assert_int_equal(in_the_cage(decode_character_sets, 5), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_same_attempts_succeed_outside),
	    cmocka_unit_test(nothing_outside_can_be_reached_from_the_cage),
	    cmocka_unit_test(the_connection_still_works_in_the_cage),
	    cmocka_unit_test(computing_is_all_that_is_left),
	    cmocka_unit_test(memory_has_an_end),
	    cmocka_unit_test(time_has_an_end),
	    cmocka_unit_test(a_message_has_its_own_time),
	    cmocka_unit_test(a_message_has_its_own_time_by_the_clock_too),
	    cmocka_unit_test(character_sets_are_known_in_the_cage),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
