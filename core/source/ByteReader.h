// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileBatch.h"
#include "core/model/Result.h"

#include <memory>
#include <string>

struct stat;

namespace meteorograph {

FileIdentity identityOf(const struct stat &status);

/// Reads the content of one file from its start, uncompressed where it is gzip (told by its first
/// bytes, not by its name). Belongs to the parser's thread.
class ByteReader {
public:
  static Result<std::unique_ptr<ByteReader>> open(const std::string &path);
  virtual ~ByteReader();
  ByteReader(const ByteReader &) = delete;
  ByteReader &operator=(const ByteReader &) = delete;

  /// Up to `size` bytes; fewer only at the end of what there is. A gzip stream that is cut short
  /// ends where it is cut.
  virtual Result<std::size_t> read(char *into, std::size_t size) = 0;
  /// Moves on to an offset of the content, forwards or back; false where the content is shorter.
  virtual Result<bool> seek(std::int64_t offset) = 0;
  virtual bool compressed() const = 0;
  /// What the file is now.
  Result<FileIdentity> identity() const;

protected:
  ByteReader(int descriptor, std::string path) : m_descriptor(descriptor), m_path(std::move(path)) {}
  Error error(const char *what) const;

  int m_descriptor;
  std::string m_path;
};

} // namespace meteorograph
