// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace meteorograph {

/// A file that is made beside its place and put there when it is whole. Any thread.

/// Renaming over a link would replace the link, so the file behind it is meant.
std::string behindLinks(const std::string &path);

/// Renames a file whose content is on the disk, and has the folder keep that; false leaves errno.
bool moveDurably(const std::string &from, const std::string &to);

} // namespace meteorograph
