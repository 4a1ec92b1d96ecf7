/* The first include of every source file: what all of them need, and what none of them may call. */
#ifndef RELANCE_BASE_BASE_H
#define RELANCE_BASE_BASE_H

#include <config.h> /* of configure; in quotes it would be base/config.h */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/banned.h"
#include "base/error.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

#if defined(__GNUC__)
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#define MUST_USE __attribute__((warn_unused_result))
#else
#define PRINTF_LIKE(text, first)
#define MUST_USE
#endif

#endif
