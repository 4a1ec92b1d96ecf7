/* What a fresh installation does, in the words of a configuration file. */
#ifndef RELANCE_BASE_CONFIG_SHIPPED_H
#define RELANCE_BASE_CONFIG_SHIPPED_H

/* A ladder of the same name in the file replaces one of these. Customers of the kinds public and consumer
 * have their own: offices pay later by law and are given more time, consumers are not called. A formal notice
 * is approved by a person. */
extern const char config_shipped_ladders[];
/* What follows from an answer; blocks of the same name in the file change what they name. */
extern const char config_shipped_effects[];

#endif
