// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace meteorograph {

/// A file that is made beside its place and put there when it is whole. Any thread.

/// Renaming over a link would replace the link, so the file behind it is meant.
std::string behindLinks(const std::string &path);

/// A link that another user made, to what is not his: it may lead to what this user may read or write and he
/// may not. (Whoever can make links in a folder gains nothing by one to what is his own.)
bool isPlantedLink(const std::string &path);

/// Renames a file whose content is on the disk, and has the folder keep that; false leaves errno.
bool moveDurably(const std::string &from, const std::string &to);

/// Of a database and what SQLite keeps beside it the first that is there and is no ordinary file; empty where
/// there is none. SQLite would wait for a pipe's other end, and read a device for ever.
std::string strangeFileOfDatabase(const std::string &path);

} // namespace meteorograph
