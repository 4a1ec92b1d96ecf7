/* Prints the keys of the configuration, one a line. */
#include "base/base.h"

#include "base/config.h"

int main(void)
{
	size_t count;
	const struct config_key_info *keys = config_keys(&count);
	for (size_t i = 0; i < count; i++)
		puts(keys[i].name);
	return 0;
}
