// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

/// Packs text as other programs would, for files of tests.
std::string deflated(std::string_view text, int window_bits); ///< the bits as zlib names them
std::string gzipOf(std::string_view text);
std::string zstdOf(std::string_view text);
/// A zstd frame that holds no content.
std::string zstdSkippable(std::string_view payload);
/// `text` is valid UTF-8.
std::string utf16Of(std::string_view text, bool big_endian, bool byte_order_mark = true);
