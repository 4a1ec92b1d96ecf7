#include "base/base.h"
#include "reader/cage.h"

#include <errno.h>
#include <fcntl.h>
#if __has_include(<linux/landlock.h>)
#include <linux/landlock.h>
#endif
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

/* Descriptors in the cage: the standard three, the connection, a message, and one to spare for SCM_RIGHTS. */
#define CAGE_DESCRIPTORS 8

/* ---- descriptors ---- */

#ifdef RELANCE_SANITIZED
#define LAST_SILENT STDOUT_FILENO /* the report of a sanitizer goes to standard error */
#else
#define LAST_SILENT STDERR_FILENO
#endif

/* The connection moves out of the way first: it may be one of the descriptors that are replaced. */
static bool keep_only(int connection, struct error *error)
{
	int high = fcntl(connection, F_DUPFD_CLOEXEC, CAGE_DESCRIPTORS);
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (high < 0 || nothing < 0)
		return error_set_errno(error, STATUS_SOFTWARE, errno, "cage: descriptors");
	for (int i = STDIN_FILENO; i <= LAST_SILENT; i++)
		if (dup2(nothing, i) < 0)
			return error_set_errno(error, STATUS_SOFTWARE, errno, "cage: descriptor %d", i);
	if (dup2(high, CAGE_CONNECTION) < 0 || close_range(CAGE_CONNECTION + 1, ~0U, 0))
		return error_set_errno(error, STATUS_SOFTWARE, errno, "cage: the connection");
	return true;
}

/* ---- limits ---- */

#ifndef RELANCE_SANITIZED
/* Address space in use, from /proc/self/statm, whose first number is in pages; -1 where that cannot be had.
 */
static int64_t address_space(void)
{
	char text[64] = "";
	int statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	if (statm < 0)
		return -1;
	ssize_t length = read(statm, text, sizeof text - 1);
	close(statm);
	return length > 0 ? strtoll(text, NULL, 10) * sysconf(_SC_PAGESIZE) : -1;
}
#endif

static bool limit(int resource, const char *name, int64_t most, struct error *error)
{
	struct rlimit present;
	if (getrlimit((__rlimit_resource_t)resource, &present))
		return error_set_errno(error, STATUS_SOFTWARE, errno, "cage: limit of %s", name);
	rlim_t wanted = present.rlim_max < (rlim_t)most ? present.rlim_max : (rlim_t)most;
	/* The soft limit of CPU time ends the process by SIGXCPU, which tells why; the hard one could only
	 * say SIGKILL. */
	struct rlimit new = {wanted, resource == RLIMIT_CPU ? present.rlim_max : wanted};
	return !setrlimit((__rlimit_resource_t)resource, &new) ||
	       error_set_errno(error, STATUS_SOFTWARE, errno, "cage: limit of %s", name);
}

static bool limit_all(const struct cage_limits *limits, struct error *error)
{
#ifndef RELANCE_SANITIZED /* AddressSanitizer maps terabytes of shadow */
	int64_t used = address_space();
	if (used < 0)
		return error_set(error, STATUS_SOFTWARE, "cage: /proc is not mounted");
	if (!limit(RLIMIT_AS, "memory", used + limits->memory, error))
		return false;
#endif
	return limit(RLIMIT_CPU, "CPU time", limits->cpu_seconds, error) &&
	       limit(RLIMIT_FSIZE, "file size", 0, error) && limit(RLIMIT_CORE, "core size", 0, error) &&
	       limit(RLIMIT_NPROC, "processes", 0, error) &&
	       limit(RLIMIT_MEMLOCK, "locked memory", 0, error) &&
	       limit(RLIMIT_MSGQUEUE, "queues", 0, error) &&
	       limit(RLIMIT_NOFILE, "descriptors", CAGE_DESCRIPTORS, error);
}

/* ---- files, a second time: Landlock where the kernel has it ---- */

static void forbid_files(void)
{
#ifdef LANDLOCK_ACCESS_FS_MAKE_SYM
	struct landlock_ruleset_attr rules = {.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
	int set = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
	if (set < 0)
		return; /* an older kernel; the system call filter stands by itself */
	(void)syscall(SYS_landlock_restrict_self, set, 0);
	close(set);
#endif
}

/* ---- system calls ---- */

/* What is needed to compute, to talk on the connection, and to end. */
static const int allowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(recvmsg),
    SCMP_SYS(recvfrom),
    SCMP_SYS(sendmsg),
    SCMP_SYS(sendto),
    SCMP_SYS(lseek),
    SCMP_SYS(close),
    SCMP_SYS(poll),
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(sched_yield),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrusage),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    SCMP_SYS(setitimer),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
#ifdef RELANCE_SANITIZED
    SCMP_SYS(sigaltstack),
    SCMP_SYS(prctl),
    SCMP_SYS(getppid),
    SCMP_SYS(mmap),
    SCMP_SYS(mprotect),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(tgkill),
#endif
};

/* What libraries try by habit (a configuration, a time zone, a font) and do without when told that they may
 * not. */
static const int refused[] = {
    SCMP_SYS(open),
    SCMP_SYS(openat),
    SCMP_SYS(openat2),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd),
    SCMP_SYS(getdents64),
    SCMP_SYS(ioctl),
    SCMP_SYS(fcntl),
    SCMP_SYS(prlimit64),
#ifndef RELANCE_SANITIZED
    SCMP_SYS(sched_getaffinity),
#endif
};

/* Memory that is not executable and comes from no file; and a signal for itself only (abort). */
static bool allow_with_conditions(scmp_filter_ctx filter)
{
#ifdef RELANCE_SANITIZED
	(void)filter;
	return true;
#else
	const struct scmp_arg_cmp not_executable = {2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};
	const struct scmp_arg_cmp of_no_file = {3, SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS};
	const struct scmp_arg_cmp to_itself = {0, SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0};
	return !seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, not_executable, of_no_file) &&
	       !seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, not_executable) &&
	       !seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, to_itself);
#endif
}

static bool fill(scmp_filter_ctx filter)
{
	for (size_t i = 0; i < ARRAY_LENGTH(allowed); i++)
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0))
			return false;
	for (size_t i = 0; i < ARRAY_LENGTH(refused); i++)
		if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), refused[i], 0))
			return false;
	return allow_with_conditions(filter);
}

static bool filter_system_calls(struct error *error)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bool loaded = filter && fill(filter) && !seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	return loaded || error_set(error, STATUS_SOFTWARE,
			     "cage: this kernel does not take the filter of system calls");
}

bool cage_enter(int connection, const struct cage_limits *limits, struct error *error)
{
	if (!keep_only(connection, error))
		return false;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))
		return error_set_errno(error, STATUS_SOFTWARE, errno, "cage: privileges");
	if (!limit_all(limits, error))
		return false;
	forbid_files();
	return filter_system_calls(error);
}

void cage_time(int cpu_seconds, int clock_seconds)
{
	struct itimerval cpu = {.it_value.tv_sec = cpu_seconds}, clock = {.it_value.tv_sec = clock_seconds};
	setitimer(ITIMER_PROF, &cpu, NULL);
	setitimer(ITIMER_REAL, &clock, NULL);
}
