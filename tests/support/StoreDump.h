// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/StoreReader.h"

#include <QString>

#include <string>

/// Bronze, silver, every rollup and gold as text: equal stores give equal text. Without the names and
/// lines of files where that is not asked for.
std::string dumpStore(meteorograph::StoreReader &reader, bool with_files);

/// Silver, the rollups and gold alone.
std::string dumpWindows(meteorograph::StoreReader &reader);

/// Silver, computed again from bronze by SQL, equals silver; each rollup equals silver's fold; the
/// totals are those of the tables. Empty: so it is.
QString storeInconsistency(const std::string &store);
