/*
 * drain SPOOL: removes what the front spools, as the clerk does once it has read it; so the speed of the
 * front is measured without the reading. Ends with its parent or on SIGTERM.
 */
#include "base/base.h"
#include "host/spool.h"

#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#define BATCH 256

int main(int argc, char **argv)
{
	static char stems[BATCH][SPOOL_STEM_SIZE];
	const struct timespec pause = {.tv_nsec = 20000000};
	struct spool spool;
	struct error error = {0};
	pid_t parent = getppid();
	if (argc != 2 || !spool_open(argv[1], &spool, &error)) {
		fprintf(stderr, "drain: %s\n", argc == 2 ? error.text : "usage: drain SPOOL");
		return EX_USAGE;
	}
	while (getppid() == parent) {
		int count = spool_list(spool.new, stems, BATCH, &error);
		for (int i = 0; i < count; i++)
			if (!spool_remove(spool.new, stems[i], &error))
				return EX_IOERR;
		if (count < BATCH)
			nanosleep(&pause, NULL);
	}
	return EX_OK;
}
