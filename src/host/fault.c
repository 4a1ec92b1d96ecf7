#include "base/base.h"
#include "host/fault.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

static char wanted[64];
static atomic_int passages_left;

void fault_setup(const char *specification)
{
	size_t length = specification ? strcspn(specification, ":") : 0;
	wanted[0] = '\0';
	if (!length || length >= sizeof(wanted))
		return;
	long passages = specification[length] ? strtol(specification + length + 1, NULL, 10) : 1;
	if (passages < 1 || passages > 1000000000)
		return;
	atomic_store(&passages_left, (int)passages);
	memcpy(wanted, specification, length);
	wanted[length] = '\0';
}

void fault_point(const char *name)
{
	if (!wanted[0] || strcmp(wanted, name))
		return;
	if (atomic_fetch_sub(&passages_left, 1) == 1)
		kill(getpid(), SIGKILL);
}
