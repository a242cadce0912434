// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

/// More text than this is not looked at: a few bytes may pack a great deal.
inline constexpr std::size_t kMaxText = 1 << 16;

/// The text of a file. It depends neither on how much is read at
/// a time nor on where it is gone back to; what a reader says when it fails, neither.
std::string requireReaderLaws(const std::string &path, std::size_t step);
