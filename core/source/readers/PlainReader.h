// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/ByteReader.h"

namespace meteorograph {

/// The bytes of a regular file as they are. Owns the descriptor.
class PlainReader final : public ByteReader {
public:
  static Result<std::unique_ptr<ByteReader>> open(const std::string &path);
  PlainReader(int descriptor, std::string path) : ByteReader(std::move(path)), m_descriptor(descriptor) {}
  ~PlainReader() override;

  Result<std::size_t> read(char *into, std::size_t size) override;
  Result<bool> seek(std::int64_t offset) override;
  bool compressed() const override { return false; }
  Result<FileIdentity> identity() const override;

private:
  int m_descriptor;
};

} // namespace meteorograph
