/*
 * Calls that the house does not use: each has lost data, time zones or memory for somebody. Included by base.h, hence
 * by every file; a use fails the build with the name of the replacement in the message.
 */
#ifndef RELANCE_BASE_BANNED_H
#define RELANCE_BASE_BANNED_H

/* The declarations must be seen before their names are taken away. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RELANCE_BANNED(function, instead) sorry_##function##_is_banned_use_##instead

#undef strcpy
#define strcpy(to, from) RELANCE_BANNED(strcpy, buffer_append)
#undef strcat
#define strcat(to, from) RELANCE_BANNED(strcat, buffer_append)
#undef strncpy
#define strncpy(to, from, size) RELANCE_BANNED(strncpy, buffer_append)
#undef strncat
#define strncat(to, from, size) RELANCE_BANNED(strncat, buffer_append)
#undef sprintf
#define sprintf(...) RELANCE_BANNED(sprintf, buffer_printf)
#undef vsprintf
#define vsprintf(...) RELANCE_BANNED(vsprintf, buffer_vprintf)
#undef strtok
#define strtok(text, separators) RELANCE_BANNED(strtok, strcspn)
#undef gets
#define gets(line) RELANCE_BANNED(gets, getline)
#undef atoi
#define atoi(text) RELANCE_BANNED(atoi, strtoll)
#undef atol
#define atol(text) RELANCE_BANNED(atol, strtoll)
#undef atoll
#define atoll(text) RELANCE_BANNED(atoll, strtoll)
#undef atof
#define atof(text) RELANCE_BANNED(atof, money_parse)
#undef gmtime
#define gmtime(when) RELANCE_BANNED(gmtime, instant)
#undef localtime
#define localtime(when) RELANCE_BANNED(localtime, clock_local)
#undef ctime
#define ctime(when) RELANCE_BANNED(ctime, instant)
#undef asctime
#define asctime(when) RELANCE_BANNED(asctime, instant)

#endif
