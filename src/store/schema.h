/* The schema, one script a version: schema_versions[0] makes version 1 of an empty store, [1] makes 2 of 1, …
 */
#ifndef RELANCE_STORE_SCHEMA_H
#define RELANCE_STORE_SCHEMA_H

extern const char *const schema_versions[];
extern const int schema_version_count;

#endif
