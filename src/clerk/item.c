#include "base/base.h"
#include "clerk/item.h"

#include <poll.h>
#include <unistd.h>

#define ATTEMPTS 3 /* the last one leaves out the documents, which are what breaks readers */

static void fail_item(struct item *item, const struct error *error)
{
	item->state = ITEM_FAILED;
	item->error = *error;
}

static bool map_message(struct item *item, const struct spool_message *message, struct error *error)
{
	GMappedFile *file = g_mapped_file_new_from_fd(message->file, FALSE, NULL);
	if (!file)
		return error_set(error, STATUS_IO, "%s: it cannot be mapped", item->stem);
	GBytes *whole = g_mapped_file_get_bytes(file);
	item->bytes = g_bytes_new_from_bytes(whole, (gsize)message->start, (gsize)message->size);
	g_bytes_unref(whole);
	g_mapped_file_unref(file);
	return true;
}

void item_open(struct item *item, int new, const char *stem)
{
	struct error error = {0};
	struct buffer json = BUFFER_EMPTY;
	struct spool_message message = {.file = -1};
	*item = (struct item){0};
	memcpy(item->stem, stem, SPOOL_STEM_SIZE);
	bool opened = spool_open_message(new, stem, &message, &json, &error) &&
		      envelope_parse(json.bytes, &item->envelope, &error) &&
		      map_message(item, &message, &error);
	if (message.file >= 0)
		close(message.file);
	buffer_clear(&json);
	if (!opened && error.status == STATUS_NO)
		item->state = ITEM_REMOVED;
	else if (!opened)
		fail_item(item, &error);
}

void item_take_answer(struct item *item)
{
	struct error error = {0};
	if (!reading_from_json(item->answer.reading, &item->reading, &error)) {
		error_prefix(&error, "the reading is wrong");
		fail_item(item, &error);
		return;
	}
	item->state = ITEM_READ;
}

void item_clear(struct item *item)
{
	g_clear_pointer(&item->bytes, g_bytes_unref);
	envelope_clear(&item->envelope);
	reader_answer_clear(&item->answer);
	if (item->reading)
		reading_free(item->reading);
	intake_result_clear(&item->result);
	*item = (struct item){0};
}

/* What a worker of the pool is busy with; NULL: nothing. */
struct turn {
	struct reader_client *client;
	struct item *item;
};

static struct item *next_waiting(struct item *items, int count, const struct turn *turns, guint turn_count)
{
	for (int i = 0; i < count; i++) {
		bool busy = false;
		for (guint t = 0; t < turn_count; t++)
			busy = busy || turns[t].item == &items[i];
		if (items[i].state == ITEM_WAITING && !busy)
			return &items[i];
	}
	return NULL;
}

static bool note_outcome(
    struct item *item, enum reader_outcome outcome, const struct error *failure, struct error *error)
{
	switch (outcome) {
	case READER_DONE:
		item_take_answer(item);
		return true;
	case READER_TIMED_OUT: /* as the next time: straight to the last attempt */
		item->attempts = MAX(item->attempts, ATTEMPTS - 2);
		/* fall through */
	case READER_CRASHED:
		if (++item->attempts >= ATTEMPTS)
			fail_item(item, failure);
		return true;
	case READER_LOST:
		break;
	}
	*error = *failure;
	return false;
}

static bool start_turn(struct turn *turn, struct item *item, struct error *error)
{
	struct error failure = {0};
	char name[SPOOL_STEM_SIZE + sizeof ".eml"]; /* so that it is read as a mail, whatever it looks like */
	snprintf(name, sizeof name, "%s.eml", item->stem);
	gsize length;
	const void *bytes = g_bytes_get_data(item->bytes, &length);
	enum reader_outcome outcome = reader_client_send_bytes(
	    turn->client, bytes, length, item->attempts >= ATTEMPTS - 1, name, &failure);
	if (outcome == READER_DONE) {
		turn->item = item;
		return true;
	}
	return note_outcome(item, outcome, &failure, error);
}

static bool end_turn(struct turn *turn, struct error *error)
{
	struct error failure = {0};
	struct item *item = turn->item;
	turn->item = NULL;
	enum reader_outcome outcome = reader_client_receive(turn->client, &item->answer, &failure);
	return note_outcome(item, outcome, &failure, error);
}

/* Waits until one of the busy workers has something to say; receive itself bounds the time of a message. */
static struct turn *wait_for_turn(struct turn *turns, guint count)
{
	struct pollfd descriptors[64];
	struct turn *busy[64];
	nfds_t used = 0;
	for (guint t = 0; t < count && used < ARRAY_LENGTH(descriptors); t++)
		if (turns[t].item) {
			descriptors[used] = (struct pollfd){
			    .fd = reader_client_descriptor(turns[t].client), .events = POLLIN};
			busy[used++] = &turns[t];
		}
	if (!used)
		return NULL;
	if (poll(descriptors, used, 1000) <= 0)
		return busy[0];
	for (nfds_t i = 0; i < used; i++)
		if (descriptors[i].revents)
			return busy[i];
	return busy[0];
}

bool items_read(struct item *items, int count, const GPtrArray *clients, struct error *error)
{
	g_autofree struct turn *turns = g_new0(struct turn, clients->len);
	bool sound = true;
	for (guint t = 0; t < clients->len; t++)
		turns[t].client = clients->pdata[t];
	for (;;) {
		for (guint t = 0; sound && t < clients->len; t++) {
			struct item *item =
			    turns[t].item ? NULL : next_waiting(items, count, turns, clients->len);
			sound = !item || start_turn(&turns[t], item, error);
		}
		struct turn *turn = wait_for_turn(turns, clients->len);
		if (!turn)
			break;
		/* After a loss the others are still heard to their end: their workers must not stay out of
		 * step. */
		sound = end_turn(turn, error) && sound;
	}
	return sound;
}
