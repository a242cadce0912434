// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/ByteReader.h"

#include <memory>

namespace meteorograph {

/// The bytes of a regular file as they are. Owns the descriptor. The file's beginning is read once and
/// kept, since everything that has to be found out about a file is asked of it: of a small file that
/// is all of it.
class PlainReader final : public ByteReader {
public:
  static Result<std::unique_ptr<ByteReader>> open(const std::string &path);
  PlainReader(int descriptor, const FileIdentity &identity, std::string path)
      : ByteReader(std::move(path)), m_descriptor(descriptor), m_identity(identity) {}
  ~PlainReader() override;

  Result<std::size_t> read(char *into, std::size_t size) override;
  Result<bool> seek(std::int64_t offset) override;
  bool compressed() const override { return false; }
  /// As it was when it was opened: what has come since is told by the next look at it.
  Result<FileIdentity> identity() const override { return m_identity; }

private:
  Result<std::size_t> readAt(std::int64_t offset, char *into, std::size_t size);
  Result<void> readHead();

  int m_descriptor;
  FileIdentity m_identity;
  std::int64_t m_position = 0;
  std::unique_ptr<char[]> m_head; ///< none before the first read
  std::size_t m_headBytes = 0;
};

} // namespace meteorograph
