/*
 * What the front must know of the configuration. relanced, which reads the file, writes it as lines of text
 * to the front's inherited descriptor: "KEY VALUE", lists by repeated keys, "end" behind the last. So the
 * front parses no configuration file and links no library for it. Pure.
 */
#ifndef RELANCE_FRONT_SETTINGS_H
#define RELANCE_FRONT_SETTINGS_H

#include "base/base.h"
#include "base/buffer.h"
#include "base/config.h"

struct network {
	unsigned char bytes[16];
	int bits;
	bool ipv6;
};

struct settings {
	char *socket;
	int socket_mode;
	char *socket_group;
	char *spool_dir;
	char *run_dir;
	int64_t max_message_size;
	int64_t max_spool_size;
	int64_t max_messages;
	bool test_clock;
	bool log_to_syslog;
	struct network *networks;
	size_t network_count;
	struct text_list senders; /* of all companies */
	struct text_list mailboxes;
	struct text_list
	    addresses; /* where reports about our mail go: senders, mailboxes and what `from` says */
	struct text_list domains;
};

/* Appends the lines, "end" included, that settings_parse() reads. */
void settings_write(const struct config *config, struct buffer *text);
/* Reads lines up to "end". False: SETTINGS is left empty. settings_clear() frees what it owns. */
bool settings_parse(const char *text, struct settings *settings, struct error *error);
void settings_clear(struct settings *settings);
/* The length of the first whole block in TEXT, its "end" line included; 0 while there is none. */
size_t settings_block_length(const char *text);

/* An IPv4 address in 4 bytes or an IPv6 address in 16; IPv4 within IPv6 (::ffff:192.0.2.1) counts as IPv4. */
bool settings_has_network(const struct settings *settings, const unsigned char *address, bool ipv6);

#endif
