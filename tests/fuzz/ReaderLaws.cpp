// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/ReaderLaws.h"

#include "core/source/ByteReader.h"
#include "tests/fuzz/Fuzz.h"

#include <vector>

using namespace meteorograph;

namespace {

/// What is read on, `step` bytes at a time.
std::string textFrom(ByteReader &reader, std::size_t step) {
  std::string text;
  std::vector<char> buffer(step);
  while (text.size() < kMaxText) {
    const Result<std::size_t> got = reader.read(buffer.data(), buffer.size());
    if (!got || *got == 0)
      return text;
    require(*got <= step, "no more is read than was asked for");
    text.append(buffer.data(), *got);
  }
  text.resize(kMaxText);
  return text;
}

} // namespace

std::string requireReaderLaws(const std::string &path, std::size_t step) {
  const Result<std::unique_ptr<ByteReader>> one = ByteReader::open(path);
  const Result<std::unique_ptr<ByteReader>> other = ByteReader::open(path);
  require(one.has_value() == other.has_value(), "a file can be opened again");
  if (!one)
    return {};
  const std::string whole = textFrom(**one, kMaxText);
  require(textFrom(**other, step) == whole, "the text does not depend on the steps");
  const std::size_t offset = whole.empty() ? 0 : step * 4093 % whole.size();
  const Result<bool> back = (*other)->seek(static_cast<std::int64_t>(offset));
  require(back && *back, "what was read can be gone back to");
  const std::string rest = textFrom(**other, step);
  require(rest.compare(0, whole.size() - offset, whole, offset) == 0,
          "the text is the same when it is read again");
  return whole;
}
