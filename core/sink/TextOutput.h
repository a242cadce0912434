// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace meteorograph {

/// Buffered text on its way into a file or to standard output. A file is written beside its place
/// and renamed there by finish(), durably, so that it is there whole or not at all; devices and
/// pipes are written directly. The first failure is kept and told by finish(); what is appended
/// after it goes nowhere. Belongs to one thread. Destroyed without finish(), it leaves the file as
/// it was. Writers to pipes must ignore SIGPIPE to get the failure instead.
class TextOutput {
public:
  /// Fails with Unwritable when the file cannot be made.
  static Result<TextOutput> toFile(const std::string &path);
  static TextOutput toStandardOutput();
  TextOutput(TextOutput &&other) noexcept;
  TextOutput &operator=(TextOutput &&) = delete;
  ~TextOutput();

  TextOutput &append(std::string_view text) {
    m_buffer += text;
    if (m_buffer.size() >= kBufferBytes)
      flush();
    return *this;
  }
  TextOutput &append(char character) { return append(std::string_view(&character, 1)); }

  /// Shows everything that goes out to the watcher, in order, in pieces of any length.
  void watch(std::function<void(std::string_view)> watcher) { m_watcher = std::move(watcher); }

  bool failed() const { return m_failure.has_value(); }
  /// Writes all that is left and puts the file into its place. Nothing may be appended afterwards.
  Result<void> finish();

private:
  static constexpr std::size_t kBufferBytes = std::size_t{64} * 1024;

  TextOutput(int descriptor, std::string path, std::string temporary);
  void flush();
  void keepFailure(const char *what);
  void place();

  int m_descriptor;
  std::string m_path;      ///< where the text shall be, or what to call standard output
  std::string m_temporary; ///< where it is written; empty: directly
  std::string m_buffer;
  std::optional<Error> m_failure;
  std::function<void(std::string_view)> m_watcher;
};

} // namespace meteorograph
