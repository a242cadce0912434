// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fuzz/Bytes.h"

#include <string>

/// Puts a SQLite file at `path` that is `image` but for what the bytes say is done to it, one after the
/// other: cells changed to any value, SQL run (that makes views, triggers and the like, and touches no other
/// file), then bytes written over anywhere, and the file cut or lengthened. Small inputs make large files
/// wrong.
void writeHostileDatabase(const std::string &path, const std::string &image, Bytes bytes);
