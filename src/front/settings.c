#include "base/base.h"
#include "front/settings.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>

enum line_type { LINE_TEXT, LINE_NUMBER, LINE_LIST, LINE_NETWORK };

#define FIELD(name) offsetof(struct settings, name)

static const struct line {
	const char *key;
	enum line_type type;
	size_t offset;
} lines[] = {
    {"socket", LINE_TEXT, FIELD(socket)},
    {"socket_group", LINE_TEXT, FIELD(socket_group)},
    {"spool_dir", LINE_TEXT, FIELD(spool_dir)},
    {"run_dir", LINE_TEXT, FIELD(run_dir)},
    {"socket_mode", LINE_NUMBER, FIELD(socket_mode)},
    {"max_message_size", LINE_NUMBER, FIELD(max_message_size)},
    {"max_spool_size", LINE_NUMBER, FIELD(max_spool_size)},
    {"max_messages", LINE_NUMBER, FIELD(max_messages)},
    {"test_clock", LINE_NUMBER, FIELD(test_clock)},
    {"log_to_syslog", LINE_NUMBER, FIELD(log_to_syslog)},
    {"network", LINE_NETWORK, 0},
    {"sender", LINE_LIST, FIELD(senders)},
    {"mailbox", LINE_LIST, FIELD(mailboxes)},
    {"address", LINE_LIST, FIELD(addresses)},
    {"domain", LINE_LIST, FIELD(domains)},
};

/* ---- writing ---- */

static void write_list(struct buffer *text, const char *key, const struct text_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		buffer_printf(text, "%s %s\n", key, list->items[i]);
}

static void write_company(struct buffer *text, const struct company_config *company)
{
	write_list(text, "sender", &company->senders);
	write_list(text, "mailbox", &company->mailboxes);
	write_list(text, "domain", &company->domains);
	write_list(text, "address", &company->senders);
	write_list(text, "address", &company->mailboxes);
	const char *open = strchr(company->from, '<');
	const char *from = open ? open + 1 : company->from;
	buffer_printf(text, "address %.*s\n", (int)strcspn(from, ">"), from);
}

void settings_write(const struct config *config, struct buffer *text)
{
	buffer_printf(text, "socket %s\nsocket_group %s\nsocket_mode %d\n", config->socket,
	    config->socket_group, config->socket_mode);
	buffer_printf(text, "spool_dir %s\nrun_dir %s\n", config->spool_dir, config->run_dir);
	buffer_printf(text, "max_message_size %" PRId64 "\nmax_spool_size %" PRId64 "\nmax_messages %d\n",
	    config->max_message_size, config->max_spool_size, config->max_messages);
	buffer_printf(
	    text, "test_clock %d\nlog_to_syslog %d\n", config->test_clock, !strcmp(config->log, "syslog"));
	write_list(text, "network", &config->networks);
	for (size_t i = 0; i < config->company_count; i++)
		write_company(text, &config->companies[i]);
	buffer_append_text(text, "end\n");
}

/* ---- parsing ---- */

static bool parse_network(struct settings *settings, const char *text)
{
	char address[INET6_ADDRSTRLEN];
	size_t length = strcspn(text, "/");
	if (length >= sizeof(address))
		return false;
	memcpy(address, text, length);
	address[length] = '\0';
	struct network network = {.ipv6 = strchr(address, ':') != NULL};
	if (inet_pton(network.ipv6 ? AF_INET6 : AF_INET, address, network.bytes) != 1)
		return false;
	long most = network.ipv6 ? 128 : 32;
	long bits = text[length] ? strtol(text + length + 1, NULL, 10) : most;
	if (bits < 0 || bits > most)
		return false;
	network.bits = (int)bits;
	struct network *networks =
	    reallocarray(settings->networks, settings->network_count + 1, sizeof(*networks));
	if (!networks)
		abort();
	networks[settings->network_count++] = network;
	settings->networks = networks;
	return true;
}

static char *copy_text(const char *text)
{
	char *copy = strdup(text);
	if (!copy)
		abort();
	return copy;
}

static void list_add(struct text_list *list, const char *text)
{
	char **items = reallocarray(list->items, list->count + 1, sizeof(*items));
	if (!items)
		abort();
	list->items = items;
	list->items[list->count++] = copy_text(text);
}

static bool number_store(struct settings *settings, const struct line *line, const char *text)
{
	char *end;
	errno = 0;
	int64_t number = strtoimax(text, &end, 10);
	if (errno || end == text || *end || number < 0)
		return false;
	void *field = (char *)settings + line->offset;
	if (line->offset == FIELD(test_clock) || line->offset == FIELD(log_to_syslog))
		*(bool *)field = number != 0;
	else if (line->offset == FIELD(socket_mode))
		*(int *)field = (int)(number & 0777);
	else
		*(int64_t *)field = number;
	return true;
}

static bool line_store(struct settings *settings, const struct line *line, const char *value)
{
	char **text = (char **)(void *)((char *)settings + line->offset);
	switch (line->type) {
	case LINE_NETWORK:
		return parse_network(settings, value);
	case LINE_NUMBER:
		return number_store(settings, line, value);
	case LINE_LIST:
		list_add((struct text_list *)(void *)text, value);
		return true;
	case LINE_TEXT:
		free(*text);
		*text = copy_text(value);
		return true;
	}
	return false;
}

/* One line, which is cut where its value starts. */
static bool parse_line(struct settings *settings, char *text, struct error *error)
{
	char *space = strchr(text, ' ');
	for (size_t i = 0; space && i < ARRAY_LENGTH(lines); i++) {
		if (strlen(lines[i].key) != (size_t)(space - text) ||
		    strncmp(lines[i].key, text, (size_t)(space - text)))
			continue;
		return line_store(settings, &lines[i], space + 1) ||
		       error_set(error, STATUS_CONFIG, "settings: \"%s\" is not allowed", text);
	}
	return error_set(error, STATUS_CONFIG, "settings: \"%s\" is not known", text);
}

static bool is_complete(const struct settings *settings, struct error *error)
{
	if (settings->socket && settings->socket_group && settings->spool_dir && settings->run_dir &&
	    settings->max_message_size && settings->max_spool_size && settings->max_messages)
		return true;
	return error_set(error, STATUS_CONFIG, "settings: not all are there");
}

bool settings_parse(const char *text, struct settings *settings, struct error *error)
{
	memset(settings, 0, sizeof(*settings));
	bool parsed = true;
	bool ended = false;
	while (parsed && !ended && *text) {
		size_t length = strcspn(text, "\n");
		char *line = strndup(text, length);
		if (!line)
			abort();
		ended = !strcmp(line, "end");
		parsed = ended || parse_line(settings, line, error);
		free(line);
		text += length + (text[length] == '\n');
	}
	if (parsed && !ended)
		parsed = error_set(error, STATUS_CONFIG, "settings: the end is missing");
	if (parsed && is_complete(settings, error))
		return true;
	settings_clear(settings);
	return false;
}

size_t settings_block_length(const char *text)
{
	if (!strncmp(text, "end\n", 4))
		return 4;
	const char *end = strstr(text, "\nend\n");
	return end ? (size_t)(end - text) + 5 : 0;
}

void settings_clear(struct settings *settings)
{
	struct text_list *lists[] = {
	    &settings->senders, &settings->mailboxes, &settings->addresses, &settings->domains};
	for (size_t i = 0; i < ARRAY_LENGTH(lists); i++) {
		for (size_t n = 0; n < lists[i]->count; n++)
			free(lists[i]->items[n]);
		free(lists[i]->items);
	}
	free(settings->networks);
	free(settings->socket);
	free(settings->socket_group);
	free(settings->spool_dir);
	free(settings->run_dir);
	memset(settings, 0, sizeof(*settings));
}

bool settings_has_network(const struct settings *settings, const unsigned char *address, bool ipv6)
{
	static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
	if (ipv6 && !memcmp(address, mapped, sizeof(mapped))) {
		address += sizeof(mapped);
		ipv6 = false;
	}
	for (size_t i = 0; i < settings->network_count; i++) {
		const struct network *network = &settings->networks[i];
		size_t whole = (size_t)network->bits / 8;
		unsigned int rest = (unsigned int)network->bits % 8;
		if (network->ipv6 != ipv6 || memcmp(network->bytes, address, whole))
			continue;
		if (!rest || !((network->bytes[whole] ^ address[whole]) >> (8 - rest)))
			return true;
	}
	return false;
}
