/* What cmocka wants included before it, and cmocka. */
#ifndef RELANCE_TESTS_UNIT_H
#define RELANCE_TESTS_UNIT_H

#include "base/base.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#endif
