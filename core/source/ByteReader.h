// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileBatch.h"
#include "core/model/Result.h"

#include <memory>
#include <string>

struct stat;

namespace meteorograph {

FileIdentity identityOf(const struct stat &status);

/// Reads the content of one file from its start as text, whatever it is kept in: gzip, zstd, UTF-16,
/// Avro and SQLite are told by their first bytes, not by the file's name, and become UTF-8 (of Avro
/// and SQLite a JSON object a line). Offsets are those of that text. Belongs to the parser's thread.
class ByteReader {
public:
  /// Fails where the file cannot be read now. What it holds may still be no sensor data.
  static Result<std::unique_ptr<ByteReader>> open(const std::string &path);
  explicit ByteReader(std::string path) : m_path(std::move(path)) {}
  virtual ~ByteReader() = default;
  ByteReader(const ByteReader &) = delete;
  ByteReader &operator=(const ByteReader &) = delete;

  /// Up to `size` bytes; fewer only at the end of what there is and before damage, which the next
  /// call tells. What is cut short ends where it is cut.
  virtual Result<std::size_t> read(char *into, std::size_t size) = 0;
  /// Moves on to an offset of the content, forwards or back; false where the content is shorter.
  virtual Result<bool> seek(std::int64_t offset) = 0;
  /// The file keeps its text in another form, so that it can only be decoded from its start on.
  virtual bool compressed() const = 0;
  /// What the file is now.
  virtual Result<FileIdentity> identity() const = 0;
  /// Why this is certainly no sensor data, for people; empty: it may be.
  virtual std::string refusal() const { return {}; }
  const std::string &path() const { return m_path; }

private:
  std::string m_path;
};

} // namespace meteorograph
