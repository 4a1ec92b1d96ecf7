/*
 * Files of the spool that are used again. Making and deleting a file for every message costs more than all
 * else that the spool does: blocks are given and taken back, the inode is written, the journal waits; ext4
 * without a journal looks past every inode that was deleted in the last minutes. A file that keeps its blocks
 * is overwritten in place, and its fdatasync writes nothing but the message.
 *
 * The clerk overwrites what it is done with by zeros and gives the file back as tmp/free.PID.SLOT, where PID
 * is the front that wrote the message (it stands in the stem) and SLOT a number below 1024 that is free. That
 * front alone takes it: while it writes, the file keeps this name. Another front deletes it when it starts,
 * as everything that lies in tmp/ and holds no message.
 */
#ifndef RELANCE_HOST_SPOOL_POOL_H
#define RELANCE_HOST_SPOOL_POOL_H

#include "host/spool_name.h"

struct spool_pool;

/* TMP is borrowed. */
struct spool_pool *spool_pool_new(int tmp);
void spool_pool_free(struct spool_pool *pool);

/* A file of zeros, open for writing, and its slot; -1: there is none. From any thread. */
int spool_pool_take(struct spool_pool *pool, int *slot);
/* The name in tmp/ of a slot that was taken. */
struct spool_name spool_pool_name(int slot);
/* The file of SLOT has another name now, or none. */
void spool_pool_forget(struct spool_pool *pool, int slot);

/* Whether FILE is the name of a slot. */
bool spool_pool_has(const char *file);

/*
 * Overwrites the message STEM, the file NAME in DIRECTORY, a sister of tmp/, and gives it to the front that
 * wrote it. False: it cannot be used again, and may be deleted.
 */
bool spool_pool_give(int directory, struct spool_name name, const char *stem);

#endif
