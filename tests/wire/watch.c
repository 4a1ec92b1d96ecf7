/* watch FILE ID... adds Message-IDs to a watchlist, as the clerk does. */
#include "base/base.h"

#include "host/watchlist.h"

int main(int count, char **arguments)
{
	struct error error = {0};
	if (count < 3)
		return STATUS_USAGE;
	struct watchlist *watchlist = watchlist_create(arguments[1], &error);
	bool added = watchlist && watchlist_add(watchlist, (const char *const *)(void *)&arguments[2],
				      (size_t)count - 2, &error);
	if (!added)
		fprintf(stderr, "watch: %s\n", error.text);
	watchlist_close(watchlist);
	return added ? STATUS_DONE : (int)error.status;
}
